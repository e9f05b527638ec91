import { beforeEach, describe, expect, it } from '@jest/globals';
import { migrateAccount, previewMigration } from '../../../../shared/account/migrate-account.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  accountRoles,
  fakeLegacy,
  type LegacyAccount,
  legacyAccount,
  operatorRole,
  operatorRoleName,
  rosaProvider,
} from '../../../support/fakes/legacy-access.ts';
import {
  changesAmong,
  migratable,
  platformThatKnows,
  registeredAs,
} from '../../../support/fakes/migration.ts';
import { apiFailure } from '../../../support/fakes/platform-api.ts';

const clmRoleArn = 'arn:aws:iam::111122223333:role/CLMServiceRole';
const request = { parameters: {}, clmRoleArn };
const installerRoleArn = 'arn:aws:iam::123456789012:role/mine-HCP-ROSA-Installer-Role';

let account: LegacyAccount;
let platformApi: ReturnType<typeof platformThatKnows>;
let context: ReturnType<typeof migratable>;

beforeEach(() => {
  account = legacyAccount();
  platformApi = platformThatKnows();
  context = migratable({ legacy: fakeLegacy(account), platformApi });
});

const findingsOf = (findings: { check: string; status: string; message: string }[], check: string) =>
  findings.filter((finding) => finding.check === check);

/** What was done to the account and the platform, reading left out. */
const changes = () => [
  ...changesAmong(context.functions.calls),
  ...platformApi.calls
    .map(({ name }) => name)
    .filter((name) => ['registerAccount', 'changeAccount'].includes(name)),
];

describe('migrating an account', () => {
  it('puts the functions beside the OIDC/STS set-up and registers the account as dual', async () => {
    const { findings, setUp } = await migrateAccount(context, request);
    expect(findings.every(({ status }) => status === 'passed')).toBe(true);
    expect(setUp).toMatchObject({ clmRoleArn, registration: { status: 'registered' } });
    expect(context.functions.versionsOf('prod')).toEqual({
      'rosa-oidc-provisioner': '1',
      'rosa-preflight-checker': '1',
      'rosa-network-verifier': '1',
    });
    expect(platformApi.calls).toContainEqual({
      name: 'registerAccount',
      args: [
        expect.objectContaining({
          accountId: '123456789012',
          authentication: 'resource-policy',
          accessMode: 'dual',
          oidcStsRoleArn: installerRoleArn,
        }),
      ],
    });
  });

  it('says that all is as it was', async () => {
    const { findings } = await migrateAccount(context, request);
    expect(findingsOf(findings, 'legacy_unchanged')).toEqual([
      expect.objectContaining({ message: 'All 5 OIDC providers and roles are as they were' }),
    ]);
  });

  it('changes nothing when the OIDC/STS set-up does not work, and gives every finding', async () => {
    account.providers = [rosaProvider({ clientIds: [] })];
    account.roles = [operatorRole({ Action: 'sts:AssumeRole' })];
    const { findings, setUp } = await migrateAccount(context, request);
    expect(setUp).toBeUndefined();
    expect(findings.filter(({ status }) => status === 'failed').map(({ check }) => check)).toEqual([
      'legacy_oidc_providers',
      'legacy_operator_roles',
      'legacy_account_roles',
    ]);
    expect(changes()).toEqual([]);
  });

  it('changes nothing in an account without OIDC/STS, and shows the other way', async () => {
    account.providers = [];
    const { findings, setUp } = await migrateAccount(context, request);
    expect(setUp).toBeUndefined();
    expect(findingsOf(findings, 'legacy_oidc_providers')).toMatchObject([
      { status: 'failed', message: expect.stringContaining('"rosactl setup-account"') },
    ]);
    expect(changes()).toEqual([]);
  });

  it('goes on when something is to be looked at', async () => {
    account.roles = accountRoles();
    const { findings, setUp } = await migrateAccount(context, request);
    expect(findingsOf(findings, 'legacy_operator_roles')).toMatchObject([{ status: 'warning' }]);
    expect(setUp).toBeDefined();
  });

  it('changes nothing when it cannot be seen what runs, and names the permission', async () => {
    const legacy = fakeLegacy(account);
    legacy.fail('roles', awsError('iam:ListRoles', 'AccessDenied'), 2);
    context = migratable({ legacy, platformApi });
    await expect(migrateAccount(context, request)).rejects.toMatchObject({
      failure: 'denied',
      action: 'iam:ListRoles',
    });
    expect(changes()).toEqual([]);
  });

  it('names what somebody else has changed in the meantime', async () => {
    const { registerAccount } = platformApi;
    platformApi.registerAccount = async (told) => {
      account.roles = [operatorRole({ Condition: undefined }), ...accountRoles().slice(1)];
      return registerAccount(told);
    };
    const { findings } = await migrateAccount(context, request);
    expect(findingsOf(findings, 'legacy_unchanged')).toMatchObject([
      {
        status: 'failed',
        details: {
          changes: [`role ${operatorRoleName} was changed`, 'role mine-HCP-ROSA-Installer-Role is gone'],
        },
      },
    ]);
  });
});

