import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { whileConflicting } from '../../shared/resources/while-conflicting.ts';
import {
  mayUseSlot,
  type OrganizationLimit,
  readLimit,
  roomIn,
  whyUnknown,
  withSlot,
} from './organization-limit.ts';

/** Whether the organization has room for one more account, and if not, why and when to ask again. */
export type Permission = { allowed: true } | { allowed: false; why: string; afterSeconds: number };

/** What it is judged by. */
export interface LimitDependencies {
  store: Pick<ResourceStore, 'get' | 'create' | 'updateStatus'>;
  awsLimit: number | undefined;
}

/** Accounts are counted so often. */
const afterSeconds = 300;

const refused = (why: string): Permission => ({ allowed: false, why, afterSeconds });

/** What the limit says of an account, and the limit with a slot for it when it needs one. */
function judge(
  limit: OrganizationLimit,
  awsLimit: number | undefined,
  account: string,
): { permission: Permission; taken?: OrganizationLimit } {
  const unknown = whyUnknown(limit, awsLimit);
  if (unknown !== undefined || awsLimit === undefined) return { permission: refused(unknown ?? '') };
  const full = { permission: refused(`the organization has its ${awsLimit} accounts`) };
  const allowed = { permission: { allowed: true as const } };
  const hasSlot = mayUseSlot(limit, awsLimit, account);
  if (hasSlot !== undefined) return hasSlot ? allowed : full;
  const room = roomIn(limit, awsLimit) ?? 0;
  return room > 0 ? { ...allowed, taken: withSlot(limit, account) } : full;
}

/**
 * Whether AWS may be asked for an account now. The account has a slot of the organization from then on; one that a pool has
 * made has it from the beginning.
 * @throws ConflictError when many ask at the same moment
 */
export const mayCreate =
  ({ store, awsLimit }: LimitDependencies) =>
  ({ metadata: { name } }: { metadata: { name: string } }): Promise<Permission> =>
    whileConflicting(async () => {
      const { permission, taken } = judge(await readLimit(store), awsLimit, name);
      if (taken) await store.updateStatus(taken);
      return permission;
    });
