import { beforeEach, describe, expect, it } from '@jest/globals';
import { testLambda } from '../../../../rosactl/commands/test-lambda.ts';
import { failureOf } from '../../../../rosactl/failure.ts';
import { deployAndRelease, fakeContext } from '../../../support/fakes/command-context.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';

let functions: FakeLambdaFunctions;

beforeEach(async () => {
  functions = new FakeLambdaFunctions();
  await deployAndRelease(functions, 'code1', 'prod');
});

const test = (options: Record<string, string> = {}) =>
  testLambda.run(fakeContext({ functions }), { name: 'network-verifier', ...options });

describe('test-lambda', () => {
  it('shows the answer of a dry run through prod', async () => {
    const { exitCode, lines, data } = await test();
    expect(exitCode).toBe(0);
    expect(lines.join('\n')).toMatch(/^✔ rosa-network-verifier:prod answered[\s\S]*"dry_run": true/);
    expect(data).toMatchObject({ function: 'rosa-network-verifier', alias: 'prod', errorType: null });
  });

  it('asks another stage on request', async () => {
    await test({ alias: 'staging' });
    expect(functions.calls.at(-1)).toBe('invoke rosa-network-verifier staging');
  });

  it('exits 1 when the function fails, and shows why', async () => {
    const payload = { errorMessage: 'broken' };
    functions.willAnswer('rosa-network-verifier', { errorType: 'InternalError', payload });
    const { exitCode, lines } = await test();
    expect(exitCode).toBe(1);
    expect(lines.join('\n')).toMatch(/failed with InternalError[\s\S]*broken/);
  });

  it('exits 1 when the stage was never deployed, and says what to do', async () => {
    functions.failOnce('invoke', 'rosa-network-verifier', 'ResourceNotFoundException');
    const failure = await test({ alias: 'dev' }).catch(failureOf);
    expect(failure).toMatchObject({
      message: 'there is no rosa-network-verifier:dev to ask: deploy to dev first',
      exitCode: 1,
    });
  });

  it('leaves other failures of AWS what they are', async () => {
    functions.failOnce('invoke', 'rosa-network-verifier', 'AccessDeniedException');
    await expect(test()).rejects.toMatchObject({ failure: 'denied' });
  });
});
