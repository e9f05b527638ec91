import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ReleaseRequest, release } from '../../../../shared/release/release.ts';
import { silentTasks } from '../../../../shared/tasks.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';

const names = ['one', 'two', 'three'];
const clmRole = 'arn:aws:iam::111122223333:role/CLMServiceRole';

let functions: FakeLambdaFunctions;
let pauses: number[];

beforeEach(() => {
  functions = new FakeLambdaFunctions();
  pauses = [];
});

const deploy = (code: string, only = names) => {
  for (const name of only) functions.deploy(name, `${code}-of-${name}`);
};

const run = (code: string, request: Partial<ReleaseRequest> = {}) =>
  release(
    {
      functions,
      retryPolicy: {
        attempts: 3,
        firstPauseMs: 100,
        sleep: async (ms) => void pauses.push(ms),
        random: () => 1,
      },
      tasks: silentTasks,
    },
    {
      stage: 'prod',
      deployed: names.map((name) => ({
        name,
        codeSha256: `${code}-of-${name}`,
        smokeRequest: { dry_run: true },
      })),
      ...request,
    },
  );

const all = (version: string) => ({ one: version, two: version, three: version });

describe('a first release', () => {
  it('publishes a version of each function and points the alias to it', async () => {
    deploy('code1');
    const released = await run('code1');
    expect(functions.versionsOf('prod')).toEqual(all('1'));
    expect(released).toEqual(names.map((name) => ({ name, version: '1', from: undefined, published: true })));
  });

  it('tries each version by its number before any alias points to it', async () => {
    deploy('code1');
    await run('code1');
    const lastTry = Math.max(...names.map((name) => functions.calls.indexOf(`invoke ${name} 1`)));
    const firstAlias = Math.min(...names.map((name) => functions.calls.indexOf(`createAlias ${name}`)));
    expect(functions.calls.filter((call) => call.startsWith('invoke'))).toHaveLength(3);
    expect(lastTry).toBeLessThan(firstAlias);
  });
});

