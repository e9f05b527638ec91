import type { PlatformOperation } from '../../schemas/generated/platform-cluster.js';
import { ConflictError, type ResourceStore } from '../../shared/resources/resource-store.ts';
import type { CustomerAccount } from './customer-account.ts';

/** How old what is known of an account may be: a thousand clusters at once need not write it a thousand times. */
const freshMs = 5 * 60 * 1_000;

function isKnown({ status }: CustomerAccount, { release, at }: PlatformOperation): boolean {
  const isFresh = Date.parse(at) - Date.parse(status?.lastAnswerAt ?? '') < freshMs;
  return isFresh && (release === undefined || status?.release === release);
}

/**
 * Takes down on the account that one of its functions has answered, and of which release it is. Somebody else may do
 * so at the same moment, and the next answer comes soon.
 */
export async function noteAnswer(
  store: ResourceStore,
  account: CustomerAccount,
  operation: PlatformOperation,
): Promise<void> {
  const { via, outcome, release, at } = operation;
  if (via !== 'lambda' || outcome === 'error' || isKnown(account, operation)) return;
  const status = { ...account.status, ...(release && { release }), lastAnswerAt: at };
  await store.updateStatus({ ...account, status }).catch((error: unknown) => {
    if (!(error instanceof ConflictError)) throw error;
  });
}
