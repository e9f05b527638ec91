import type { Observer } from '../../shared/reconcile/distribute.ts';
import type { WorkQueue } from '../../shared/reconcile/reconcile.ts';
import type { Change } from '../../shared/reconcile/stream-changes.ts';
import { eachOnce } from '../../shared/reconcile/work-messages.ts';
import { keyOf, type Resource, type ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { type Account, accountKind } from '../resources/account.ts';
import { type AccountClaim, accountClaimKind } from '../resources/account-claim.ts';
import { accessesIn } from '../resources/api.ts';
import {
  type AWSFederatedAccountAccess,
  federatedAccessKind,
} from '../resources/aws-federated-account-access.ts';
import { type AWSFederatedRole, federatedRoleKind } from '../resources/aws-federated-role.ts';
import { accessSelections, untilShown } from '../resources/selections.ts';

/** What waking needs. */
export interface WakingDependencies {
  store: Pick<ResourceStore, 'select'>;
  queue: WorkQueue;
}

/** More than any role has. */
const all = 100_000;

/** What accesses go by of a resource: they are looked at when it is another. */
const goesBy: Record<string, (resource: Resource) => unknown> = {
  [federatedRoleKind.kind]: (resource) => {
    const { metadata, status } = resource as AWSFederatedRole;
    return [metadata.uid, metadata.deletionTimestamp, status?.state, status?.observedGeneration];
  },
  [accountClaimKind.kind]: (resource) => {
    const { metadata, spec } = resource as AccountClaim;
    return [metadata.uid, metadata.deletionTimestamp, spec.accountLink];
  },
  [accountKind.kind]: (resource) => {
    const { metadata, spec } = resource as Account;
    return [
      metadata.uid,
      metadata.deletionTimestamp,
      spec.claimLink,
      spec.claimLinkNamespace,
      spec.awsAccountID,
    ];
  },
};

function isNews({ before, after }: Change): boolean {
  const read = goesBy[(after ?? before)?.kind ?? ''];
  const [was, is] = [before, after].map((one) => one && read?.(one));
  return read !== undefined && JSON.stringify(was) !== JSON.stringify(is);
}

const keptBy = (resource: Resource | undefined) => accessesIn(resource?.metadata.finalizers ?? []);

const accessKey = ({ namespace, name }: { namespace: string; name: string }): ResourceKey => ({
  kind: federatedAccessKind.kind,
  namespace,
  name,
});

/** The accesses that keep an account or a claim, of which there is news. */
const keepers = (change: Change): ResourceKey[] =>
  isNews(change) ? [...keptBy(change.before), ...keptBy(change.after)].map(accessKey) : [];

/** An account or a claim that is to go, and that an access keeps no longer. */
function freed({ before, after }: Change): ResourceKey[] {
  const isFreed = after?.metadata.deletionTimestamp && keptBy(after).length < keptBy(before).length;
  return isFreed ? [keyOf(after)] : [];
}

/** The role of an access that is gone: it may wait for that. */
function roleLeft({ before, after }: Change): ResourceKey[] {
  if (after || before?.kind !== federatedAccessKind.kind) return [];
  const { awsFederatedRole: role } = (before as AWSFederatedAccountAccess).spec;
  return [{ kind: federatedRoleKind.kind, namespace: role.namespace, name: role.name }];
}

async function usersOf({ store }: WakingDependencies, change: Change): Promise<ResourceKey[]> {
  const role = change.after ?? change.before;
  if (role?.kind !== federatedRoleKind.kind || !isNews(change)) return [];
  const selection = accessSelections.ofRole(role.metadata.namespace, role.metadata.name);
  const users = await store.select({ kind: federatedAccessKind.kind, selection, limit: all });
  return users.map(accessKey);
}

/**
 * An observer of the distributor: has accesses looked at when their role, their claim or their account is another, and
 * whoever waits for an access when that is gone; what the index tells of again when it shows more.
 */
export const wakeAccesses =
  (dependencies: WakingDependencies): Observer =>
  async (changes) => {
    const named = eachOnce(
      changes.flatMap((change) => [...keepers(change), ...freed(change), ...roleLeft(change)]),
    );
    const users = eachOnce((await Promise.all(changes.map((one) => usersOf(dependencies, one)))).flat());
    const late = [...users, ...named.filter(({ kind }) => kind === federatedRoleKind.kind)];
    await dependencies.queue.add([
      ...eachOnce([...named, ...users]).map((key) => ({ key, afterSeconds: 0 })),
      ...late.map((key) => ({ key, afterSeconds: untilShown })),
    ]);
  };