describe('a release of changed code', () => {
  beforeEach(async () => {
    deploy('code1');
    await run('code1');
    deploy('code2');
  });

  it('moves its own stage and leaves the others where they are', async () => {
    await run('code2', { stage: 'staging' });
    expect(functions.versionsOf('staging')).toEqual(all('2'));
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('records the version that was left in the description of the alias', async () => {
    await run('code2');
    expect(functions.descriptionOf('one', 'prod')).toBe('previous version 1');
  });

  it('moves nothing when a version fails its smoke test, and says what it answered', async () => {
    functions.willAnswer('two', {
      errorType: 'Runtime.ImportModuleError',
      payload: { errorMessage: 'no handler' },
    });
    await expect(run('code2')).rejects.toThrow(/version 2 of two failed its smoke test.*no handler/);
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('moves nothing when a version answers something other than a dry run', async () => {
    functions.willAnswer('three', { payload: { hello: 'world' } });
    await expect(run('code2')).rejects.toMatchObject({ name: 'SmokeTestFailure' });
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('takes the moved aliases back when one cannot be moved', async () => {
    functions.failOnce('updateAlias', 'three');
    await expect(run('code2')).rejects.toMatchObject({ name: 'AwsCallError' });
    expect(functions.versionsOf('prod')).toEqual(all('1'));
    expect(functions.descriptionOf('one', 'prod')).toBe('first version');
  });

  it('moves nothing when somebody else has moved an alias in the meantime', async () => {
    functions.failOnce('updateAlias', 'one', 'PreconditionFailedException');
    await expect(run('code2')).rejects.toMatchObject({ code: 'PreconditionFailedException' });
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('says so when a moved alias cannot be taken back either', async () => {
    functions.failOnce('updateAlias', 'two');
    const takeBackFails = functions.updateAlias.bind(functions);
    functions.updateAlias = async (name, alias, to) => {
      if (to.version === '1') throw new Error('AWS is away');
      return takeBackFails(name, alias, to);
    };
    await expect(run('code2')).rejects.toThrow(/nor could those moved before be taken back/);
  });

  it('finishes when it is run again after an interruption', async () => {
    functions.failOnce('updateAlias', 'two');
    await expect(run('code2')).rejects.toThrow();
    const released = await run('code2');
    expect(functions.versionsOf('prod')).toEqual(all('2'));
    expect(released.map(({ published }) => published)).toEqual([false, false, false]);
  });

  it('refuses to publish code that is not the local package', async () => {
    deploy('tampered', ['two']);
    await expect(run('code2')).rejects.toThrow(/the deployed code of two .* is not that of the package/);
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });
});

describe('a release of unchanged code', () => {
  beforeEach(async () => {
    deploy('code1');
    await run('code1');
    // A stack update touches every function, with equal bytes too; AWS would make a version of that.
    deploy('code1');
  });

  it('publishes nothing and leaves the aliases alone', async () => {
    functions.calls.length = 0;
    const released = await run('code1');
    expect(released).toEqual(names.map((name) => ({ name, version: '1', from: '1', published: false })));
    expect(functions.calls.filter((call) => /^(publish|(create|update)Alias)/.test(call))).toEqual([]);
  });

  it('gives another stage the very version that was tried', async () => {
    await run('code1', { stage: 'staging' });
    expect(functions.versionsOf('staging')).toEqual(all('1'));
  });

  it('publishes a version when a setting has changed', async () => {
    for (const name of names) functions.deploy(name, `code1-of-${name}`, 'memory 256');
    await run('code1');
    expect(functions.versionsOf('prod')).toEqual(all('2'));
  });
});

describe('an alias that someone has split by hand', () => {
  beforeEach(async () => {
    deploy('code1');
    await run('code1');
    deploy('code2');
    await run('code2', { stage: 'staging' });
    functions.setWeights('one', 'prod', { 2: 0.1 });
  });

  it('points to its one version again after a release, even of unchanged code', async () => {
    await run('code2');
    expect(functions.weightsOf('one', 'prod')).toEqual({});
    functions.setWeights('one', 'prod', { 1: 0.5 });
    await run('code2');
    expect(functions.weightsOf('one', 'prod')).toEqual({});
  });

  it('keeps its way back when only the share is taken away', async () => {
    await run('code2');
    functions.setWeights('one', 'prod', { 1: 0.5 });
    await run('code2');
    expect(functions.descriptionOf('one', 'prod')).toBe('previous version 1');
  });

  it('is as it was after a release that failed', async () => {
    functions.failOnce('updateAlias', 'two');
    await expect(run('code2')).rejects.toThrow();
    expect(functions.weightsOf('one', 'prod')).toEqual({ 2: 0.1 });
  });
});

describe('a smoke test right after the roles were made', () => {
  const denied = { errorType: 'AccessDeniedError', payload: { errorMessage: 'not yet' } };

  it('is tried again until IAM knows the role', async () => {
    deploy('code1');
    functions.willAnswer('one', denied, denied);
    await run('code1');
    expect(pauses).toEqual([100, 200]);
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('fails when the role stays unknown', async () => {
    deploy('code1');
    functions.willAnswer('one', denied, denied, denied);
    await expect(run('code1')).rejects.toThrow(/failed its smoke test.*not yet/);
    expect(functions.versionsOf('prod')).toEqual({ one: undefined, two: undefined, three: undefined });
  });
});

describe('an invocation that Lambda refuses at first', () => {
  it('is tried again: a fresh role or key is not known everywhere yet', async () => {
    deploy('code1');
    functions.failOnce('invoke', 'one', 'KMSAccessDeniedException');
    await run('code1');
    expect(pauses).toEqual([100]);
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });
});

describe('an alias whose move succeeded but was not answered', () => {
  it('is taken back with the others', async () => {
    deploy('code1');
    await run('code1');
    deploy('code2');
    const update = functions.updateAlias.bind(functions);
    functions.updateAlias = async (name, alias, to) => {
      await update(name, alias, to);
      if (name === 'two' && to.version === '2') throw new Error('the answer got lost');
    };
    await expect(run('code2')).rejects.toThrow('the answer got lost');
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });
});

describe('who may invoke', () => {
  const statements = (alias: string) => functions.policy('one', alias);

  it('is the CLM role alone, on prod', async () => {
    deploy('code1');
    await run('code1', { clmRoleArn: clmRole });
    expect(await statements('prod')).toEqual([
      expect.objectContaining({ Sid: 'AllowRosaRegionalPlatformInvoke', Principal: { AWS: clmRole } }),
    ]);
  });

  it('stays as it is when the same role is given again', async () => {
    deploy('code1');
    await run('code1', { clmRoleArn: clmRole });
    functions.calls.length = 0;
    await run('code1', { clmRoleArn: clmRole });
    expect(functions.calls.filter((call) => /^(allowInvoke|removeStatement)/.test(call))).toEqual([]);
  });

  it.each([
    ['another role', 'arn:aws:iam::111122223333:role/Old'],
    ['the unique id of a role that was deleted', 'AROAEXAMPLEEXAMPLE'],
  ])('is replaced when it was %s', async (_what, principal) => {
    deploy('code1');
    await run('code1', { clmRoleArn: clmRole });
    await functions.removeStatement('one', 'prod', 'AllowRosaRegionalPlatformInvoke');
    await functions.allowInvoke('one', 'prod', 'AllowRosaRegionalPlatformInvoke', principal);
    await run('code1', { clmRoleArn: clmRole });
    expect(await statements('prod')).toEqual([expect.objectContaining({ Principal: { AWS: clmRole } })]);
  });

  it('is not the role under a condition', async () => {
    deploy('code1');
    await run('code1');
    functions.addStatement('one', 'prod', {
      Sid: 'AllowRosaRegionalPlatformInvoke',
      Effect: 'Allow',
      Principal: { AWS: clmRole },
      Action: 'lambda:InvokeFunction',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } },
    });
    await run('code1', { clmRoleArn: clmRole });
    expect(await statements('prod')).toEqual([expect.not.objectContaining({ Condition: expect.anything() })]);
  });

  it('is still the old role when AWS does not know the new one', async () => {
    deploy('code1');
    await run('code1', { clmRoleArn: clmRole });
    functions.failOnce('allowInvoke', 'one', 'InvalidParameterValueException');
    const unknown = 'arn:aws:iam::111122223333:role/Unknown';
    await expect(run('code1', { clmRoleArn: unknown })).rejects.toMatchObject({ failure: 'invalid' });
    expect(await statements('prod')).toEqual([expect.objectContaining({ Principal: { AWS: clmRole } })]);
  });

  it('is put right by the next run after an interrupted exchange', async () => {
    deploy('code1');
    await run('code1', { clmRoleArn: 'arn:aws:iam::111122223333:role/Old' });
    functions.failOnce('removeStatement', 'one');
    await expect(run('code1', { clmRoleArn: clmRole })).rejects.toThrow();
    await run('code1', { clmRoleArn: clmRole });
    expect((await statements('prod')).map(({ Sid, Principal }) => [Sid, Principal])).toEqual([
      ['AllowRosaRegionalPlatformInvoke', { AWS: clmRole }],
    ]);
  });

  it('loses every other statement', async () => {
    deploy('code1');
    await run('code1', { clmRoleArn: clmRole });
    functions.addStatement('one', 'prod', {
      Sid: 'Stranger',
      Effect: 'Allow',
      Principal: '*',
      Action: 'lambda:InvokeFunction',
      Resource: '*',
    });
    await run('code1', { clmRoleArn: clmRole });
    expect((await statements('prod')).map(({ Sid }) => Sid)).toEqual(['AllowRosaRegionalPlatformInvoke']);
  });

  it('is nobody outside the account without a role', async () => {
    deploy('code1');
    await run('code1', { clmRoleArn: clmRole });
    await run('code1');
    expect(await statements('prod')).toEqual([]);
  });

  it('is nobody outside the account on other stages', async () => {
    deploy('code1');
    await run('code1', { stage: 'staging', clmRoleArn: clmRole });
    expect(await statements('staging')).toEqual([]);
  });
});
