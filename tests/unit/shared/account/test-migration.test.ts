import { beforeEach, describe, expect, it } from '@jest/globals';
import { testMigration } from '../../../../shared/account/test-migration.ts';
import { release } from '../../../../shared/release/release.ts';
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
    expect(notPassed(tested)).toEqual(['platform_registration warning', 'platform_mode warning']);
  });

  it('may be a word that came later', async () => {
    const later = platformThatKnows(registeredAs('something-else'));
    const tested = await testMigration({ ...context, platformApi: later });
    expect(messageOf(tested, 'platform_mode')).toContain('"something-else"');
  });
});
