import { allOf } from '../../../shared/resources/all-of.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { customerAccountKey } from '../../accounts/customer-account.ts';
import { type ClusterSpec, type ClusterStatus, clusterKind } from '../../clusters/cluster.ts';
import { type Answer, refusal } from '../answer.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { ApiRequest } from '../request.ts';
import { accountNotFound, mayNotChange } from './may-act.ts';

/** More names than this are counted, not listed. */
const mostNamed = 20;

async function clusterNames(store: ResourceStore, namespace: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { spec } of allOf<ClusterSpec, ClusterStatus>(store, { kind: clusterKind, namespace })) {
    names.push(spec.request.name);
  }
  return names;
}

function hasClusters(names: readonly string[]): Answer {
  const more = names.length - mostNamed;
  const listed = [...names.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
  const reason =
    names.length === 1
      ? `the account has a cluster: ${listed}. Delete it, wait until it is gone, and try again`
      : `the account has ${names.length} clusters: ${listed}. Delete them, wait until they are gone, and try again`;
  return refusal(409, 'ACCOUNTS-MGMT-DELETE-003', reason);
}

/** DELETE /accounts/{account_id} */
export async function deleteAccount(
  { store }: ApiDependencies,
  { caller, parameters: { account_id: accountId = '' } }: ApiRequest,
): Promise<Answer> {
  const refused = mayNotChange(caller, accountId);
  if (refused) return refused;
  const names = await clusterNames(store, accountId);
  if (names.length > 0) return hasClusters(names);
  const deletion = await store.delete(customerAccountKey(accountId));
  return deletion === 'not there' ? accountNotFound : { status: 204 };
}
