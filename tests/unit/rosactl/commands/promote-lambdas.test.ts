import { beforeEach, describe, expect, it } from '@jest/globals';
import { promoteLambdas } from '../../../../rosactl/commands/promote-lambdas.ts';
import { rollbackLambdas } from '../../../../rosactl/commands/rollback-lambdas.ts';
import { deployAndRelease, fakeContext } from '../../../support/fakes/command-context.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';
import { apiFailure, fakePlatformApi } from '../../../support/fakes/platform-api.ts';

let functions: FakeLambdaFunctions;

let platformApi: ReturnType<typeof fakePlatformApi> | undefined;

const promote = (options: Record<string, string | true> = {}) =>
  promoteLambdas.run(fakeContext({ functions, platformApi }), { from: 'staging', to: 'prod', ...options });
const rollback = (options: Record<string, string | true> = {}) =>
  rollbackLambdas.run(fakeContext({ functions, platformApi }), options);

beforeEach(async () => {
  functions = new FakeLambdaFunctions();
  platformApi = undefined;
  await deployAndRelease(functions, 'code1', 'prod');
  await deployAndRelease(functions, 'code2', 'staging');
});

describe('promote-lambdas', () => {
  it('shows what the stage ran and runs now, and the way back', async () => {
    const { exitCode, lines } = await promote();
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      'FUNCTION                prod BEFORE  prod NOW',
      'rosa-oidc-provisioner   1            2',
      'rosa-preflight-checker  1            2',
      'rosa-network-verifier   1            2',
      '',
      'To take it back: rosactl rollback-lambdas --alias prod',
    ]);
  });

  it('says so when there is nothing to do', async () => {
    await promote();
    const { lines } = await promote();
    expect(lines.at(-1)).toBe('Nothing to do: prod was like this already');
  });
});

describe('promote-lambdas --canary', () => {
  it('shows the share, and how to complete or end it', async () => {
    const { lines, data } = await promote({ canary: '10' });
    expect(lines[1]).toBe('rosa-oidc-provisioner   1            1 (+10% 2)');
    expect(lines.at(-1)).toMatch(/complete it with "rosactl promote-lambdas --from staging --to prod"/);
    expect(data).toMatchObject({
      stage: 'prod',
      functions: [{ from: '1', to: '1', canary: { version: '2', percent: 10 } }, {}, {}],
    });
  });

  it('says so when both stages have the same versions', async () => {
    await promote();
    const { lines } = await promote({ canary: '10' });
    expect(lines.at(-1)).toBe('Nothing to do: prod was like this already');
  });

  it('is completed by the same command without it', async () => {
    await promote({ canary: '10' });
    const { lines, data } = await promote();
    expect(lines[1]).toBe('rosa-oidc-provisioner   1 (+10% 2)   2');
    expect(data).toMatchObject({ functions: [{ from: '1', to: '2', canary: null }, {}, {}] });
  });

  it('is ended by --abort', async () => {
    await promote({ canary: '10' });
    const { lines } = await promote({ abort: true });
    expect(lines[1]).toBe('rosa-oidc-provisioner   1 (+10% 2)   1');
    expect(lines.at(-1)).toMatch(/^The canary on prod has ended/);
  });

  it('has nothing to abort where none runs', async () => {
    const { exitCode, lines } = await promote({ abort: true });
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toMatch(/^Nothing to do/);
  });

  it('is ended by rollback-lambdas, which says that it did only that', async () => {
    await promote({ canary: '10' });
    const { lines } = await rollback();
    expect(lines[1]).toBe('rosa-oidc-provisioner   1 (+10% 2)   1');
    expect(lines.at(-1)).toMatch(/^A canary ran on prod: only that was ended/);
  });
});

describe('a share of the traffic', () => {
  const canary = promoteLambdas.options.find(({ flags }) => flags.startsWith('--canary'));

  it.each(['1', '10', '99'])('may be %s percent', (percent) => {
    expect(canary?.problem?.(percent)).toBeUndefined();
  });

  it.each(['0', '100', '7.5', '-1', '10%', 'ten', ''])('may not be "%s"', (percent) => {
    expect(canary?.problem?.(percent)).toBe('It must be a whole number from 1 to 99.');
  });

  it('contradicts --abort', () => {
    const abort = promoteLambdas.options.find(({ flags }) => flags === '--abort');
    expect(abort?.conflicts).toEqual(['canary']);
  });
});

describe('the platform', () => {
  const told = () =>
    platformApi?.calls.filter(({ name }) => name === 'changeAccount').map(({ args }) => args);
  const versions = (version: string, codeSha256: string) => {
    const one = { version, codeSha256 };
    return { lambdaVersions: { oidcProvisioner: one, preflightChecker: one, networkVerifier: one } };
  };

  it('is told which versions prod runs after a promotion, and after its rollback', async () => {
    platformApi = fakePlatformApi();
    expect((await promote()).data).toMatchObject({ platform: { status: 'told' } });
    await rollback();
    expect(told()).toEqual([
      ['123456789012', versions('2', 'code2')],
      ['123456789012', versions('1', 'code1')],
    ]);
  });

  it('is not told of another stage, which it does not call', async () => {
    platformApi = fakePlatformApi();
    await promote({ from: 'prod', to: 'dev' });
    expect(platformApi.calls).toEqual([]);
  });

  it('that does not answer is a warning: what runs is as it should be', async () => {
    platformApi = fakePlatformApi();
    platformApi.fail('changeAccount', apiFailure('unavailable'));
    const { exitCode, lines, data } = await promote();
    expect(exitCode).toBe(0);
    expect(functions.versionsOf('prod')).toMatchObject({ 'rosa-oidc-provisioner': '2' });
    expect(lines.join('\n')).toMatch(/! The Platform API does not know of it: .*it said so/);
    expect(data).toMatchObject({ platform: { status: 'failed' } });
  });

  it.each(['not registered', 'not offered'] as const)('may say that it is %s', async (answer) => {
    platformApi = Object.assign(fakePlatformApi(), { changeAccount: async () => answer });
    const { exitCode, data } = await promote();
    expect(exitCode).toBe(0);
    expect(data).toMatchObject({ platform: { status: answer } });
  });
});
