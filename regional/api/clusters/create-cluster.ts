import {
  type PlatformClusterRequest,
  validate,
} from '../../../schemas/generated/platform-cluster-request.js';
import { keyOf, type NewResource } from '../../../shared/resources/resource.ts';
import { ConflictError, type ResourceStore } from '../../../shared/resources/resource-store.ts';
import { whileConflicting } from '../../../shared/resources/while-conflicting.ts';
import type { Cluster, ClusterSpec, ClusterStatus } from '../../clusters/cluster.ts';
import { findAccount } from '../accounts/read-accounts.ts';
import { type Answer, invalid, refusal } from '../answer.ts';
import type { BodyRules } from '../bodies.ts';
import type { ApiDependencies } from '../dependencies.ts';
import type { ApiRequest } from '../request.ts';
import { wrongRegion } from '../wrong-region.ts';
import { claimsOf, newCluster, requestAnnotations } from './new-cluster.ts';
import { shownCluster } from './shown-cluster.ts';

/** What a request for a cluster must be. */
export const clusterBody: BodyRules<PlatformClusterRequest> = {
  validate,
  malformed: 'CLUSTERS-MGMT-CREATE-001',
  invalid: 'CLUSTERS-MGMT-VALIDATION-001',
};

const notRegistered = refusal(
  403,
  'AUTH-004',
  'Account is not provisioned for ROSA: it is not registered with this Platform API. Run `rosactl setup-account`',
);

/** What to say when the name or the token of a request belongs to a cluster that is there. */
function whenHeld(holder: Cluster, { metadata, spec }: NewResource<ClusterSpec>): Answer {
  const { token, digest } = requestAnnotations;
  const [held, wanted] = [holder.metadata.annotations, metadata.annotations ?? {}];
  if (wanted[token] === undefined || wanted[token] !== held[token]) {
    const going = holder.metadata.deletionTimestamp ? ', which is being deleted' : '';
    const reason = `a cluster named "${spec.request.name}" already exists in this account: ${holder.metadata.name}${going}`;
    return refusal(409, 'CLUSTERS-MGMT-CREATE-005', reason);
  }
  if (wanted[digest] === held[digest]) return { status: 200, body: shownCluster(holder) };
  const reason = `the client_token was used for another request, which made the cluster "${holder.spec.request.name}" (${holder.metadata.name}). Use a new token for a new request`;
  return refusal(409, 'CLUSTERS-MGMT-CREATE-009', reason);
}

/** Makes the cluster, unless there is one that has its name or token. @throws ConflictError when that is just going */
async function make(store: ResourceStore, wanted: NewResource<ClusterSpec>): Promise<Answer> {
  const creation = await store.create<ClusterSpec, ClusterStatus>(wanted, claimsOf(wanted));
  if (creation.outcome === 'created') return { status: 201, body: shownCluster(creation.resource) };
  if (creation.outcome === 'exists') throw new Error(`the id ${wanted.metadata.name} is in use already`);
  const holder = await store.get<ClusterSpec, ClusterStatus>(creation.holder);
  if (!holder) throw new ConflictError(keyOf(wanted));
  return whenHeld(holder, wanted);
}

/** POST /clusters */
export async function createCluster(
  dependencies: ApiDependencies,
  { caller }: ApiRequest,
  request: PlatformClusterRequest,
): Promise<Answer> {
  const offences = wrongRegion(dependencies.region, request.region);
  if (offences.length > 0) return invalid(clusterBody.invalid, offences);
  const account = await findAccount(dependencies, caller.accountId);
  if (!account) return notRegistered;
  const wanted = newCluster(dependencies, caller, account, request);
  return whileConflicting(() => make(dependencies.store, wanted));
}
