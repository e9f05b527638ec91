import { beforeEach, describe, expect, it } from '@jest/globals';
import { accountStatus } from '../../../../shared/status/account-status.ts';
import type { FunctionStatus } from '../../../../shared/status/function-status.ts';
import type { FunctionConfiguration } from '../../../../shared/status/settings.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { deployAndRelease, installedFunctions } from '../../../support/fakes/command-context.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';
import {
  type FakeStatusSources,
  fakeRelease,
  fakeStatusSources,
} from '../../../support/fakes/status-sources.ts';

const name = 'rosa-oidc-provisioner';
const clmRole = 'arn:aws:iam::111122223333:role/CLMServiceRole';
const installed = installedFunctions.filter((one) => one.name === name);

let functions: FakeLambdaFunctions;
let sources: FakeStatusSources;

beforeEach(async () => {
  functions = new FakeLambdaFunctions();
  sources = fakeStatusSources();
  await deployAndRelease(functions, 'code1', 'prod');
  await functions.allowInvoke(name, 'prod', 'AllowRosaRegionalPlatformInvoke', clmRole);
});

/** The status of one function, against `fakeRelease` unless told otherwise. */
const status = async (request: { release?: undefined; parameters?: Record<string, string> } = {}) => {
  const known = { release: fakeRelease(), parameters: { logRetentionDays: '90' }, ...request };
  const all = await accountStatus({ functions, ...sources }, { region: 'us-east-1', installed, ...known });
  return all[0] as FunctionStatus;
};

/** Changes what is read of `$LATEST`, or of the version that a stage runs. */
function changeConfiguration(stage: string | undefined, changed: Partial<FunctionConfiguration>): void {
  const { configuration } = sources.configurations;
  sources.configurations.configuration = async (functionName, qualifier) => {
    const found = await configuration(functionName, qualifier);
    return found && qualifier === stage ? { ...found, ...changed } : found;
  };
}

const drift = async () => (await status()).drift.map(({ aspect, message }) => `${aspect}: ${message}`);

describe('the status of a function', () => {
  it('says what runs, who may call it and that it is as released', async () => {
    expect(await status()).toEqual({
      component: 'oidc-provisioner',
      name,
      exists: true,
      stages: { prod: '1' },
      canaries: {},
      newest: '1',
      prodCodeSha256: 'code1',
      prodIsThisRelease: true,
      prodPrincipals: [clmRole],
      logRetention: 90,
      lastInvocation: '2026-01-31T10:00:00.000Z',
      drift: [],
      notDetermined: [],
    });
  });

  it('says which version gets a share of a stage', async () => {
    await deployAndRelease(functions, 'code2', 'staging');
    functions.setWeights(name, 'prod', { 2: 0.1 });
    expect(await status()).toMatchObject({
      stages: { prod: '1', staging: '2' },
      canaries: { prod: { version: '2', percent: 10 } },
      newest: '2',
    });
  });

  it('tells an older release on prod from this one', async () => {
    functions = new FakeLambdaFunctions();
    await deployAndRelease(functions, 'code0', 'prod');
    await deployAndRelease(functions, 'code1', 'staging');
    await functions.allowInvoke(name, 'prod', 'AllowRosaRegionalPlatformInvoke', clmRole);
    const { prodIsThisRelease, drift: differences } = await status();
    expect(prodIsThisRelease).toBe(false);
    // That prod is behind is for the account's owner to decide; the function itself has this release's code.
    expect(differences).toEqual([]);
  });

  it('does not guess whether the code is of this release when the release is not known', async () => {
    expect(await status({ release: undefined })).toMatchObject({ prodIsThisRelease: null, drift: [] });
  });

  it('says that a function was never invoked', async () => {
    sources.functionLogGroups.lastEvent = async () => undefined;
    expect(await status()).toMatchObject({ lastInvocation: null });
  });
});

