import type { Resource, ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import type { Step } from '../../shared/resources/steps.ts';
import { type AccountGuard, ofItsOwn } from '../aws/account-guards.ts';
import { type Account, accountKind } from '../resources/account.ts';
import { apiVersion, operatorNamespace } from '../resources/api.ts';

/** Which Account has an AWS account. Its name is the id; it is made with the Account's id and goes with the Account. */
type AccountId = Resource<{ account: string; uid: string }>;

/** The kind of those records: sweeps for orphans have to look at it, too. */
export const accountIdKind = 'AWSAccountID';

const keyOfId = (id: string): ResourceKey => ({
  kind: accountIdKind,
  namespace: operatorNamespace,
  name: id,
});

const accountKeyOf = (name: string): ResourceKey => ({
  kind: accountKind.kind,
  namespace: operatorNamespace,
  name,
});

/** Who has an AWS account. `leaving`: one that is gone, whose record will be in a moment. */
export type Holding =
  | { held: 'by nobody' }
  | { held: 'by this one' }
  | { held: 'by another'; name: string }
  | { held: 'leaving' };

/** Reads who has an AWS account. */
export async function holdingOf(
  store: Pick<ResourceStore, 'get'>,
  account: Account,
  id: string,
): Promise<Holding> {
  const record = (await store.get(keyOfId(id))) as AccountId | undefined;
  if (!record) return { held: 'by nobody' };
  const { account: name, uid } = record.spec;
  if (uid === account.metadata.uid) return { held: 'by this one' };
  const holder = await store.get(accountKeyOf(name));
  return holder?.metadata.uid === uid ? { held: 'by another', name } : { held: 'leaving' };
}

/** The step of a transaction that makes an AWS account this one's; it fails as `exists` when it is anybody's. */
export const holdingStep = ({ kind, metadata: { name, uid } }: Account, id: string): Step => ({
  do: 'create',
  resource: {
    apiVersion,
    kind: accountIdKind,
    metadata: {
      namespace: operatorNamespace,
      name: id,
      ownerReferences: [{ apiVersion, kind, name, uid, controller: true }],
    },
    spec: { account: name, uid },
  },
});

/** The guard that lets nobody into an account but the one that has it. */
export const guardOfIds = (store: Pick<ResourceStore, 'get'>): AccountGuard =>
  ofItsOwn(async (id) => {
    const record = (await store.get(keyOfId(id))) as AccountId | undefined;
    return record && { namespace: operatorNamespace, name: record.spec.account };
  });
