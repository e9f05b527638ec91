import { beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '../../../../rosactl/commands/status.ts';
import { accessRoleActions } from '../../../../shared/customer-stack/access-role.ts';
import type { ExecutionRoles } from '../../../../shared/status/role.ts';
import {
  accessRolePermissions,
  assumed,
  externalId,
  fakeAccessRole,
  trustPolicy,
} from '../../../support/fakes/access-role.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { deployAndRelease, fakeContext, installedFunctions } from '../../../support/fakes/command-context.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';
import { platformThatKnows, registeredAs } from '../../../support/fakes/migration.ts';
import { apiFailure } from '../../../support/fakes/platform-api.ts';
import { type FakeStatusSources, fakeStatusSources } from '../../../support/fakes/status-sources.ts';

const name = 'rosa-oidc-provisioner';
const clmRole = 'arn:aws:iam::111122223333:role/CLMServiceRole';

let functions: FakeLambdaFunctions;
let sources: FakeStatusSources;

beforeEach(async () => {
  functions = new FakeLambdaFunctions();
  sources = fakeStatusSources();
  await deployAndRelease(functions, 'code0', 'prod');
  await deployAndRelease(functions, 'code1', 'staging');
  for (const one of installedFunctions)
    await functions.allowInvoke(one.name, 'prod', 'AllowRosaRegionalPlatformInvoke', clmRole);
});

const show = (options = {}, differences = {}) =>
  status.run(fakeContext({ functions, ...sources, ...differences }), options);

const corrupt = Object.assign(new Error('manifest.json of this release cannot be read'), {
  name: 'IntegrityError',
});
const noRelease = {
  release: async () => {
    throw corrupt;
  },
};

describe('status', () => {
  it('shows a line for each function, and that nothing has drifted', async () => {
    functions.setWeights(name, 'prod', { 2: 0.1 });
    const { exitCode, lines } = await show();
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      'FUNCTION                prod        staging  dev  NEWEST  CODE OF prod             LOGS KEPT  LAST INVOCATION (UTC)  MAY INVOKE prod FROM OUTSIDE',
      'rosa-oidc-provisioner   1 (+10% 2)  2        -    2       code0, not this release  90 days    2026-01-31 10:00:00    arn:aws:iam::111122223333:role/CLMServiceRole',
      'rosa-preflight-checker  1           2        -    2       code0, not this release  90 days    2026-01-31 10:00:00    arn:aws:iam::111122223333:role/CLMServiceRole',
      'rosa-network-verifier   1           2        -    2       code0, not this release  90 days    2026-01-31 10:00:00    arn:aws:iam::111122223333:role/CLMServiceRole',
      '',
      '✔ As release 1.2.3 would deploy it: code, settings, actions of the roles, log retention, permissions',
    ]);
  });

  it('shows what has drifted, the worst of all functions first, and what to do', async () => {
    functions.deploy(name, 'tampered');
    await functions.allowInvoke('rosa-network-verifier', 'staging', 'Tester', '*');
    const { exitCode, lines } = await show();
    expect(exitCode).toBe(0);
    expect(lines.slice(5)).toEqual([
      'Drift from what release 1.2.3 makes:',
      '✖ staging of rosa-network-verifier may be invoked from outside by *; only prod is for callers from outside',
      '  aws lambda remove-permission --function-name rosa-network-verifier --qualifier staging --statement-id Tester --region us-east-1',
      '✖ rosa-oidc-provisioner has not the code of this release: tampered instead of code1',
      '  rosactl update-lambdas --alias staging, then rosactl promote-lambdas --from staging --to prod',
    ]);
  });

  it('calls nothing fine that nobody may invoke', async () => {
    await functions.removeStatement(name, 'prod', 'AllowRosaRegionalPlatformInvoke');
    const { lines } = await show();
    expect(lines[1]).toMatch(/ nobody$/);
    expect(lines.slice(5)).toEqual([
      'Drift from what release 1.2.3 makes:',
      `✖ nobody may invoke prod of ${name}, so the platform cannot`,
      '  rosactl setup-account',
    ]);
  });

  it('calls a stack without functions nothing like fine', async () => {
    sources.configurations.configuration = async () => undefined;
    const { lines } = await show({}, { functions: new FakeLambdaFunctions() });
    expect(lines.slice(5, 8)).toEqual([
      'Drift from what release 1.2.3 makes:',
      `✖ ${name} does not exist`,
      '  rosactl cleanup-account, then rosactl setup-account',
    ]);
    expect(lines.join()).not.toContain('✔');
  });

  it('says what could not be read and does not call it fine', async () => {
    const denied = awsError('logs:DescribeLogGroups', 'AccessDeniedException');
    sources.functionLogGroups.fail('retention', denied);
    const { lines } = await show();
    expect(lines[1]).toContain('not determined (logs:DescribeLogGroups)');
    expect(lines.at(-1)).toMatch(/^\? logs:DescribeLogGroups of rosa-oidc-provisioner was not answered/);
    expect(lines.join()).not.toContain('✔');
  });

  it('says why nothing was compared with a release', async () => {
    const { exitCode, lines } = await show({}, noRelease);
    expect(exitCode).toBe(0);
    expect(lines[1]).toContain('  code0  ');
    expect(lines.slice(5)).toEqual([
      '✔ Log retention and permissions are as they should be',
      '? Code, settings and roles were not compared with a release: manifest.json of this release cannot be read',
    ]);
  });

  it('has all of it for programs', async () => {
    const { data } = await show();
    expect(data).toMatchObject({
      region: 'us-east-1',
      release: { version: '1.2.3', id: '0123456789ab' },
      deployedRelease: '0123456789ab',
      functions: [
        { name, stages: { prod: '1', staging: '2' }, newest: '2', prodIsThisRelease: false },
        {},
        {},
      ],
    });
  });
});

