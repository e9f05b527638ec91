import { beforeEach, describe, expect, it } from '@jest/globals';
import { canaryOf, endCanary, startCanary } from '../../../../shared/release/canary.ts';
import { type PromoteRequest, promote } from '../../../../shared/release/promote.ts';
import { release } from '../../../../shared/release/release.ts';
import { rollback } from '../../../../shared/release/rollback.ts';
import type { Stage } from '../../../../shared/release/stages.ts';
import { silentTasks } from '../../../../shared/tasks.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';

const names = ['one', 'two', 'three'];
const all = <Value>(value: Value) => ({ one: value, two: value, three: value });
const smokeRequest = { dry_run: true } as const;

let functions: FakeLambdaFunctions;

const dependencies = () => ({
  functions,
  retryPolicy: { attempts: 1, firstPauseMs: 0, sleep: async () => {}, random: () => 1 },
  tasks: silentTasks,
});

const deployAndRelease = async (code: string, stage: Stage, only = names) => {
  for (const name of only) functions.deploy(name, code);
  const deployed = only.map((name) => ({ name, codeSha256: code, smokeRequest }));
  await release(dependencies(), { stage, deployed });
};

const stagingToProd: PromoteRequest = {
  from: 'staging',
  to: 'prod',
  functions: names.map((name) => ({ name, smokeRequest })),
};

const start = (percent = 10) => startCanary(dependencies(), { ...stagingToProd, percent });
const complete = () => promote(dependencies(), stagingToProd);
const end = () => endCanary(functions, { stage: 'prod', names });
const goBack = (toVersion?: string) => rollback(functions, { stage: 'prod', names, toVersion });

const weights = () => Object.fromEntries(names.map((name) => [name, functions.weightsOf(name, 'prod')]));
const changes = () => functions.calls.filter((call) => /^(create|update|delete)Alias/.test(call));

beforeEach(async () => {
  functions = new FakeLambdaFunctions();
  await deployAndRelease('code1', 'prod');
  await deployAndRelease('code2', 'prod');
  await deployAndRelease('code3', 'staging');
  functions.calls.length = 0;
});

describe('starting a canary', () => {
  it('gives the new version a share beside the main one, in one call for each function', async () => {
    const moves = await start(10);
    expect(functions.versionsOf('prod')).toEqual(all('2'));
    expect(weights()).toEqual(all({ 3: 0.1 }));
    expect(changes()).toEqual(names.map((name) => `updateAlias ${name}`));
    expect(moves[0]).toEqual({ name: 'one', from: '2', version: '2', weights: { 3: 0.1 } });
  });

  it('tries the new versions before any traffic goes to them', async () => {
    functions.willAnswer('three', { errorType: 'InternalError', payload: { errorMessage: 'broken' } });
    await expect(start()).rejects.toThrow(/version 3 of three failed its smoke test/);
    expect(functions.calls).toContain('invoke one 3');
    expect(changes()).toEqual([]);
  });

  it('changes the share when it is asked again', async () => {
    await start(10);
    await start(50);
    expect(weights()).toEqual(all({ 3: 0.5 }));
  });

  it('does nothing when both stages have the same versions', async () => {
    await complete();
    functions.calls.length = 0;
    await start();
    expect(functions.calls.filter((call) => !call.startsWith('alias '))).toEqual([]);
  });

  it('leaves a function alone whose version is the same on both stages', async () => {
    functions = new FakeLambdaFunctions();
    await deployAndRelease('code1', 'prod');
    await deployAndRelease('code1', 'staging', ['one', 'two']);
    await deployAndRelease('code2', 'staging', ['three']);
    await start();
    expect(weights()).toEqual({ one: {}, two: {}, three: { 2: 0.1 } });
  });

  it('takes all shares back when one of three fails', async () => {
    functions.failOnce('updateAlias', 'three');
    await expect(start()).rejects.toMatchObject({ name: 'AwsCallError' });
    expect(weights()).toEqual(all({}));
  });

  it('goes back to the share before when a change of it fails', async () => {
    await start(10);
    functions.failOnce('updateAlias', 'three');
    await expect(start(50)).rejects.toThrow();
    expect(weights()).toEqual(all({ 3: 0.1 }));
  });

  it('takes back a share that was given though the answer got lost', async () => {
    const update = functions.updateAlias.bind(functions);
    functions.updateAlias = async (name, alias, to) => {
      await update(name, alias, to);
      if (name === 'two' && canaryOf(to.weights)) throw new Error('the answer got lost');
    };
    await expect(start()).rejects.toThrow('the answer got lost');
    expect(weights()).toEqual(all({}));
  });

  it('finishes when it is run again after it was killed half way', async () => {
    functions.setWeights('one', 'prod', { 3: 0.1 });
    await start(10);
    expect(weights()).toEqual(all({ 3: 0.1 }));
    expect(changes()).toEqual(['updateAlias two', 'updateAlias three']);
  });

  it('is refused where there is no version to stand beside', async () => {
    await functions.deleteAlias('two', 'prod');
    await expect(start()).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(/two has no alias prod, and a canary needs a version to stand beside/),
    });
    expect(weights()).toEqual({ one: {}, two: undefined, three: {} });
  });

  it('is refused when nothing was deployed to the stage it comes from', async () => {
    await functions.deleteAlias('one', 'staging');
    await expect(start()).rejects.toThrow('one has no alias staging: deploy to staging first');
  });
});

