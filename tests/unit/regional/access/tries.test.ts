import { describe, expect, it } from '@jest/globals';
import { nextPauseMs } from '../../../../regional/access/tries.ts';
import { AwsCallError } from '../../../../shared/aws/aws-call-error.ts';
import { failedWith, fakePlatform, registeredAccount } from '../../../support/fakes/access.ts';
import { awsError, sdkError } from '../../../support/fakes/aws-errors.ts';

const byLambda = () => registeredAccount({ access_mode: 'lambda' });
const invokeError = (code: string, more: object = {}) =>
  new AwsCallError('lambda:InvokeFunction', Object.assign(sdkError(code), more));

/** What comes of a call whose first tries end with these errors. */
async function callAfter(errors: Error[], options = {}) {
  const { provide, aws, clock } = fakePlatform();
  for (const error of errors) aws.fail('invoke', error);
  return { answer: await provide(byLambda(), options), slept: clock.slept };
}

const throttled = () => invokeError('TooManyRequestsException', { Reason: 'CallerRateLimitExceeded' });
const times = (count: number, error: () => Error) => Array.from({ length: count }, error);

describe('what passes', () => {
  it.each([
    ['TooManyRequestsException', {}],
    ['EC2ThrottledException', {}],
    ['ServiceException', { $metadata: { httpStatusCode: 500 } }],
    ['ResourceConflictException', { $metadata: { httpStatusCode: 409 } }],
    ['ResourceNotReadyException', { $metadata: { httpStatusCode: 502 } }],
    ['ENINotReadyException', { $metadata: { httpStatusCode: 502 } }],
    ['EC2UnexpectedException', { $metadata: { httpStatusCode: 502 } }],
    ['SomethingNewException', { $metadata: { httpStatusCode: 503 } }],
    ['Error', { code: 'ECONNRESET' }],
    ['TimeoutError', {}],
  ])('%s is tried again after a second', async (code, more) => {
    const { answer, slept } = await callAfter([invokeError(code, more)]);
    expect(answer).toMatchObject({ outcome: 'answered', trace: { attempts: 2, durationMs: 1_000 } });
    expect(slept).toEqual([1_000]);
  });

  it('is tried four times, after 1, 2 and 4 seconds', async () => {
    const { answer, slept } = await callAfter(times(4, throttled));
    expect(answer).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'throttled', mayPass: true },
      trace: { attempts: 4 },
    });
    expect(slept).toEqual([1_000, 2_000, 4_000]);
  });

  it('is tried again after as long as Lambda asks for', async () => {
    const { answer, slept } = await callAfter([
      invokeError('TooManyRequestsException', { retryAfterSeconds: '5' }),
    ]);
    expect(answer.outcome).toBe('answered');
    expect(slept).toEqual([5_000]);
  });

  it('is not waited for when there is no time for another try', async () => {
    const { answer, slept } = await callAfter(times(4, throttled), { withinMs: 3_000 });
    expect(answer).toMatchObject({ failure: { kind: 'throttled' }, trace: { attempts: 2 } });
    expect(slept).toEqual([1_000]);
  });

  it('is told to a caller who waits elsewhere, after one try', async () => {
    const { answer, slept } = await callAfter([throttled()], { retries: false });
    expect(answer).toMatchObject({ failure: { kind: 'throttled', mayPass: true }, trace: { attempts: 1 } });
    expect(slept).toEqual([]);
  });

  it('is a function that took too long, once', async () => {
    const { provide, clock } = fakePlatform({ invoke: async () => failedWith('Sandbox.Timedout') });
    expect(await provide(byLambda())).toMatchObject({
      failure: { kind: 'timed-out' },
      trace: { attempts: 2 },
    });
    expect(clock.slept).toEqual([1_000]);
  });
});

describe('a limit of Lambda', () => {
  it.each([
    ['ReservedFunctionConcurrentInvocationLimitExceeded', 'reserved concurrency'],
    ['ConcurrentInvocationLimitExceeded', 'L-B99A9384'],
    ['CallerRateLimitExceeded', 'in a minute'],
  ])('%s says what to do about it', async (Reason, next) => {
    const { answer } = await callAfter(times(4, () => invokeError('TooManyRequestsException', { Reason })));
    expect(answer).toMatchObject({ failure: { message: expect.stringContaining(next) } });
  });
});

describe('what does not pass', () => {
  it.each([
    ['AccessDeniedException', 'denied'],
    ['KMSAccessDeniedException', 'denied'],
    ['KMSDisabledException', 'denied'],
    ['EC2AccessDeniedException', 'denied'],
    ['UnrecognizedClientException', 'denied'],
    ['ResourceNotFoundException', 'not-found'],
    ['InvalidRuntimeException', 'unreachable'],
    ['InvalidZipFileException', 'unreachable'],
    ['SubnetIPAddressLimitReachedException', 'unreachable'],
    ['RequestTooLargeException', 'unreachable'],
  ])('%s is %s at once', async (code, kind) => {
    const error = invokeError(code, { $metadata: { httpStatusCode: 400, requestId: 'r-1' } });
    const { answer, slept } = await callAfter([error]);
    expect(answer).toMatchObject({
      outcome: 'failed',
      failure: { kind, mayPass: false },
      trace: { attempts: 1 },
    });
    expect(slept).toEqual([]);
  });
});

describe('a function that never answers', () => {
  it('is not waited for longer than the caller says', async () => {
    const { provide } = fakePlatform({ invoke: () => new Promise(() => {}) });
    expect(await provide(byLambda(), { withinMs: 30 })).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'timed-out', mayPass: true, message: expect.stringContaining('within 30 ms') },
    });
  });

  it('has its request taken back', async () => {
    let taken = false;
    const { provide } = fakePlatform({
      invoke: (_call, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            taken = true;
            reject(awsError('lambda:InvokeFunction', 'AbortError'));
          });
        }),
    });
    expect(await provide(byLambda(), { withinMs: 30 })).toMatchObject({ failure: { kind: 'timed-out' } });
    expect(taken).toBe(true);
  });
});

it('a fault of this code is not taken for one of AWS', async () => {
  const { provide } = fakePlatform({
    invoke: async () => {
      throw new TypeError('a bug');
    },
  });
  await expect(provide(byLambda())).rejects.toThrow('a bug');
});

describe('the pause before another try', () => {
  const failure = { kind: 'throttled' as const, message: 'x', mayPass: true };

  it('is told for each try, and not after the fourth', () => {
    expect([1, 2, 3, 4].map((attempts) => nextPauseMs(failure, attempts))).toEqual([
      1_000,
      2_000,
      4_000,
      undefined,
    ]);
  });

  it('is none for what does not pass', () => {
    expect(nextPauseMs({ ...failure, mayPass: false }, 1)).toBeUndefined();
  });
});
