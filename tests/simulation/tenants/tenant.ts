import type { AccountRequest } from '../../../accounts/aws/organization.ts';
import type { Resource, ResourceKey } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import type { AwsModel } from '../aws/aws-model.ts';
import type { Invariant, Plan } from '../engine/simulation.ts';

/** Somebody who is to get an account of his own, with a user whose key is in a secret. */
export interface TenantStatus {
  /** When an account was asked for, or was about to be. */
  askedAt?: string;
  requestId?: string;
  accountId?: string;
  /** When a key was made, or was about to be. */
  keyMadeAt?: string;
  isReady?: boolean;
  failure?: string;
}

export type Tenant = Resource<object, TenantStatus>;

export const tenantKind = 'Tenant';
export const finalizer = 'example.com/tenant';
export const userName = 'admin';

const tenantKey = (name: string): ResourceKey => ({ kind: tenantKind, namespace: 'tenants', name });
export const requestOf = (name: string): AccountRequest => ({ name, email: `${name}@example.com` });
export const secretOf = (name: string): string => `tenants/${name}-secret`;

const createTenant = (store: ResourceStore, name: string) =>
  store.create({
    apiVersion: 'example.com/v1',
    kind: tenantKind,
    metadata: { namespace: 'tenants', name, finalizers: [finalizer] },
    spec: {},
  });

/** Three come, and in some runs one of them leaves again. */
export function comeAndGo({ random, at }: Plan<AwsModel>): void {
  const names = ['anna', 'ben', 'cleo'];
  for (const name of names)
    at(random.between(0, 120), `${name} comes`, ({ store }) => createTenant(store, name));
  if (random.chance(0.5)) {
    const name = random.pick(names);
    at(random.between(120, 1_200), `${name} leaves`, ({ store }) => store.delete(tenantKey(name)));
  }
}

type TenantInvariant = Invariant<AwsModel>;

const always = (name: string, violation: TenantInvariant['violation']): TenantInvariant => ({
  name,
  holds: 'always',
  violation,
});

const atTheEnd = (name: string, violation: TenantInvariant['violation']): TenantInvariant => ({
  name,
  holds: 'at the end',
  violation,
});

/** What every controller of tenants owes them, and AWS. */
export const tenantInvariants: readonly TenantInvariant[] = [
  always('no tenant gets two accounts', ({ world }) => {
    const names = world.organization.members.map(({ name }) => name);
    const doubled = names.find((name, index) => names.indexOf(name) !== index);
    return doubled && `${doubled} has got two`;
  }),
  always('nobody gets the account of another', ({ world, resources }) => {
    const stranger = resources<Tenant>(tenantKind).find(({ metadata, status }) => {
      const account = status?.accountId && world.account(status.accountId);
      return account && 'name' in account && account.name !== metadata.name;
    });
    return stranger && `${stranger.metadata.name} has got ${stranger.status?.accountId}`;
  }),
  atTheEnd('every tenant is ready', ({ resources }) => {
    const waiting = resources<Tenant>(tenantKind).find(({ status }) => !status?.isReady);
    return waiting && `${waiting.metadata.name} is left with ${JSON.stringify(waiting.status)}`;
  }),
  atTheEnd('nothing is left of who is gone', ({ world, resources }) => {
    const secrets = resources<Tenant>(tenantKind).map(({ metadata }) => secretOf(metadata.name));
    const left = world.secrets.names.find((name) => !secrets.includes(name));
    return left && `the secret ${left} is left`;
  }),
  atTheEnd('the key in a secret is the only one, and works', ({ world, resources }) => {
    const broken = resources<Tenant>(tenantKind).find(({ metadata, status }) => {
      const account = world.account(status?.accountId ?? '');
      const keyIds = account?.iam.userList.flatMap((user) => user.keyIds) ?? [];
      return keyIds.length !== 1 || world.secrets.valuesOf(secretOf(metadata.name))?.id !== keyIds[0];
    });
    return broken && `that of ${broken.metadata.name} does not`;
  }),
  atTheEnd('no account is without its tenant', ({ world, resources }) => {
    const known = resources<Tenant>(tenantKind).map(({ status }) => status?.accountId);
    const tenants = resources<Tenant>(tenantKind).map(({ metadata }) => metadata.name);
    // Accounts outlive those who leave.
    const leaked = world.organization.members.find(
      ({ id, name }) => tenants.includes(name) && !known.includes(id),
    );
    return leaked && `${leaked.id} of ${leaked.name} is known to nobody`;
  }),
];
