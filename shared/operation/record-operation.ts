import type { Logger } from '@aws-lambda-powertools/logger';
import type { LogAttributes } from '@aws-lambda-powertools/logger/types';
import type { MiddlewareObj, Request } from '@middy/core';
import type { AuditRecord, RecordedError } from '../../schemas/generated/audit-record.js';
import type { CheckSummary } from '../../schemas/generated/check.js';
import { boundedResult } from './bounded-result.ts';
import { errorChain } from './error-chain.ts';
import { checksOf } from './invocation.ts';
import { recordedCheck } from './recorded-checks.ts';
import { tenths } from './tenths.ts';

/** What of the record does not depend on the invocation's surroundings, in the order in which it is written. */
type Outcome = Pick<
  AuditRecord,
  | 'operation'
  | 'cluster_id'
  | 'correlation_id'
  | 'duration'
  | 'errors'
  | 'summary'
  | 'input_parameters'
  | 'checks'
  | 'result'
>;

/** What the record needs to remember while the invocation runs. */
interface AuditState {
  startedAt: number;
  accepted: boolean;
}

/** An operation, as far as its record goes. */
export interface Recorded {
  name: string;
  /** What of a result is logged. */
  logged(result: unknown): object;
}

/** Bytes that the fields beside the outcome take at most: ids, ARN, versions, times. */
const surroundingsBytes = 2_000;

const stateOf = (request: Request): AuditState => request.internal as AuditState;

/**
 * A refused request is not logged, its offences are (in `errors`): what does not belong in a request may be a
 * secret, and 6 MB of it would not fit a log event.
 */
const loggedInput = (request: Request): Record<string, unknown> =>
  stateOf(request).accepted ? (request.event as Record<string, unknown>) : { refused: true };

/** The ids by which a record is found again, from a request that was accepted. */
function correlation(input: Record<string, unknown>): Pick<Outcome, 'cluster_id' | 'correlation_id'> {
  const { cluster_id, correlation_id } = input as Pick<Outcome, 'cluster_id' | 'correlation_id'>;
  return { ...(cluster_id && { cluster_id }), ...(correlation_id && { correlation_id }) };
}

/**
 * What is searched for stands before what may be long. The list of checks comes after the request, since its items
 * alone would use up the 200 fields that Logs Insights discovers:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 */
function outcomeOf(
  request: Request,
  { name }: Recorded,
  errors: RecordedError[],
  result: object,
): LogAttributes {
  const input = loggedInput(request);
  const { summary } = result as { summary?: CheckSummary };
  const outcome: Omit<Outcome, 'result'> = {
    operation: name as AuditRecord['operation'],
    ...correlation(input),
    duration: tenths(performance.now() - stateOf(request).startedAt),
    errors,
    ...(summary && { summary }),
    input_parameters: input,
    checks: checksOf(request.context).map(recordedCheck),
  };
  const spare = Buffer.byteLength(JSON.stringify(outcome)) + surroundingsBytes;
  return { ...outcome, result: boundedResult(result, spare) };
}

/** Writes the one audit record of an invocation, "operation completed" or "operation failed": docs/logging.md. */
export const recordOperation = (logger: Logger, recorded: Recorded): MiddlewareObj => ({
  before: (request) => {
    stateOf(request).startedAt = performance.now();
  },
  after: (request) => {
    const result = recorded.logged(request.response);
    logger.info('operation completed', outcomeOf(request, recorded, [], result));
  },
  onError: (request) => {
    const errors = errorChain(request.error);
    const result = { errorType: errors[0]?.name, errorMessage: errors[0]?.message };
    logger.error('operation failed', outcomeOf(request, recorded, errors, result));
  },
});

/** Marks the request as fit to be logged: stands right after request validation. */
export const markAccepted = (): MiddlewareObj => ({
  before: (request) => {
    stateOf(request).accepted = true;
  },
});