describe('status --exit-code', () => {
  const exitCode = async (differences = {}) => (await show({ exitCode: true }, differences)).exitCode;

  it('is 0 when all was compared and nothing has drifted', async () => {
    expect(await exitCode()).toBe(0);
  });

  it('is 1 when something has drifted', async () => {
    functions.deploy(name, 'tampered');
    expect(await exitCode()).toBe(1);
  });

  it('is 1 when nothing was published', async () => {
    functions = new FakeLambdaFunctions();
    for (const one of installedFunctions) functions.deploy(one.name, 'code1');
    expect(await exitCode()).toBe(1);
  });

  it('is 1 when prod is missing on one function', async () => {
    await functions.deleteAlias(name, 'prod');
    expect(await exitCode()).toBe(1);
  });

  it('is 1 when nobody may invoke prod', async () => {
    await functions.removeStatement(name, 'prod', 'AllowRosaRegionalPlatformInvoke');
    expect(await exitCode()).toBe(1);
  });

  it('is 1 when something could not be read', async () => {
    sources.executionRoles.fail('permissions', awsError('iam:ListRolePolicies', 'AccessDenied'));
    expect(await exitCode()).toBe(1);
  });

  it('is 1 when there is no release to compare with', async () => {
    expect(await exitCode(noRelease)).toBe(1);
  });
});

describe('what the platform knows of the account', () => {
  it('is shown with how it works there, which release answered, and when', async () => {
    const account = { ...registeredAs('dual'), release: '0.1.0', lastAnswerAt: '2026-03-01T09:05:00Z' };
    const { lines, data } = await show({}, { platformApi: platformThatKnows(account) });
    expect(lines.at(-1)).toBe(
      'Registered with the Platform API: access mode dual, resource-policy; last answer 2026-03-01T09:05:00Z, release 0.1.0',
    );
    expect(data).toMatchObject({ registration: { status: 'registered', account: { accessMode: 'dual' } } });
  });

  it('may be nothing', async () => {
    const { lines } = await show({}, { platformApi: platformThatKnows() });
    expect(lines.at(-1)).toMatch(/^! The Platform API does not know the account/);
  });

  it('is left open when it does not answer, and the rest is shown', async () => {
    const platformApi = platformThatKnows();
    platformApi.fail('describeAccount', apiFailure('unavailable'));
    const { exitCode, lines } = await show({}, { platformApi });
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toMatch(/^\? What the Platform API knows of the account: .*it said so/);
  });

  it('is not asked without its address', async () => {
    expect((await show()).data).toMatchObject({ registration: { status: 'not asked for' } });
  });
});

