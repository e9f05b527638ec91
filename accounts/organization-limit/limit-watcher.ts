import { isDeepStrictEqual } from 'node:util';
import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { Undetermined } from '../../shared/checks/check.ts';
import { again, type Controller, done } from '../../shared/reconcile/reconcile.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { whileConflicting } from '../../shared/resources/while-conflicting.ts';
import type { Organization } from '../aws/organization.ts';
import { type Account, accountKind } from '../resources/account.ts';
import { operatorNamespace } from '../resources/api.ts';
import {
  type OrganizationLimitStatus,
  organizationLimitKind,
  readLimit,
  type Slot,
} from './organization-limit.ts';

export interface LimitWatcherDependencies {
  store: ResourceStore;
  organization: Pick<Organization, 'count'>;
}

/** Seconds until a count that failed is tried again. The others are made by each sweep: every 5 minutes. */
const afterFailure = 60;

/** Seconds in which a listing of AWS gets to show a new account. AWS tells no bound; a minute is much. */
const settling = 300;

/** What came of counting. */
type Count = Pick<OrganizationLimitStatus, 'accounts' | 'inProgress'> | { problem: string };

async function count(organization: Pick<Organization, 'count'>): Promise<Count> {
  try {
    const { accounts, closed, inProgress } = await organization.count();
    return { accounts: accounts - closed, inProgress };
  } catch (error) {
    if (!(error instanceof AwsCallError || error instanceof Undetermined)) throw error;
    return { problem: error.message };
  }
}

/** Whether what the slot was for has ended: AWS counts the account, or it will never be made. */
const isSettled = (account: Account | undefined): boolean =>
  account?.spec.awsAccountID !== '' || account.status?.state === 'Failed';

/** The slots that are still needed when a count began. Nothing is freed by a count that failed. */
async function neededSlots(
  store: Pick<ResourceStore, 'get'>,
  slots: readonly Slot[],
  { countBegan, isCounted, now }: { countBegan: Date; isCounted: boolean; now: Date },
): Promise<Slot[]> {
  const isCountedIn = ({ settledAt }: Slot) =>
    isCounted && settledAt !== undefined && Number(countBegan) - Date.parse(settledAt) >= settling * 1_000;
  const kept = slots.filter((slot) => !isCountedIn(slot));
  return Promise.all(
    kept.map(async (slot) => {
      if (slot.settledAt) return slot;
      const key = { kind: accountKind.kind, namespace: operatorNamespace, name: slot.account };
      const account = await store.get<Account['spec'], NonNullable<Account['status']>>(key);
      return isSettled(account) ? { ...slot, settledAt: now.toISOString() } : slot;
    }),
  );
}

/** The status with another count in it. The time stays when the count has. */
function counted(before: OrganizationLimitStatus | undefined, count: Count, now: Date) {
  const { problem: _, ...last } = before ?? { accounts: 0, inProgress: 0, countedAt: now.toISOString() };
  if ('problem' in count) return { ...last, ...count };
  const isSame =
    before !== undefined && count.accounts === last.accounts && count.inProgress === last.inProgress;
  return { ...last, ...count, ...(!isSame && { countedAt: now.toISOString() }) };
}

/**
 * Counts the organization's accounts, and gives back the slots that are counted. It is looked at by every sweep, and so
 * every 5 minutes. Counting may take minutes; who takes a slot meanwhile is not in the way.
 */
export const limitWatcher = ({
  store,
  organization,
}: LimitWatcherDependencies): Controller<object, OrganizationLimitStatus> => ({
  kind: organizationLimitKind,
  reconcile: async (_, { now }) => {
    const countBegan = now();
    const found = await count(organization);
    const isCounted = !('problem' in found);
    await whileConflicting(async () => {
      const limit = await readLimit(store);
      const slots = await neededSlots(store, limit.status?.slots ?? [], {
        countBegan,
        isCounted,
        now: now(),
      });
      const status = { ...counted(limit.status, found, now()), slots };
      if (!isDeepStrictEqual(status, limit.status)) await store.updateStatus({ ...limit, status });
    });
    return isCounted ? done : again(afterFailure);
  },
});
