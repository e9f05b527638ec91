import { beforeEach, describe, expect, it } from '@jest/globals';
import { testMigration } from '../../../../shared/account/test-migration.ts';
import type { Account } from '../../../../shared/platform-api/platform-api.ts';
import { release } from '../../../../shared/release/release.ts';
import {
  accessRolePermissions,
  assumed,
  fakeAccessRole,
  trustPolicy,
} from '../../../support/fakes/access-role.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { installedFunctions } from '../../../support/fakes/command-context.ts';
import {
  accountRoles,
  fakeLegacy,
  type LegacyAccount,
  legacyAccount,
  operatorRole,
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
const otherRoleArn = 'arn:aws:iam::444455556666:role/Other';
const name = 'rosa-preflight-checker';

let account: LegacyAccount;
let platformApi: ReturnType<typeof platformThatKnows>;
let context: ReturnType<typeof migratable>;

/** An account as a migration leaves it. */
beforeEach(async () => {
  account = legacyAccount();
  platformApi = platformThatKnows(registeredAs('dual'));
  context = migratable({ legacy: fakeLegacy(account), platformApi });
  const deployed = installedFunctions.map((one) => ({ ...one, codeSha256: 'code1' }));
  await release(context, { stage: 'prod', deployed, clmRoleArn });
  context.functions.calls.length = 0;
});

type Results = Awaited<ReturnType<typeof testMigration>>;

/** Each finding that is not passed, as its check and status. */
const notPassed = ({ findings }: Results) =>
  findings.filter(({ status }) => status !== 'passed').map(({ check, status }) => `${check} ${status}`);

const messageOf = ({ findings }: Results, wanted: string) =>
  findings.find(({ check, status }) => check === wanted && status !== 'passed')?.message;

describe('the verdict on a migrated account', () => {
  it('is ready when both ways work, and says what that means', async () => {
    const tested = await testMigration(context);
    expect(tested).toMatchObject({ verdict: 'ready', account: '123456789012', region: 'us-east-1' });
    expect(tested.meaning).toBe(
      'Both ways work. New clusters use the Lambdas; existing clusters keep OIDC/STS; when a Lambda fails, CLM falls back to OIDC/STS.',
    );
    expect(notPassed(tested)).toEqual([]);
  });

  it('is found without changing anything, each function being asked through prod', async () => {
    await testMigration(context);
    expect(changesAmong(context.functions.calls)).toEqual([]);
    expect(context.functions.calls.filter((call) => call.startsWith('invoke'))).toEqual(
      installedFunctions.map((one) => `invoke ${one.name} prod`),
    );
    expect(platformApi.calls.map((call) => call.name).sort()).toEqual(['describeAccount', 'info']);
  });

  it('stays ready with something to look at', async () => {
    account.roles = accountRoles();
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('ready');
    expect(notPassed(tested)).toEqual(['legacy_operator_roles warning']);
  });

  it('is neither when both are broken', async () => {
    account.providers = [];
    context.functions.failOnce('invoke', name, 'ResourceNotFoundException');
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('neither');
    expect(notPassed(tested)).toContain('lambda_dry_run failed');
    expect(notPassed(tested)).toContain('legacy_oidc_providers failed');
  });

  it('is not given for credentials that AWS does not take', async () => {
    const caller = async () => {
      throw awsError('sts:GetCallerIdentity', 'ExpiredToken');
    };
    await expect(testMigration({ ...context, caller })).rejects.toMatchObject({ failure: 'unauthenticated' });
  });
});

describe('lambda only', () => {
  it.each<[string, Partial<LegacyAccount>, string]>([
    ['a provider is unusable', { providers: [rosaProvider({ clientIds: [] })] }, 'legacy_oidc_providers'],
    [
      'a trust policy is broken',
      { roles: [operatorRole({ Action: 'sts:AssumeRole' }), ...accountRoles()] },
      'legacy_operator_roles',
    ],
    [
      'an account role is missing',
      { roles: [operatorRole(), ...accountRoles().slice(1)] },
      'legacy_account_roles',
    ],
  ])('is the verdict when %s', async (_what, differences, check) => {
    Object.assign(account, differences);
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('lambda only');
    expect(tested.meaning).toContain('CLM has nothing to fall back to');
    expect(notPassed(tested)).toContain(`${check} failed`);
  });

  it('is the verdict when OIDC/STS cannot be read: that is no proof', async () => {
    const legacy = fakeLegacy(account);
    legacy.fail('roles', awsError('iam:ListRoles', 'AccessDenied'));
    const tested = await testMigration({ ...context, legacy });
    expect(tested.verdict).toBe('lambda only');
    expect(messageOf(tested, 'legacy_account_roles')).toContain('may not call iam:ListRoles');
  });

  it('is the verdict when the platform does not use OIDC/STS in the account', async () => {
    const tested = await testMigration({
      ...context,
      platformApi: platformThatKnows(registeredAs('lambda')),
    });
    expect(tested.verdict).toBe('lambda only');
    expect(notPassed(tested)).toEqual(['platform_mode failed']);
  });
});

describe('legacy only', () => {
  it('is the verdict when nothing is deployed', async () => {
    const stack = { ...context.stack, state: async () => undefined };
    const tested = await testMigration({ ...context, stack });
    expect(tested.verdict).toBe('legacy only');
    expect(tested.meaning).toContain('CLM falls back to it');
    expect(messageOf(tested, 'lambda_deployed')).toMatch(
      /not deployed to us-east-1.*"rosactl migrate-account"/,
    );
  });

  it('is the verdict when a function answers with an error', async () => {
    context.functions.willAnswer(name, {
      errorType: 'AccessDeniedError',
      payload: { errorMessage: 'ec2:DescribeRegions was denied' },
    });
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'lambda_dry_run')).toMatch(
      /rosa-preflight-checker:prod failed with AccessDeniedError/,
    );
  });

  it('is the verdict when the answer is not that of a dry run', async () => {
    context.functions.willAnswer(name, { payload: null });
    const tested = await testMigration(context);
    expect(notPassed(tested)).toEqual(['lambda_dry_run failed']);
    expect(tested.verdict).toBe('legacy only');
  });

  it('is the verdict when the functions may not be invoked by who asks: that is no proof', async () => {
    context.functions.failOnce('invoke', name, 'AccessDeniedException');
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'lambda_dry_run')).toMatch(/these credentials may not call lambda:/);
  });

  it('is the verdict when nobody may invoke prod', async () => {
    await context.functions.removeStatement(name, 'prod', 'AllowRosaRegionalPlatformInvoke');
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'lambda_permission')).toMatch(
      /Nobody may invoke prod of rosa-preflight-checker/,
    );
  });

  it('is the verdict when more than one role may', async () => {
    await context.functions.allowInvoke(name, 'prod', 'ByHand', otherRoleArn);
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'lambda_permission')).toContain(`lets in ${clmRoleArn}, ${otherRoleArn}`);
  });

  it('is the verdict when the platform comes as another role', async () => {
    platformApi.info = async () => ({ clmRoleArn: otherRoleArn });
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'lambda_permission')).toContain(`the platform comes as ${otherRoleArn}`);
  });

  it('is the verdict when the platform uses OIDC/STS alone, as after a rollback', async () => {
    const rolledBack = platformThatKnows(registeredAs('oidc-sts'));
    const tested = await testMigration({ ...context, platformApi: rolledBack });
    expect(tested.verdict).toBe('legacy only');
    expect(notPassed(tested)).toEqual(['platform_mode failed']);
  });

  it('is the verdict when the platform assumes a role and the account has none', async () => {
    const assuming = platformThatKnows({ ...registeredAs('dual'), authentication: 'assume-role' });
    const tested = await testMigration({ ...context, platformApi: assuming });
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'platform_authentication')).toMatch(
      /comes in .* by assume-role, and the account lets it in by resource-policy/,
    );
  });

  it('is the verdict when the platform does not know the account', async () => {
    const tested = await testMigration({ ...context, platformApi: platformThatKnows() });
    expect(tested.verdict).toBe('legacy only');
    expect(notPassed(tested)).toEqual(['platform_registration failed']);
  });

  it('is the verdict when the platform does not answer: that is no proof', async () => {
    platformApi.fail('describeAccount', apiFailure('unavailable'));
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'platform_registration')).toMatch(/^Not checked: .*it said so.*Try again later/);
  });
});