describe('a function drifts when', () => {
  it('it is gone', async () => {
    functions = new FakeLambdaFunctions();
    sources.configurations.configuration = async () => undefined;
    expect(await status()).toMatchObject({
      exists: false,
      stages: {},
      newest: null,
      drift: [
        {
          aspect: 'function',
          message: `${name} does not exist`,
          next: 'rosactl cleanup-account, then rosactl setup-account',
        },
      ],
    });
  });

  it('it has lost its alias prod', async () => {
    await functions.deleteAlias(name, 'prod');
    expect(await drift()).toEqual([
      `function: prod of ${name} does not exist, so the platform cannot invoke it`,
    ]);
  });

  it('nothing of it was published', async () => {
    functions = new FakeLambdaFunctions();
    functions.deploy(name, 'code1');
    expect(await status()).toMatchObject({ exists: true, newest: null, drift: [{ aspect: 'function' }] });
  });

  it('prod runs a version that was published with other settings', async () => {
    functions.deploy(name, 'code1', 'memory 4096, role evil');
    expect(await drift()).toContainEqual(
      expect.stringMatching(/^settings: version 1 of .* which prod runs, has other settings/),
    );
  });

  it('its code is not that of the release', async () => {
    functions.deploy(name, 'tampered');
    expect(await drift()).toEqual([
      `code: ${name} has not the code of this release: tampered instead of code1`,
    ]);
  });

  it('a setting was changed', async () => {
    changeConfiguration(undefined, { Timeout: 3 });
    expect(await drift()).toEqual([`settings: Timeout of ${name} is 3 instead of 60`]);
  });

  it.each([
    ['prod', 'rosactl setup-account'],
    ['staging', 'rosactl update-lambdas --alias staging'],
  ] as const)('the version that %s runs has other settings or another role', async (stage, next) => {
    await deployAndRelease(functions, 'code1', 'staging');
    const roleArn = 'arn:aws:iam::123456789012:role/evil';
    changeConfiguration(stage, { MemorySize: 4096, Runtime: 'nodejs18.x', roleArn });
    const which = `version ${(await status()).stages[stage]} of ${name}, which ${stage} runs,`;
    expect((await status()).drift).toEqual([
      {
        aspect: 'role',
        message: `${which} has the role evil; what is deployed has ${name}-role`,
        next,
      },
      { aspect: 'settings', message: `MemorySize of ${which} is 4096 instead of 128`, next },
      { aspect: 'settings', message: `Runtime of ${which} is nodejs18.x instead of nodejs24.x`, next },
    ]);
  });

  it('its version has other settings, which are named once', async () => {
    functions.deploy(name, 'code1', 'memory 4096');
    changeConfiguration('prod', { MemorySize: 4096 });
    expect(await drift()).toEqual([expect.stringMatching(/^settings: MemorySize of version 1/)]);
  });

  it('the version that prod runs has another role, whether the release is known or not', async () => {
    changeConfiguration('prod', { roleArn: 'arn:aws:iam::123456789012:role/evil' });
    const { drift: differences } = await status({ release: undefined });
    expect(differences.map(({ aspect }) => aspect)).toEqual(['role']);
  });

  it.each([
    [30, 'are kept for 30 days instead of 90 days'],
    ['never expires', 'are kept for ever instead of 90 days'],
    ['no log group', 'has no log group /aws/lambda/rosa-oidc-provisioner'],
  ] as const)('its records are kept like this: %s', async (retention, message) => {
    sources.functionLogGroups.retention = async () => retention;
    expect(await drift()).toEqual([expect.stringContaining(message)]);
  });

  it('its role does not exist', async () => {
    sources.executionRoles.permissions = async () => undefined;
    expect(await drift()).toEqual([
      `role: the role ${name}-role of ${name} does not exist, so it cannot run`,
    ]);
  });

  it('its role may do more, or less', async () => {
    sources.executionRoles.permissions = async () => ({
      inline: [
        { name: 'WriteOwnLog', actions: ['Logs:putlogevents', 'kms:Decrypt'] },
        { name: 'Extra', actions: ['s3:GetObject', 'iam:*'] },
      ],
      managed: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    });
    expect(await drift()).toEqual([
      expect.stringContaining('has the managed policy arn:aws:iam::aws:policy/AdministratorAccess'),
      expect.stringMatching(
        /the policy Extra of .* allows what this release does not: s3:GetObject, iam:\*$/,
      ),
      expect.stringMatching(/do not name what this release needs: logs:CreateLogStream$/),
    ]);
  });

  it.each([
    ['a second role', 'arn:aws:iam::111122223333:role/Other'],
    ['everyone', '*'],
    ['a whole account', 'arn:aws:iam::111122223333:root'],
  ])('prod is open to %s too', async (_who, principal) => {
    await functions.allowInvoke(name, 'prod', 'Stranger', principal);
    expect(await drift()).toEqual([
      `permission: prod of ${name} is to be open to one role, by the one statement of this product; its policy lets in ${clmRole}, ${principal}`,
    ]);
  });

  it('prod is open to something other than one role', async () => {
    await functions.removeStatement(name, 'prod', 'AllowRosaRegionalPlatformInvoke');
    await functions.allowInvoke(name, 'prod', 'AllowRosaRegionalPlatformInvoke', 'AROAEXAMPLEEXAMPLE');
    expect(await drift()).toEqual([expect.stringContaining('lets in AROAEXAMPLEEXAMPLE')]);
  });

  it('another stage is open to callers from outside', async () => {
    await functions.allowInvoke(name, 'staging', 'Tester', clmRole);
    const { drift: differences } = await status();
    expect(differences).toEqual([
      {
        aspect: 'permission',
        message: expect.stringContaining(`staging of ${name} may be invoked from outside by ${clmRole}`),
        next: `aws lambda remove-permission --function-name ${name} --qualifier staging --statement-id Tester --region us-east-1`,
      },
    ]);
  });

  it('prod is there, and open to nobody', async () => {
    await functions.removeStatement(name, 'prod', 'AllowRosaRegionalPlatformInvoke');
    expect((await status()).drift).toEqual([
      {
        aspect: 'permission',
        message: `nobody may invoke prod of ${name}, so the platform cannot`,
        next: 'rosactl setup-account',
      },
    ]);
  });

  it('it is not, with settings of a stage that was never deployed', async () => {
    changeConfiguration('dev', { MemorySize: 4096 });
    expect(await drift()).toEqual([]);
  });

  it('it is not, with another release on prod that had other settings', async () => {
    functions = new FakeLambdaFunctions();
    await deployAndRelease(functions, 'code0', 'prod');
    await deployAndRelease(functions, 'code1', 'staging');
    await functions.allowInvoke(name, 'prod', 'AllowRosaRegionalPlatformInvoke', clmRole);
    changeConfiguration('prod', { MemorySize: 4096 });
    expect(await drift()).toEqual([]);
  });

  it('it is not, with records kept as the stack does not say', async () => {
    expect(await status({ parameters: {} })).toMatchObject({ logRetention: 90, drift: [] });
  });

  it('several things are wrong, of which the worst comes first', async () => {
    functions.deploy(name, 'tampered');
    sources.functionLogGroups.retention = async () => 30;
    await functions.allowInvoke(name, 'prod', 'Stranger', '*');
    const { drift: differences } = await status();
    expect(differences.map(({ aspect }) => aspect)).toEqual(['permission', 'code', 'retention']);
  });
});

