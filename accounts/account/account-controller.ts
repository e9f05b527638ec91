import { AwsCallError, type AwsFailure } from '../../shared/aws/aws-call-error.ts';
import {
  again,
  type Controller,
  done,
  failed,
  type ReconcileContext,
  type Reconciled,
} from '../../shared/reconcile/reconcile.ts';
import { ForbiddenAccountError } from '../aws/account-guards.ts';
import {
  type Account,
  type AccountSpec,
  type AccountState,
  type AccountStatus,
  accountKind,
} from '../resources/account.ts';
import { awsFinalizer, iamUserIdLabel } from '../resources/api.ts';
import { beginAccount } from './begin-account.ts';
import { deleteAccount } from './delete-account.ts';
import { initializeRegions } from './initialize-regions.ts';
import { suffixOf } from './names.ts';
import { serveAccount } from './serve-account.ts';
import { setUpAccount } from './set-up-account.ts';
import { fail, hindered, troubleOf, whyFailed } from './states.ts';
import { type AccountDependencies, statusOf, type Turn } from './turn.ts';
import { verifyAccount } from './verify-account.ts';

/** What is done for an account in each state. */
const works: Record<AccountState, (turn: Turn) => Promise<Reconciled>> = {
  '': beginAccount,
  Pending: beginAccount,
  Creating: setUpAccount,
  InitializingRegions: initializeRegions,
  PendingVerification: verifyAccount,
  Ready: serveAccount,
  // The controller of claims does it: accounts/account-claim/release-claim.ts
  Cleaning: async () => done,
  Failed: async (turn) => failed(whyFailed(statusOf(turn))),
};

/** Leads an account from its creation in the organization to its use, and to its end. */
export const accountController = (
  dependencies: AccountDependencies,
): Controller<AccountSpec, AccountStatus> => ({
  kind: accountKind.kind,
  reconcile: (account, { now }: ReconcileContext) => reconcile({ ...dependencies, account, now }),
});

async function reconcile(turn: Turn): Promise<Reconciled> {
  const { account } = turn;
  try {
    if (account.metadata.deletionTimestamp) return await deleteAccount(turn);
    if (!isMarkedOut(account)) return await markOut(turn);
    return await works[statusOf(turn).state ?? ''](turn);
  } catch (error) {
    if (error instanceof AwsCallError) return refused(turn, error);
    if (!(error instanceof ForbiddenAccountError)) throw error;
    const { message } = error;
    return fail(turn, { type: 'AccountClientError', reason: 'ForbiddenAccount', message });
  }
}

/** What may be over at the next look; of it the log tells. */
const passing: readonly AwsFailure[] = ['unavailable', 'throttled', 'concurrent-change'];

/**
 * What AWS refuses is told on the account. A ready one stays that: who has it can shut us out, and that is no fault.
 * @throws the error of any other account
 */
async function refused(turn: Turn, error: AwsCallError): Promise<Reconciled> {
  if (passing.includes(error.failure)) throw error;
  await hindered(turn, troubleOf(error));
  if (statusOf(turn).state !== 'Ready') throw error;
  return failed(error.message);
}

const needsFinalizer = ({ spec }: Account): boolean => !spec.manualSTSMode;

const isMarkedOut = (account: Account): boolean =>
  iamUserIdLabel in account.metadata.labels &&
  (account.metadata.finalizers.includes(awsFinalizer) || !needsFinalizer(account));

/** Gives an account that a person has made what the pool gives to its own. */
async function markOut({ store, account }: Turn): Promise<Reconciled> {
  const { labels, finalizers } = account.metadata;
  const others = finalizers.filter((one) => one !== awsFinalizer);
  const metadata = {
    ...account.metadata,
    labels: { [iamUserIdLabel]: suffixOf(account), ...labels },
    finalizers: needsFinalizer(account) ? [...others, awsFinalizer] : others,
  };
  await store.update<AccountSpec, AccountStatus>({ ...account, metadata });
  return again(0);
}
