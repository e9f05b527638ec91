import { beforeEach, describe, expect, it } from '@jest/globals';
import { promote } from '../../../../shared/release/promote.ts';
import { release } from '../../../../shared/release/release.ts';
import { rollback } from '../../../../shared/release/rollback.ts';
import type { Stage } from '../../../../shared/release/stages.ts';
import { silentTasks } from '../../../../shared/tasks.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';

const names = ['one', 'two', 'three'];
const all = (version: string) => ({ one: version, two: version, three: version });
const smokeRequest = { dry_run: true } as const;

let functions: FakeLambdaFunctions;

const dependencies = () => ({
  functions,
  retryPolicy: { attempts: 1, firstPauseMs: 0, sleep: async () => {}, random: () => 1 },
  tasks: silentTasks,
});

const deployAndRelease = async (code: string, stage: Stage, clmRoleArn?: string) => {
  for (const name of names) functions.deploy(name, code);
  const deployed = names.map((name) => ({ name, codeSha256: code, smokeRequest }));
  await release(dependencies(), { stage, deployed, clmRoleArn });
};

const promoteStaging = () =>
  promote(dependencies(), {
    from: 'staging',
    to: 'prod',
    functions: names.map((name) => ({ name, smokeRequest })),
  });

const goBack = (toVersion?: string) => rollback(functions, { stage: 'prod', names, toVersion });

beforeEach(async () => {
  functions = new FakeLambdaFunctions();
  await deployAndRelease('code1', 'prod', 'arn:aws:iam::111122223333:role/CLMServiceRole');
  await deployAndRelease('code2', 'staging');
});

describe('promoting staging to prod', () => {
  it('gives prod the very versions staging has', async () => {
    await promoteStaging();
    expect(functions.versionsOf('prod')).toEqual(all('2'));
    expect(functions.versionsOf('staging')).toEqual(all('2'));
  });

  it('moves nothing when a version no longer passes its smoke test', async () => {
    functions.willAnswer('three', { errorType: 'InternalError', payload: { errorMessage: 'broken' } });
    await expect(promoteStaging()).rejects.toThrow(/three failed its smoke test/);
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('moves none when one of three cannot be moved', async () => {
    functions.failOnce('updateAlias', 'three');
    await expect(promoteStaging()).rejects.toThrow();
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('is refused when nothing was deployed to the stage', async () => {
    await functions.deleteAlias('two', 'staging');
    await expect(promoteStaging()).rejects.toMatchObject({
      name: 'Refused',
      message: 'two has no alias staging: deploy to staging first',
    });
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });
});

describe('rolling prod back', () => {
  beforeEach(() => promoteStaging());

  it('points to the version before, and forth again when repeated', async () => {
    await goBack();
    expect(functions.versionsOf('prod')).toEqual(all('1'));
    await goBack();
    expect(functions.versionsOf('prod')).toEqual(all('2'));
  });

  it('points to a version that is named', async () => {
    await deployAndRelease('code3', 'prod');
    await goBack('1');
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('takes one call for each function, and deploys nothing', async () => {
    functions.calls.length = 0;
    await goBack();
    const changes = functions.calls.filter((call) => /^(publish|createAlias|updateAlias)/.test(call));
    expect(changes).toEqual(names.map((name) => `updateAlias ${name}`));
  });

  it('undoes itself when one of three fails', async () => {
    functions.failOnce('updateAlias', 'two');
    await expect(goBack()).rejects.toThrow();
    expect(functions.versionsOf('prod')).toEqual(all('2'));
  });

  it.each(['9', '$LATEST'])('is refused for %s, which is no published version', async (version) => {
    await expect(goBack(version)).rejects.toMatchObject({
      name: 'Refused',
      message: `one has no published version ${version}; it has 1, 2`,
    });
    expect(functions.versionsOf('prod')).toEqual(all('2'));
  });

  it('is refused when there was no version before', async () => {
    functions = new FakeLambdaFunctions();
    await deployAndRelease('code1', 'prod');
    await expect(goBack()).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('--to-version'),
    });
  });
});
