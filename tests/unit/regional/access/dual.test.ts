import { describe, expect, it } from '@jest/globals';
import type { AccessFailureKind, CallOptions } from '../../../../regional/access/access.ts';
import type { Invoked } from '../../../../regional/access/customer-aws.ts';
import { fallbacks } from '../../../../regional/access/fallback.ts';
import { errorNames, OperationError } from '../../../../shared/operation-error.ts';
import {
  arnOf,
  failedWith,
  fakePlatform,
  invoked,
  registeredAccount,
  results,
  roleAccount,
} from '../../../support/fakes/access.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

type Platform = ReturnType<typeof fakePlatform>;

const invokeFails = (code: string) => (platform: Platform) =>
  platform.aws.fail('invoke', awsError('lambda:InvokeFunction', code), 10);

const gives = (answer: Invoked) => ({ invoke: async () => answer });

interface Break {
  title: string;
  kind: AccessFailureKind;
  /** In what the function answers, when it answers. */
  aws?: Parameters<typeof fakePlatform>[0];
  break?(platform: Platform): void;
  account?: Parameters<typeof registeredAccount>[0];
  errorType?: string;
  options?: Partial<CallOptions>;
}

const foreign = { oidc_provisioner: arnOf('x:prod', 'us-east-1:999999999999') };

/** Every way in which the functions' way can be broken. */
const breaks: Break[] = [
  { title: 'no function is registered', kind: 'not-found', account: { lambda_functions: undefined } },
  { title: 'the function is gone', kind: 'not-found', break: invokeFails('ResourceNotFoundException') },
  {
    title: "somebody else's function is registered",
    kind: 'foreign-function',
    account: {
      lambda_functions: { ...registeredAccount().spec.registration.lambda_functions, ...foreign } as never,
    },
  },
  { title: 'the permission is removed', kind: 'denied', break: invokeFails('AccessDeniedException') },
  { title: 'the key is disabled', kind: 'denied', break: invokeFails('KMSDisabledException') },
  {
    title: 'Lambda limits the rate for ever',
    kind: 'throttled',
    break: invokeFails('TooManyRequestsException'),
  },
  { title: 'Lambda is broken', kind: 'unreachable', break: invokeFails('ServiceException') },
  {
    title: 'the code cannot be unpacked',
    kind: 'unreachable',
    break: invokeFails('InvalidZipFileException'),
  },
  {
    title: 'nobody answers',
    kind: 'timed-out',
    aws: { invoke: () => new Promise(() => {}) },
    options: { withinMs: 100 },
  },
  { title: 'the function is too slow', kind: 'timed-out', aws: gives(failedWith('Sandbox.Timedout')) },
  { title: 'it answers garbage', kind: 'invalid-result', aws: gives({ ...invoked(), payload: '}{' }) },
  { title: 'it answers an old shape', kind: 'invalid-result', aws: gives(invoked({ created: true })) },
  ...(
    [
      ...['AccessDeniedError', 'ThrottledError', 'DependencyError', 'InternalError'],
      ...['Runtime.ExitError', 'Runtime.ImportModuleError', 'Function.ResponseSizeTooLarge'],
    ] as const
  ).map(
    (errorType): Break => ({
      title: `it fails with ${errorType}`,
      kind: 'function-failed',
      errorType,
      aws: gives(failedWith(errorType)),
    }),
  ),
];

const platformOf = (broken: Break): Platform => {
  const platform = fakePlatform(broken.aws);
  broken.break?.(platform);
  return platform;
};

describe.each(breaks)('in mode dual, when $title', (broken) => {
  const { kind, errorType, account, options } = broken;

  it('the role is used instead, and the reason is kept', async () => {
    const { provide, here } = platformOf(broken);
    const answer = await provide(registeredAccount(account), options);
    expect(answer).toMatchObject({
      outcome: 'answered',
      result: results['oidc-provisioner'],
      trace: { via: 'oidc-sts', requestId: 'an id of ours' },
      fallback: { reason: { kind, ...(errorType && { errorType }), message: expect.any(String) } },
    });
    expect(answer.trace).not.toHaveProperty('functionArn');
    expect(here.calls).toHaveLength(1);
  });

  it('and the role fails too, the failure is of the role, and the reason stands beside it', async () => {
    const platform = platformOf(broken);
    platform.here.fail('run', new OperationError('ConflictError', 'the quota is reached'), 10);
    expect(await platform.provide(registeredAccount(account), options)).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'function-failed', errorType: 'ConflictError' },
      trace: { via: 'oidc-sts' },
      fallback: { reason: { kind } },
    });
  });

  it('in mode lambda it is a failure, and nothing else is tried', async () => {
    const { provide, here, roles } = platformOf(broken);
    const answer = await provide(registeredAccount({ ...account, access_mode: 'lambda' }), options);
    expect(answer).toMatchObject({ outcome: 'failed', failure: { kind }, trace: { via: 'lambda' } });
    expect(answer).not.toHaveProperty('fallback');
    expect([here.calls, roles.calls]).toEqual([[], []]);
  });
});

