import { controlPlaneRegion } from '../../../shared/aws/partition.ts';
import { failed, passed } from '../../../shared/checks/check.ts';
import { deniedByScp } from '../denied-by-scp.ts';
import type { PreflightCheck } from '../preflight-facts.ts';
import { readsDefault } from '../quotas/known-quota.ts';
import { oidcProviderQuota } from './quota-oidc-providers.ts';

/**
 * Red Hat keeps the public keys of OIDC providers in us-east-1, so that policies must let an account use that
 * region wherever its clusters are. The quota of OIDC providers is asked for there.
 * https://docs.redhat.com/en/documentation/red_hat_openshift_service_on_aws/4/html/prepare_your_environment/
 */
export const usEast1Reachable: PreflightCheck = {
  name: 'us_east_1_reachable',
  what: "no policy of the organization keeps the account out of us-east-1, or of its partition's like",
  actions: ['servicequotas:GetServiceQuota', readsDefault],
  rule: 'Fails when a service control policy denies a call in the control-plane region of the partition, which is us-east-1 in most.',
  remedy: 'Exempt the region in the service control policy',
  run: async ({ account, home }) => {
    const region = controlPlaneRegion(home.partition);
    const details = { region };
    const { service, code } = oidcProviderQuota;
    const denial = await account.quota(service, code).then(
      () => undefined,
      (error: unknown) => {
        if (deniedByScp(error)) return error;
        throw error;
      },
    );
    if (!denial) return [passed(`The account can use ${region}`, { details })];
    return [
      failed(
        `A service control policy keeps the account out of ${region}, which clusters of every region need. Exempt it there. AWS said: ${denial.said}`,
        { details },
      ),
    ];
  },
};
