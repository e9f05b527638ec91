import type { InvocationRecord } from '../../shared/logs/invocation-record.ts';
import type { CustomerAccount } from '../accounts/customer-account.ts';
import type { AccessFailure, Answer, OperationName, Operations, Start, Started } from './access.ts';
import { bounded } from './bounded.ts';
import { failed, type Outcome } from './failure.ts';
import type { Asked, FunctionWay } from './lambda/by-function.ts';
import { enter } from './lambda/entrance.ts';
import { failureOfFunction } from './lambda/function-errors.ts';
import { invokeFunction } from './lambda/invoke-function.ts';
import { nameIn } from './place.ts';
import { resultOf } from './results.ts';

/** Lambda tries what failed twice more, a minute and two later: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const asynchronousTries = 3;

/** Three tries of at most five minutes, the pauses between them, and the time until a record can be read. */
const givenUpAfterMs = 20 * 60_000;

/** Clocks differ. */
const earlierMs = 60_000;

const notReadable = ({ spec }: CustomerAccount): AccessFailure =>
  failed(
    'denied',
    `Account ${spec.registration.account_id} lets the platform invoke its functions, but not read their log, where the result of an operation is that nobody waits for. Wait for the operation, or register the account with the authentication assume-role`,
    { errorType: 'LogNotReadable' },
  );

/** Has Lambda queue an operation. */
export async function start<Name extends OperationName>(
  way: FunctionWay & { now(): number },
  asked: Asked<Name>,
  withinMs: number,
): Promise<Start> {
  const { account, request } = asked;
  if (account.spec.registration.authentication !== 'assume-role') {
    return { outcome: 'failed', failure: notReadable(account) };
  }
  const startedAt = new Date(way.now()).toISOString();
  const outcome = await bounded(withinMs, (signal) =>
    enter(way, { account, clusterId: request.cluster_id }, signal, (aws) =>
      invokeFunction(way.directories, { aws, signal }, { ...asked, asynchronously: true }),
    ),
  );
  if ('failure' in outcome) return { outcome: 'failed', failure: outcome.failure };
  const { functionArn, invoked } = outcome.value;
  return { outcome: 'started', started: { requestId: invoked.requestId, functionArn, startedAt } };
}

/** Whether another of Lambda's tries would come to the same. */
const isSettled = ({ error, requestId }: InvocationRecord): boolean =>
  !error || !failureOfFunction('', { errorType: error.name, errorMessage: error.message }, requestId).mayPass;

/** The record that tells how it ended; undefined while Lambda may still try again. */
function lastWord(
  { requestId }: Started,
  records: readonly InvocationRecord[],
  isLate: boolean,
): InvocationRecord | undefined {
  const own = records.filter((record) => record.requestId === requestId);
  const settled = own.find((record) => !record.failed) ?? own.find(isSettled);
  return settled ?? (isLate ? own.at(-1) : own[asynchronousTries - 1]);
}

const noRecord = ({ requestId, functionArn, startedAt }: Started): AccessFailure =>
  failed(
    'timed-out',
    `${nameIn(functionArn)} has written no record of the request ${requestId} of ${startedAt}. Look at its log, and send the request again`,
    { mayPass: true, requestId },
  );

/** What only draws a result is not in its record: docs/logging.md */
const withoutDrawing = ({ topology: _, ...result }: Record<string, unknown>): object => result;

function read<Name extends OperationName>(
  operation: Name,
  { requestId, functionArn }: Started,
  { error, record }: InvocationRecord,
): Outcome<Operations[Name]['result']> {
  if (!error) return resultOf(operation, withoutDrawing(record?.result ?? {}));
  const told = { errorType: error.name, errorMessage: error.message };
  return { failure: failureOfFunction(`${nameIn(functionArn)}:prod`, told, requestId) };
}

const releaseIn = ({ record }: InvocationRecord): string | undefined =>
  typeof record?.rosa_version === 'string' ? record.rosa_version : undefined;

type Polled<Result> = Answer<Result> | { outcome: 'pending' };

function answered<Name extends OperationName>(
  operation: Name,
  started: Started,
  record: InvocationRecord,
): Polled<Operations[Name]['result']> {
  const { requestId, functionArn } = started;
  const release = releaseIn(record);
  const { durationMs = 0, version } = record;
  const trace = { via: 'lambda' as const, requestId, functionArn, version, durationMs, attempts: 1 };
  const outcome = read(operation, started, record);
  if ('failure' in outcome) return { outcome: 'failed', failure: outcome.failure, trace };
  return { outcome: 'answered', result: outcome.value, trace: { ...trace, ...(release && { release }) } };
}

/** Looks once for the record of an operation that was started. */
export async function poll<Name extends OperationName>(
  way: FunctionWay & { now(): number },
  { account, operation }: Pick<Asked<Name>, 'account' | 'operation'>,
  started: Started,
  withinMs: number,
): Promise<Polled<Operations[Name]['result']>> {
  const { requestId, functionArn } = started;
  const ended = (failure: AccessFailure): Polled<never> => ({
    outcome: 'failed',
    failure,
    trace: { via: 'lambda', functionArn, durationMs: way.now() - Date.parse(started.startedAt), attempts: 1 },
  });
  if (account.spec.registration.authentication !== 'assume-role') return ended(notReadable(account));
  const since = new Date(Date.parse(started.startedAt) - earlierMs);
  const outcome = await bounded(withinMs, (signal) =>
    enter(way, { account }, signal, async ({ logs }) => ({
      value: (await logs.records(nameIn(functionArn), { since, requestId })) ?? [],
    })),
  );
  if ('failure' in outcome) return ended(outcome.failure);
  const isLate = way.now() - Date.parse(started.startedAt) > givenUpAfterMs;
  const record = lastWord(started, outcome.value, isLate);
  if (record) return answered(operation, started, record);
  return isLate ? ended(noRecord(started)) : { outcome: 'pending' };
}