it('every kind of failure has been broken once', () => {
  expect(new Set(breaks.map(({ kind }) => kind))).toEqual(new Set(Object.keys(fallbacks)));
});

describe('in mode dual, the role is not used', () => {
  it.each(['InvalidRequestError', 'ConflictError'])('for %s: it is an answer', async (errorType) => {
    const { provide, here } = fakePlatform(gives(failedWith(errorType)));
    const answer = await provide();
    expect(answer).toMatchObject({ outcome: 'failed', failure: { errorType }, trace: { via: 'lambda' } });
    expect(answer).not.toHaveProperty('fallback');
    expect(here.calls).toEqual([]);
  });

  it('for an answer, such as checks that failed', async () => {
    const { access, here } = fakePlatform(gives(invoked(results['preflight-checker'])));
    const answer = await access.invoke(
      registeredAccount(),
      'dual',
      'preflight-checker',
      { region: 'us-east-1', cluster_config: { instance_types: ['m5.xlarge'], node_count: 3 } },
      { withinMs: 60_000 },
    );
    expect(answer).toMatchObject({ outcome: 'answered', result: { summary: { status: 'failed' } } });
    expect(answer).not.toHaveProperty('fallback');
    expect(here.calls).toEqual([]);
  });
});

it('no other error of a function is an exception from the fallback', () => {
  const exceptions = Object.values(fallbacks).flatMap(({ butNot }) => butNot);
  expect(exceptions).toEqual(['InvalidRequestError', 'ConflictError']);
  expect(Object.keys(errorNames)).toEqual(expect.arrayContaining(exceptions));
});

describe('a caller who waits elsewhere', () => {
  const throttled = () => {
    const platform = fakePlatform();
    invokeFails('TooManyRequestsException')(platform);
    return platform;
  };

  it('is told of what may pass, and nothing else is tried', async () => {
    const { provide, here } = throttled();
    const answer = await provide(registeredAccount(), { retries: false });
    expect(answer).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'throttled', mayPass: true },
      trace: { via: 'lambda', attempts: 1 },
    });
    expect(answer).not.toHaveProperty('fallback');
    expect(here.calls).toEqual([]);
  });

  it('has the role tried at the last try', async () => {
    const { provide } = throttled();
    expect(await provide(registeredAccount(), { retries: false, triesBefore: 3 })).toMatchObject({
      outcome: 'answered',
      trace: { via: 'oidc-sts', attempts: 2 },
      fallback: { reason: { kind: 'throttled' } },
    });
  });

  it('has the role tried when what it waits for took too long twice', async () => {
    const platform = fakePlatform(gives(failedWith('Sandbox.Timedout')));
    const first = await platform.provide(registeredAccount(), { retries: false });
    expect(first).toMatchObject({ outcome: 'failed', failure: { kind: 'timed-out', mayPass: true } });
    expect(await platform.provide(registeredAccount(), { retries: false, triesBefore: 1 })).toMatchObject({
      outcome: 'answered',
      fallback: { reason: { kind: 'timed-out' } },
    });
  });

  it('has the role tried at once for what does not pass', async () => {
    const platform = fakePlatform();
    invokeFails('AccessDeniedException')(platform);
    expect(await platform.provide(registeredAccount(), { retries: false })).toMatchObject({
      outcome: 'answered',
      fallback: { reason: { kind: 'denied' } },
    });
  });
});

it('the functions are looked for again before the role is used', async () => {
  const { provide, aws, here } = fakePlatform();
  aws.fail('invoke', awsError('lambda:InvokeFunction', 'ResourceNotFoundException'));
  const answer = await provide(roleAccount());
  expect(answer).toMatchObject({ outcome: 'answered', trace: { via: 'lambda' } });
  expect(here.calls).toEqual([]);
});
