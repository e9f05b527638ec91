import type { ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { whileConflicting } from '../../shared/resources/while-conflicting.ts';
import { mayUseSlot, readLimit, roomIn, whyUnknown, withSlot } from './organization-limit.ts';

/** Whether an account may be made; if not, why, in a sentence. */
export type Permission = { may: true } | { may: false; why: string };

/** What it is judged by. */
export interface LimitDependencies {
  store: Pick<ResourceStore, 'get' | 'create' | 'updateStatus'>;
  awsLimit: number | undefined;
}

/**
 * Whether AWS may be asked for the account of an Account. It has a slot of the organization from then on; those that a pool
 * has made have one from the beginning. Ask before the intent is written; who has asked AWS already need not ask again.
 * @throws ConflictError when many ask at the same moment
 */
export const mayCreate = (
  { store, awsLimit }: LimitDependencies,
  { name }: Pick<ResourceKey, 'name'>,
): Promise<Permission> =>
  whileConflicting(async () => {
    const limit = await readLimit(store);
    const unknown = whyUnknown(limit, awsLimit);
    if (unknown !== undefined || awsLimit === undefined) return { may: false, why: unknown ?? '' };
    const full: Permission = { may: false, why: `the organization has its ${awsLimit} accounts` };
    const own = mayUseSlot(limit, awsLimit, name);
    if (own !== undefined) return own ? { may: true } : full;
    if ((roomIn(limit, awsLimit) ?? 0) <= 0) return full;
    await store.updateStatus(withSlot(limit, name));
    return { may: true };
  });
