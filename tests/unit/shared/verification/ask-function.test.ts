import { beforeEach, describe, expect, it } from '@jest/globals';
import { answerOf, askFunction } from '../../../../shared/verification/ask-function.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';

const name = 'rosa-network-verifier';

let functions: FakeLambdaFunctions;

beforeEach(() => {
  functions = new FakeLambdaFunctions();
  functions.deploy(name, 'code1');
});

const ask = () => askFunction(functions, { name, alias: 'prod', request: { vpc_id: 'vpc-0a1b2c3d' } });

describe('asking a function', () => {
  it('gives its result', async () => {
    functions.willAnswer(name, { payload: { summary: { status: 'passed' } } });
    expect(await ask()).toEqual({ summary: { status: 'passed' } });
    expect(functions.calls).toEqual([`invoke ${name} prod`]);
  });

  it('tells the version that answered, where that is wanted', async () => {
    functions.willAnswer(name, { payload: 'result', version: '7' });
    const question = { name, alias: 'prod', request: {} } as const;
    expect(await answerOf(functions, question)).toEqual({ result: 'result', version: '7' });
  });

  it('fails with the name and the words of its error, and says what to do', async () => {
    const payload = { errorType: 'InvalidRequestError', errorMessage: 'vpc_id must be the id of a VPC' };
    functions.willAnswer(name, { errorType: 'InvalidRequestError', payload });
    await expect(ask()).rejects.toMatchObject({
      name: 'FunctionFailure',
      errorType: 'InvalidRequestError',
      message: `${name}:prod failed with InvalidRequestError: vpc_id must be the id of a VPC`,
      next: 'The request is wrong; correct it',
    });
  });

  it('says what to do when Lambda itself ended it', async () => {
    functions.willAnswer(name, { errorType: 'Sandbox.Timedout', payload: null });
    await expect(ask()).rejects.toMatchObject({
      errorType: 'Sandbox.Timedout',
      message: expect.stringContaining('it gave no reason'),
      next: expect.stringContaining('may be sent again'),
    });
  });

  it('is refused where nothing was deployed', async () => {
    functions.failOnce('invoke', name, 'ResourceNotFoundException');
    await expect(ask()).rejects.toMatchObject({
      name: 'Refused',
      message: `there is no ${name}:prod to ask: deploy to prod first`,
    });
  });

  it('fails as AWS does when that refuses the call', async () => {
    functions.failOnce('invoke', name, 'AccessDeniedException');
    await expect(ask()).rejects.toMatchObject({ name: 'AwsCallError', failure: 'denied' });
  });
});
