import { describe, expect, it } from '@jest/globals';
import { quotaOidcProviders } from '../../../../../functions/preflight-checker/checks/quota-oidc-providers.ts';
import { fakeAccount, oidcQuota, preflight, quota } from '../../../../support/fakes/account.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';

const withQuota = (value: number | undefined, oidcProviders: number | undefined, rest = {}) =>
  preflight(quotaOidcProviders, fakeAccount({ oidcProviders, quotas: { [oidcQuota]: quota(value, rest) } }));

describe('quota_oidc_providers', () => {
  it.each([
    ['passed', 0],
    ['passed', 95],
    ['warning', 96],
    ['warning', 99],
    ['failed', 100],
    ['failed', 101],
  ])('is %s with %i of 100 in use', async (status, used) => {
    expect(await withQuota(100, used)).toMatchObject([
      { check: 'quota_oidc_providers', status, details: { quota: 100, used, needed: 1 } },
    ]);
  });

  it('gives, when it fails, a command that asks for more where the quota is kept', async () => {
    const [result] = await withQuota(100, 100, { region: 'us-gov-west-1' });
    expect(result?.message).toContain(
      '--service-code iam --quota-code L-858F3967 --desired-value 120 --region us-gov-west-1',
    );
  });

  it.each([true, false])('says whether the quota is only the default: %s', async (isDefault) => {
    const [result] = await withQuota(100, 1, { isDefault });
    expect(result?.details).toMatchObject({ assumed_default: isDefault });
  });

  it('warns, and takes nothing for 0, when AWS gives no value', async () => {
    const [result] = await withQuota(undefined, 0);
    expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'value_absent' } });
    expect(result?.details).not.toHaveProperty('quota');
  });

  it('warns, and takes nothing for 0, when AWS does not tell how many there are', async () => {
    const [result] = await withQuota(100, undefined);
    expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'value_absent' } });
    expect(result?.details).not.toHaveProperty('used');
  });

  it('warns when the service does not know the quota', async () => {
    const account = fakeAccount({ quotas: { [oidcQuota]: undefined } });
    expect(await preflight(quotaOidcProviders, account)).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });

  it('warns, naming the action, when the role may not count providers', async () => {
    const account = fakeAccount();
    account.fail('oidcProviderCount', awsError('iam:ListOpenIDConnectProviders', 'AccessDenied'));
    expect(await preflight(quotaOidcProviders, account)).toMatchObject([
      { status: 'warning', details: { missing_action: 'iam:ListOpenIDConnectProviders' } },
    ]);
  });
});
