import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../../../rosactl/failure.ts';
import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import { Declined } from '../../../shared/cli/declined.ts';
import { UsageError } from '../../../shared/cli/usage-error.ts';
import { Refused } from '../../../shared/release/refused.ts';
import { FunctionFailure } from '../../../shared/verification/function-failure.ts';
import { apiFailure } from '../../support/fakes/platform-api.ts';

const named = (name: string) => Object.assign(new Error('it said so'), { name });
const aws = (name: string) => new AwsCallError('lambda:GetAlias', named(name));
const fromFunction = (errorType: string) =>
  new FunctionFailure('rosa-network-verifier:prod', errorType, 'no');

describe('an error', () => {
  it.each<[string, Error, number]>([
    ['a usage error', new UsageError('no region'), 2],
    ['declined', new Declined('not yes'), 6],
    ['refused', new Refused('nothing is deployed'), 1],
    ['a failed smoke test', named('SmokeTestFailure'), 1],
    ['a package that is another', named('IntegrityError'), 1],
    ['a stack that failed', named('StackFailure'), 4],
    ['no credentials', named('CredentialsProviderError'), 3],
    ['no single sign-on', named('TokenProviderError'), 3],
    ['no credentials, found at a call', aws('CredentialsProviderError'), 3],
    ['an expired token', aws('ExpiredTokenException'), 3],
    ['a missing permission', aws('AccessDeniedException'), 3],
    ['a throttle', aws('ThrottlingException'), 4],
    ['an API that refuses', apiFailure('denied'), 3],
    ['an API that does not serve', apiFailure('unavailable'), 5],
    ['an API that is none', apiFailure('invalid-answer'), 5],
    ['a function that takes no such request', fromFunction('InvalidRequestError'), 2],
    ['a function without a permission', fromFunction('AccessDeniedError'), 3],
    ['a function that AWS throttles', fromFunction('ThrottledError'), 4],
    ['a function that Lambda ended', fromFunction('Sandbox.Timedout'), 1],
    ['a fault of ours', new TypeError('x is not a function'), 70],
  ])('that is %s has its exit code, and something to do next', (_what, error, exitCode) => {
    expect(failureOf(error)).toMatchObject({
      exitCode,
      message: error.message,
      next: expect.stringMatching(/^.+[^.]$/),
    });
  });

  it('of several is the first of them, with the message of all', () => {
    const both = new AggregateError([], 'both failed', { cause: aws('AccessDeniedException') });
    expect(failureOf(both)).toMatchObject({ exitCode: 3, message: 'both failed' });
  });

  it('that is no Error is a fault of ours', () => {
    expect(failureOf('a text')).toMatchObject({ exitCode: 70, message: 'a text' });
  });
});