describe('completing a canary', () => {
  it('gives the new version everything and remembers the main one as the way back', async () => {
    await start();
    await complete();
    expect(functions.versionsOf('prod')).toEqual(all('3'));
    expect(weights()).toEqual(all({}));
    expect(functions.descriptionOf('one', 'prod')).toBe('previous version 2');
  });

  it('keeps the canary running everywhere when one of three fails', async () => {
    await start();
    functions.failOnce('updateAlias', 'two');
    await expect(complete()).rejects.toThrow();
    expect(functions.versionsOf('prod')).toEqual(all('2'));
    expect(weights()).toEqual(all({ 3: 0.1 }));
  });
});

describe('ending a canary', () => {
  it('gives the main version everything and leaves its way back as it was', async () => {
    await start();
    const moves = await end();
    expect(functions.versionsOf('prod')).toEqual(all('2'));
    expect(weights()).toEqual(all({}));
    expect(functions.descriptionOf('one', 'prod')).toBe('previous version 1');
    expect(moves[0]).toMatchObject({ from: '2', fromWeights: { 3: 0.1 }, version: '2' });
  });

  it('does nothing where none runs', async () => {
    await end();
    expect(changes()).toEqual([]);
  });

  it('leaves all running when one of three fails', async () => {
    await start();
    functions.failOnce('updateAlias', 'three');
    await expect(end()).rejects.toThrow();
    expect(weights()).toEqual(all({ 3: 0.1 }));
  });
});

describe('rolling back while a canary runs', () => {
  it('only ends the canary; the same again goes to the version before', async () => {
    await start();
    await goBack();
    expect(functions.versionsOf('prod')).toEqual(all('2'));
    expect(weights()).toEqual(all({}));
    await goBack();
    expect(functions.versionsOf('prod')).toEqual(all('1'));
  });

  it('goes to a version that is named, wholly', async () => {
    await start();
    await goBack('1');
    expect(functions.versionsOf('prod')).toEqual(all('1'));
    expect(weights()).toEqual(all({}));
    expect(functions.descriptionOf('one', 'prod')).toBe('previous version 2');
  });
});

describe('the canary that weights describe', () => {
  it.each([
    [{}, undefined],
    [undefined, undefined],
    [{ 7: 0.29 }, { version: '7', percent: 29 }],
  ])('of %j is %j', (given, expected) => {
    expect(canaryOf(given)).toEqual(expected);
  });
});
