import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fail, sayingFailures } from '../../../../shared/serverless/hooks.ts';
import type { Serverless } from '../../../../shared/serverless/serverless-api.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

/** An error that the framework shows without a stack trace. */
class FrameworkError extends Error {
  override readonly name = 'ServerlessError';
}

const serverless = { classes: { Error: FrameworkError } } as unknown as Serverless;
const refused = awsError('logs:CreateLogGroup', 'AccessDeniedException');

const { send } = process;
let told: unknown[];
beforeEach(() => {
  told = [];
  process.send = (message: unknown) => told.push(message) > 0;
});
afterEach(() => {
  process.send = send;
});

const failing = (error: Error) =>
  sayingFailures(serverless, { initialize: () => Promise.reject(error) }).initialize?.();

describe('a hook whose AWS call fails', () => {
  it('fails with an error of the framework, whose sentence names the action', async () => {
    await expect(failing(refused)).rejects.toMatchObject({
      name: 'ServerlessError',
      message: 'logs:CreateLogGroup: AccessDeniedException happened',
      cause: refused,
    });
  });

  it('tells rosactl, which started the command', async () => {
    await expect(failing(refused)).rejects.toThrow();
    expect(told).toEqual([
      {
        awsFailure: {
          action: 'logs:CreateLogGroup',
          code: 'AccessDeniedException',
          said: 'AccessDeniedException happened',
        },
      },
    ]);
  });

  it('needs nobody who started the command', async () => {
    process.send = undefined;
    await expect(failing(refused)).rejects.toMatchObject({ name: 'ServerlessError' });
  });
});

describe('a hook that fails otherwise', () => {
  it.each([
    ['a mistake of ours', new TypeError('no such function')],
    ['an error of the framework', new FrameworkError('there is no stage "x"')],
  ])('fails with %s as it is', async (_what, error) => {
    await expect(failing(error)).rejects.toBe(error);
    expect(told).toEqual([]);
  });

  it('may throw at once', async () => {
    const initialize = () => {
      throw refused;
    };
    const hooks = sayingFailures(serverless, { initialize });
    await expect(hooks.initialize?.()).rejects.toMatchObject({ name: 'ServerlessError', cause: refused });
  });
});

describe('stopping a command', () => {
  it('tells rosactl of the AWS call that was the cause, however deep', () => {
    const cause = new Error('the release stopped', { cause: refused });
    expect(() => fail(serverless, 'the release to prod stopped', cause)).toThrow(FrameworkError);
    expect(told).toMatchObject([{ awsFailure: { action: 'logs:CreateLogGroup' } }]);
  });

  it('tells rosactl of nothing when it was no call to AWS', () => {
    expect(() => fail(serverless, 'there is no stage "x"')).toThrow('there is no stage "x"');
    expect(told).toEqual([]);
  });
});
