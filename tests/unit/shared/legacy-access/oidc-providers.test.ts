import { describe, expect, it } from '@jest/globals';
import { legacyFacts } from '../../../../shared/legacy-access/legacy-facts.ts';
import { legacyOidcProviders } from '../../../../shared/legacy-access/oidc-providers.ts';
import {
  fakeLegacy,
  legacyAccount,
  providerArn,
  rosaProvider,
} from '../../../support/fakes/legacy-access.ts';

const check = (providers = [rosaProvider()]) =>
  legacyOidcProviders.run(legacyFacts(fakeLegacy(legacyAccount({ providers }))));

describe('legacy_oidc_providers', () => {
  it.each(['openshift', 'sts.amazonaws.com'])(
    'passes a provider that takes tokens for %s',
    async (clientId) => {
      expect(await check([rosaProvider({ clientIds: ['other', clientId] })])).toMatchObject([
        { status: 'passed', resourceId: providerArn, details: { client_ids: ['other', clientId] } },
      ]);
    },
  );

  it('fails one that takes tokens for neither, and gives the command that mends it', async () => {
    const [finding] = await check([rosaProvider({ clientIds: ['sts.amazonaws.com.cn'] })]);
    expect(finding?.status).toBe('failed');
    expect(finding?.message).toContain(
      `add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${providerArn} --client-id openshift`,
    );
  });

  it('does not look at providers of others', async () => {
    const others = rosaProvider({ arn: `${providerArn}-of-others`, clientIds: [], tags: {} });
    const refused = rosaProvider({ ...others, tags: { 'red-hat-managed': 'false' } });
    expect(await check([others, refused, rosaProvider()])).toMatchObject([{ resourceId: providerArn }]);
  });

  it('fails an account without any, and shows the other way', async () => {
    const findings = await check([]);
    expect(findings).toMatchObject([
      { status: 'failed', message: expect.stringMatching(/no OIDC\/STS set-up.*"rosactl setup-account"/) },
    ]);
  });
});