describe('an account that is registered already', () => {
  it('is fine as dual', async () => {
    platformApi = platformThatKnows(registeredAs('dual'));
    const { findings, setUp } = await migrateAccount({ ...context, platformApi }, request);
    expect(setUp?.registration).toMatchObject({ accessMode: 'dual' });
    expect(findingsOf(findings, 'platform_mode')).toMatchObject([{ status: 'passed' }]);
  });

  it.each(['lambda', 'oidc-sts'])(
    'as %s is dual from now on, and it is said what was changed',
    async (mode) => {
      platformApi = platformThatKnows(registeredAs(mode));
      const { findings, setUp } = await migrateAccount({ ...context, platformApi }, request);
      expect(setUp?.registration).toMatchObject({
        status: 'changed',
        accessMode: 'dual',
        changes: expect.arrayContaining([
          `accessMode: ${mode} -> dual`,
          `oidcStsRoleArn: none -> ${installerRoleArn}`,
        ]),
      });
      expect(findings.every(({ status }) => status === 'passed')).toBe(true);
    },
  );

  it('keeps the role that the platform works with, whatever others there are', async () => {
    const known = 'arn:aws:iam::123456789012:role/theirs';
    account.roles = [operatorRole(), ...accountRoles(), ...accountRoles('other-HCP')];
    platformApi = platformThatKnows({ ...registeredAs('oidc-sts'), oidcStsRoleArn: known });
    const { setUp } = await migrateAccount({ ...context, platformApi }, request);
    expect(setUp?.registration).toMatchObject({ status: 'changed' });
    expect((await platformApi.describeAccount('123456789012'))?.oidcStsRoleArn).toBe(known);
  });

  it('with the functions of another region is not this one', async () => {
    platformApi = platformThatKnows(registeredAs('dual', 'eu-west-1'));
    const { findings } = await migrateAccount({ ...context, platformApi }, request);
    expect(findingsOf(findings, 'platform_registration')).toMatchObject([
      { status: 'failed', message: expect.stringContaining('arn:aws:lambda:eu-west-1:') },
    ]);
    expect(changes()).not.toContain('changeAccount');
  });
});

describe('the role that the platform works with itself', () => {
  it('is named when there is more than one installer role', async () => {
    account.roles = [operatorRole(), ...accountRoles(), ...accountRoles('other-HCP')];
    await expect(migrateAccount(context, request)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(/mine-HCP-ROSA.*other-HCP-ROSA.*--oidc-sts-role-arn/),
    });
    expect(changes()).toEqual([]);
    const oidcStsRoleArn = 'arn:aws:iam::123456789012:role/other-HCP-ROSA-Installer-Role';
    await migrateAccount(context, { ...request, oidcStsRoleArn });
    expect(platformApi.calls).toContainEqual({
      name: 'registerAccount',
      args: [expect.objectContaining({ oidcStsRoleArn })],
    });
  });
});

describe('a platform', () => {
  it('without an address is told nothing', async () => {
    const { setUp, findings } = await migrateAccount({ ...context, platformApi: undefined }, request);
    expect(setUp?.registration.status).toBe('not asked for');
    expect(findings.every(({ check }) => check.startsWith('legacy_'))).toBe(true);
  });

  it('that does not say what it knows leaves that open', async () => {
    platformApi.fail('describeAccount', apiFailure('denied'), 2);
    const { findings } = await migrateAccount(context, request);
    expect(findingsOf(findings, 'platform_mode')).toMatchObject([
      { status: 'warning', details: { reason_code: 'access_denied' } },
    ]);
  });
});

describe('the preview of a migration', () => {
  it('changes nothing, and says that the account would be dual', async () => {
    const { findings, preview } = await previewMigration(context, request);
    expect(findings.every(({ status }) => status === 'passed')).toBe(true);
    expect(preview).toMatchObject({
      account: '123456789012',
      permissions: [{ principal: clmRoleArn }, {}, {}],
      registration: {
        accountId: '123456789012',
        region: 'us-east-1',
        accessMode: 'dual',
        oidcStsRoleArn: installerRoleArn,
      },
    });
    expect(changes()).toEqual([]);
  });

  it('has findings alone when the OIDC/STS set-up does not work', async () => {
    account.providers = [];
    expect(await previewMigration(context, request)).toEqual({
      findings: expect.arrayContaining([expect.objectContaining({ status: 'failed' })]),
    });
  });

  it('tells what would be changed about a registration that is there', async () => {
    platformApi = platformThatKnows(registeredAs('oidc-sts'));
    const { changes: wouldChange } = await previewMigration({ ...context, platformApi }, request);
    expect(wouldChange).toEqual([
      'accessMode: oidc-sts -> dual',
      `oidcStsRoleArn: none -> ${installerRoleArn}`,
    ]);
    expect(changes()).toEqual([]);
  });

  it('has no registration without an address of the platform', async () => {
    const { preview } = await previewMigration({ ...context, platformApi: undefined }, request);
    expect(preview).toBeDefined();
    expect(preview).not.toHaveProperty('registration');
  });

  it('names the permission that a migration would lack', async () => {
    const legacy = fakeLegacy(account);
    legacy.fail('providers', awsError('iam:GetOpenIDConnectProvider', 'AccessDenied'), 2);
    await expect(previewMigration({ ...context, legacy }, request)).rejects.toMatchObject({
      action: 'iam:GetOpenIDConnectProvider',
    });
  });
});
