import type {
  CancellationReason,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { AwsCallError } from '../aws/aws-call-error.ts';

/** An item that stood in the way, as errors carry it: the document client does not touch what is thrown. */
type RawItem = CancellationReason['Item'];

/** A condition that did not hold. `item` is what is there instead, undefined when there is nothing. */
export interface Unmet {
  item: RawItem;
}

/** A text of an item, or of a map in it. */
export const textIn = (item: RawItem, attribute: string): string => item?.[attribute]?.S ?? '';

const causeOf = <Cause>(error: unknown, code: string): Cause | undefined =>
  error instanceof AwsCallError && error.code === code ? (error.cause as Cause) : undefined;

/** Whether a write was refused for its condition, and what is there instead. */
export function unmetBy(error: unknown): Unmet | undefined {
  const refusal = causeOf<ConditionalCheckFailedException>(error, 'ConditionalCheckFailedException');
  return refusal && { item: refusal.Item };
}

const reasonsOf = (error: unknown): CancellationReason[] =>
  causeOf<TransactionCanceledException>(error, 'TransactionCanceledException')?.CancellationReasons ?? [];

/**
 * Which of a transaction's conditions did not hold, in the order of its writes; undefined when that is not why it
 * failed. Reasons stand in the order of the writes, `None` for those that were in order:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors
 */
export function unmetInTransaction(error: unknown): (Unmet | undefined)[] | undefined {
  const reasons = reasonsOf(error);
  const isUnmet = ({ Code }: CancellationReason): boolean => Code === 'ConditionalCheckFailed';
  if (!reasons.some(isUnmet)) return undefined;
  return reasons.map((reason) => (isUnmet(reason) ? { item: reason.Item } : undefined));
}

/** Reasons that are gone a moment later. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Whether another transaction was in the way, or DynamoDB limits the rate. The SDK tries neither again:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
export function mayPass(error: unknown): boolean {
  if (causeOf(error, 'TransactionConflictException')) return true;
  const codes = reasonsOf(error).map(({ Code = '' }) => Code);
  return codes.some((code) => passing.has(code)) && !codes.includes('ConditionalCheckFailed');
}

/** Whether DynamoDB found an item too large to be stored. */
export function isTooLarge(error: unknown): boolean {
  const said = [
    ...(error instanceof AwsCallError ? [error.said] : []),
    ...reasonsOf(error).map(({ Message = '' }) => Message),
  ];
  return said.some((text) => /item size .*exceeded/i.test(text));
}