describe('the role that the platform assumes', () => {
  /** Roles as the stack makes them: those of the functions, and the access role. */
  const roles: ExecutionRoles = {
    permissions: (role) =>
      (role.startsWith('RosaRegional') ? accessRolePermissions() : sources.executionRoles).permissions(role),
  };
  const stack = {
    ...fakeContext().stack,
    state: async () => ({ status: 'CREATE_COMPLETE', parameters: { logRetentionDays: '90', ...assumed } }),
  };
  const assumedBy = (differences = {}, options = {}) =>
    show(options, { stack, executionRoles: roles, ...differences });

  beforeEach(async () => {
    for (const one of installedFunctions)
      await functions.removeStatement(one.name, 'prod', 'AllowRosaRegionalPlatformInvoke');
  });

  it('is shown with who assumes it, and nothing has drifted', async () => {
    const { lines } = await assumedBy();
    expect(lines.slice(-3)).toEqual([
      expect.stringMatching(/^✔ As release 1\.2\.3/),
      '',
      `Authentication: assume-role, ${clmRole} assumes RosaRegionalPlatformAccess-us-east-1 with the external id ${externalId}`,
    ]);
  });

  it.each([
    ['trusts somebody else', { Principal: { AWS: '*' } }],
    ['asks for no external id', { Condition: {} }],
    ['asks for another external id', { Condition: { StringEquals: { 'sts:ExternalId': 'other' } } }],
    ['can be assumed in other ways', { Action: 'sts:*' }],
  ])('has drifted when it %s, and it is said how to mend that', async (_what, differences) => {
    const accessRole = fakeAccessRole({ trustPolicy: trustPolicy(differences) });
    const { lines, exitCode } = await assumedBy({ accessRole }, { exitCode: true });
    expect(exitCode).toBe(1);
    expect(lines.join('\n')).toMatch(
      /✖ the role RosaRegionalPlatformAccess-us-east-1 is to be assumed by .* alone.*\n {2}aws iam update-assume-role-policy/,
    );
  });

  it('has drifted when it may do more than the stack gives it', async () => {
    const executionRoles = {
      permissions: (role: string) =>
        role.startsWith('RosaRegional')
          ? accessRolePermissions([...accessRoleActions, 'lambda:UpdateFunctionCode']).permissions(role)
          : roles.permissions(role),
    };
    const { lines } = await assumedBy({ executionRoles });
    expect(lines.join('\n')).toContain('allows what this release does not: lambda:UpdateFunctionCode');
  });

  it('has drifted when an alias lets somebody in beside it', async () => {
    await functions.allowInvoke(name, 'prod', 'AllowRosaRegionalPlatformInvoke', clmRole);
    const { lines } = await assumedBy();
    expect(lines.join('\n')).toContain('with assume-role the platform comes in by the access role alone');
  });

  it('is said to be closed after cleanup-access', async () => {
    const accessRole = fakeAccessRole({
      trustPolicy: trustPolicy(),
      boundaryArn: 'arn:aws:iam::aws:policy/AWSDenyAll',
    });
    const { lines } = await assumedBy({ accessRole });
    expect(lines.join('\n')).toMatch(
      /is closed, so the platform cannot come in.*\n {2}rosactl setup-account/,
    );
  });

  it('is not called fine when it may not be read', async () => {
    const accessRole = fakeAccessRole();
    accessRole.fail('describe', awsError('iam:GetRole', 'AccessDenied'));
    const { lines, exitCode } = await assumedBy({ accessRole }, { exitCode: true });
    expect(exitCode).toBe(1);
    expect(lines.join('\n')).toContain(
      '? iam:GetRole of RosaRegionalPlatformAccess-us-east-1 was not answered',
    );
  });
});
