import { failed, passed, Undetermined } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { iamNumber } from '../quotas/known-quota.ts';

/**
 * Tokens of the global STS endpoint are of version 1 unless an account says otherwise, and regions that have to be
 * enabled do not take these. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
export const stsTokenVersion: PreflightCheck = {
  name: 'sts_token_version',
  what: 'tokens of the global STS endpoint are valid in the region',
  actions: ['ec2:DescribeRegions', 'iam:GetAccountSummary'],
  rule: 'Fails when the region is one that has to be enabled and the global STS endpoint gives tokens of version 1.',
  remedy: '`aws iam set-security-token-service-preferences --global-endpoint-token-version v2Token`',
  run: async (facts) => {
    const [known, version] = await Promise.all([
      facts.account.region(facts.region),
      iamNumber(facts, 'GlobalEndpointTokenVersion'),
    ]);
    if (!known) return [];
    if (!known.optInStatus)
      throw new Undetermined('value_absent', `AWS does not tell whether ${facts.region} has to be enabled`);
    const details = { region: facts.region, token_version: version };
    if (version >= 2 || known.optInStatus === 'opt-in-not-required')
      return [passed(`Tokens of the global STS endpoint (version ${version}) are valid here`, { details })];
    return [
      failed(
        `The global STS endpoint gives tokens of version ${version}, and ${facts.region} takes version 2 only. Change it with: aws iam set-security-token-service-preferences --global-endpoint-token-version v2Token`,
        { details },
      ),
    ];
  },
};