describe('a stage', () => {
  const other = 'rosa-network-verifier';
  const all = async () => {
    const request = {
      region: 'us-east-1',
      installed: installedFunctions,
      release: fakeRelease(),
      parameters: {},
    };
    const found = await accountStatus({ functions, ...sources }, request);
    return found.flatMap((one) => one.drift);
  };

  beforeEach(async () => {
    for (const one of installedFunctions.filter((each) => each.name !== name))
      await functions.allowInvoke(one.name, 'prod', 'AllowRosaRegionalPlatformInvoke', clmRole);
  });

  it('has drifted when one function is without it', async () => {
    await deployAndRelease(functions, 'code1', 'staging');
    await functions.deleteAlias(other, 'staging');
    await functions.deleteAlias(name, 'prod');
    expect(await all()).toEqual([
      {
        aspect: 'function',
        message: `prod of ${name} does not exist, so the platform cannot invoke it`,
        next: 'rosactl setup-account',
      },
      {
        aspect: 'function',
        message: `staging of ${other} does not exist, though other functions have it`,
        next: 'rosactl update-lambdas --alias staging',
      },
    ]);
  });

  it('has not drifted when no function has it, unless it is prod', async () => {
    expect(await all()).toEqual([]);
    for (const one of installedFunctions) await functions.deleteAlias(one.name, 'prod');
    expect((await all()).map(({ message }) => message)).toEqual(
      installedFunctions.map((one) => expect.stringContaining(`prod of ${one.name} does not exist`)),
    );
  });

  it('is not missed on a function that is missing itself', async () => {
    functions.remove(other);
    const differences = (await all()).filter(({ message }) => message.includes(other));
    expect(differences.map(({ message }) => message)).toEqual([`${other} does not exist`]);
  });
});