describe('what the platform knows', () => {
  it('is not asked without an address, which is said and holds nothing up', async () => {
    const tested = await testMigration({ ...context, platformApi: undefined });
    expect(tested.verdict).toBe('ready');
    expect(messageOf(tested, 'platform_registration')).toMatch(/^Not checked.*--platform-api-url/);
  });

  it('is little with v0, which is said and holds nothing up', async () => {
    const v0 = platformThatKnows({ accountId: '123456789012' });
    const tested = await testMigration({ ...context, platformApi: v0 });
    expect(tested.verdict).toBe('ready');
    expect(notPassed(tested)).toEqual([
      'platform_registration warning',
      'platform_authentication warning',
      'platform_mode warning',
    ]);
  });

  it('may be a word that came later', async () => {
    const later = platformThatKnows(registeredAs('something-else'));
    const tested = await testMigration({ ...context, platformApi: later });
    expect(messageOf(tested, 'platform_mode')).toContain('as something-else, which');
  });
});

describe('an account whose role the platform assumes', () => {
  const invocationRoleArn = 'arn:aws:iam::123456789012:role/RosaRegionalPlatformAccess-us-east-1';
  const knownAs = (differences: Partial<Account> = {}) =>
    platformThatKnows({
      ...registeredAs('dual'),
      authentication: 'assume-role',
      invocationRoleArn,
      ...differences,
    });

  beforeEach(async () => {
    const state = async () => ({ status: 'CREATE_COMPLETE', parameters: assumed });
    Object.assign(context, {
      stack: { ...context.stack, state },
      accessRole: fakeAccessRole(),
      executionRoles: accessRolePermissions(),
      platformApi: knownAs(),
    });
    for (const { name } of installedFunctions)
      await context.functions.removeStatement(name, 'prod', 'AllowRosaRegionalPlatformInvoke');
  });

  it('is ready when the role lets in the platform alone, and no alias anybody', async () => {
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('ready');
    expect(tested.findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`lets in ${clmRoleArn} with its external id, and nobody else`),
        `The policy of prod of ${name} lets nobody in from outside`,
      ]),
    );
  });

  it('is not when an alias lets somebody in beside the role', async () => {
    await context.functions.allowInvoke(name, 'prod', 'AllowRosaRegionalPlatformInvoke', clmRoleArn);
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('legacy only');
    expect(notPassed(tested)).toEqual(['lambda_permission failed']);
  });

  it.each([
    ['is not there', { describe: async () => undefined }, /does not exist/],
    [
      'asks for no external id',
      fakeAccessRole({ trustPolicy: trustPolicy({ Condition: {} }) }),
      /trust policy says/,
    ],
    [
      'is closed',
      fakeAccessRole({ trustPolicy: trustPolicy(), boundaryArn: 'arn:aws:iam::aws:policy/AWSDenyAll' }),
      /is closed/,
    ],
  ])('is not when the role %s', async (_what, accessRole, message) => {
    Object.assign(context, { accessRole });
    const tested = await testMigration(context);
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'lambda_access_role')).toMatch(message);
  });

  it('is not when the role may not be read: that is no proof', async () => {
    const accessRole = fakeAccessRole();
    accessRole.fail('describe', awsError('iam:GetRole', 'AccessDenied'));
    const tested = await testMigration({ ...context, accessRole });
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'lambda_access_role')).toContain('iam:GetRole');
  });

  it('is not when the platform comes with another external id', async () => {
    const platformApi = Object.assign(knownAs(), { info: async () => ({ externalId: 'another' }) });
    const tested = await testMigration({ ...context, platformApi });
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'lambda_access_role')).toContain('with another');
  });

  it('is not when the platform assumes another role', async () => {
    const platformApi = knownAs({ invocationRoleArn: undefined });
    const tested = await testMigration({ ...context, platformApi });
    expect(tested.verdict).toBe('legacy only');
    expect(messageOf(tested, 'platform_authentication')).toContain(`instead of ${invocationRoleArn}`);
  });
});
