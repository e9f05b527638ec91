import type { ClaimDependencies } from '../../../accounts/account-claim/claim-turn.ts';
import type { MemberAccount } from '../../../accounts/aws/member-accounts.ts';
import type { Account } from '../../../accounts/resources/account.ts';
import type { Resource, ResourceKey } from '../../../shared/resources/resource.ts';
import type { ResourceStore, SelectRequest } from '../../../shared/resources/resource-store.ts';
import type { Step } from '../../../shared/resources/steps.ts';
import { insideAccounts } from '../../support/fakes/in-member-account.ts';

type Wrong = (right: ClaimDependencies) => ClaimDependencies;

const withStore =
  (change: (store: ResourceStore) => Partial<ResourceStore>): Wrong =>
  (right) => {
    const changed = change(right.store);
    const store = new Proxy(right.store, {
      get: (target, name) => changed[name as keyof ResourceStore] ?? target[name as keyof ResourceStore],
    });
    return { ...right, store };
  };

const within =
  (change: (member: MemberAccount) => Partial<MemberAccount>): Wrong =>
  (right) => ({ ...right, aws: { ...right.aws, ...insideAccounts(change)(right.aws) } });

/** Links the account, and afterwards the claim. */
export const inTwoWrites = withStore((store) => ({
  transact: async (steps) => {
    for (const step of steps) await store.transact([step]);
    return { outcome: 'done', resources: [] };
  },
}));

/** Writes what it has read some time ago over what has become of it. */
export const unconditional = withStore((store) => ({
  transact: async (steps) => {
    const fresh = await Promise.all(
      steps.map(async (step): Promise<Step> => {
        if (step.do !== 'replace' || step.resource.kind !== 'Account') return step;
        const { kind, metadata } = step.resource;
        const now = await store.get({ kind, namespace: metadata.namespace, name: metadata.name });
        return { ...step, resource: { ...step.resource, metadata: now?.metadata ?? metadata } };
      }),
    );
    return store.transact(fresh);
  },
}));

const isAccount = (resource: Resource | undefined): resource is Account => resource?.kind === 'Account';

/** Does not see whom an account has served. */
export const forgetfulOfCustomers = withStore((store) => ({
  get: async (key: ResourceKey) => {
    const found = await store.get(key);
    if (!isAccount(found) || found.spec.claimLink) return found as never;
    const { legalEntity: _, ...spec } = found.spec;
    return { ...found, spec, status: { ...found.status, reused: false } } as never;
  },
  select: async (request: SelectRequest) => {
    const found = await store.select(request);
    if (!request.selection.startsWith('ready#')) return found;
    const pool = request.selection.slice('ready#'.length);
    const others = ['1', '2'].map((id) => store.select({ ...request, selection: `reusable#${pool}#${id}` }));
    return [...found, ...(await Promise.all(others)).flat()];
  },
}));

/** Believes that a key is dead everywhere as soon as it is deleted. */
export const hasty: Wrong = (right) => ({ ...right, settings: { ...right.settings, settleSeconds: 0 } });

/** Cleans one region. */
export const shortSighted = within((member) => ({
  enabledRegions: async () => (await member.enabledRegions()).slice(0, 1),
}));

/** Leaves a user's oldest key as it is. */
export const lenient = within(({ users }) => ({
  users: {
    ...users,
    keys: async (name) => {
      const keys = await users.keys(name);
      return keys.toSorted((one, other) => Number(one.createdAt) - Number(other.createdAt)).slice(1);
    },
  },
}));

/** Takes what it could not take away for gone. */
export const careless = within((member) => ({
  leftovers: (kind, region) => {
    const things = member.leftovers(kind, region);
    return { ...things, ids: async () => (kind === 'EBSVolumes' ? [] : things.ids()) };
  },
}));