describe('what may not be read', () => {
  const denied = (action: string) => awsError(action, 'AccessDeniedException');

  it('is said, and the rest is shown', async () => {
    sources.functionLogGroups.fail('retention', denied('logs:DescribeLogGroups'));
    sources.executionRoles.fail('permissions', denied('iam:ListRolePolicies'));
    const { logRetention, drift: differences, notDetermined, stages } = await status();
    expect(logRetention).toMatchObject({ notDetermined: 'logs:DescribeLogGroups' });
    expect(stages).toEqual({ prod: '1' });
    expect(differences).toEqual([]);
    expect(notDetermined.map((one) => one.notDetermined)).toEqual([
      'iam:ListRolePolicies',
      'logs:DescribeLogGroups',
    ]);
  });

  it('makes no function look as if it were missing', async () => {
    functions.failOnce('versions', name, 'AccessDeniedException');
    expect(await status()).toMatchObject({
      exists: { notDetermined: 'lambda:versions' },
      newest: { notDetermined: 'lambda:versions' },
      prodIsThisRelease: null,
      drift: [],
    });
  });

  it('makes no stage look as if it were empty', async () => {
    functions.failOnce('alias', name, 'AccessDeniedException');
    const { stages, prodCodeSha256 } = await status();
    expect(stages.prod).toMatchObject({ notDetermined: 'lambda:alias' });
    expect(prodCodeSha256).toMatchObject({ notDetermined: 'lambda:alias' });
  });

  it('keeps a stage from being judged by settings that were not told', async () => {
    sources.configurations.fail('configuration', denied('lambda:GetFunctionConfiguration'), 4);
    expect(await status()).toMatchObject({
      drift: [],
      notDetermined: [{ notDetermined: 'lambda:GetFunctionConfiguration' }],
    });
  });

  it('keeps the role from being judged when the function does not tell which it is', async () => {
    sources.configurations.fail('configuration', denied('lambda:GetFunctionConfiguration'));
    expect(await status()).toMatchObject({
      drift: [],
      notDetermined: [{ notDetermined: 'lambda:GetFunctionConfiguration' }],
    });
  });

  it('is not waited for elsewhere: credentials that have expired fail at once', async () => {
    functions.failOnce('versions', name, 'ExpiredTokenException');
    await expect(status()).rejects.toMatchObject({ failure: 'unauthenticated' });
  });
});
