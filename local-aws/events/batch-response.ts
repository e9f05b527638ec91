import type { Outcome } from '../lambda/outcome.ts';

/** Which items of a batch are to be delivered again: those with these ids, or the whole batch. */
export type Failures = Set<string> | 'all';

type BatchItemFailures = { batchItemFailures?: { itemIdentifier?: unknown }[] | null };

function identifiers(payload: string): unknown[] | undefined {
  try {
    const answer = JSON.parse(payload) as BatchItemFailures | null;
    const failures = answer?.batchItemFailures ?? [];
    return Array.isArray(failures) ? failures.map((failure) => failure?.itemIdentifier) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads the answer of a function that got a batch. An answer that names an item which was not in the batch, or names
 * none where it should, fails the whole batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 * @param ids of the batch's items
 * @param reports whether the function tells which items failed
 */
export function failuresIn(
  { failed, payload }: Pick<Outcome, 'failed' | 'payload'>,
  ids: string[],
  reports: boolean,
): Failures {
  if (failed) return 'all';
  if (!reports) return new Set();
  const named = identifiers(payload);
  if (!named?.every((id) => typeof id === 'string' && ids.includes(id))) return 'all';
  return new Set(named as string[]);
}
