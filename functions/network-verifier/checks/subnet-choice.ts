import { failed, warning } from '../../../shared/checks/check.ts';
import { isPublicCluster } from '../cluster-needs.ts';
import { type ClassifiedSubnets, conclude } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { readsClassification } from '../read-actions.ts';

/** Every subnet is named once. */
export const subnetDuplicateIds: NetworkCheck = {
  name: 'subnet_duplicate_ids',
  what: 'every subnet is named once in the request',
  actions: [],
  rule: 'Warns about each subnet that is named more than once.',
  remedy: 'Name each subnet once',
  run: async ({ requestedSubnetIds, subnetIds }) => {
    const counts = subnetIds.map((id) => ({
      id,
      count: requestedSubnetIds.filter((other) => other === id).length,
    }));
    const findings = counts
      .filter(({ count }) => count > 1)
      .map(({ id: resourceId, count }) =>
        warning(`${resourceId} is named ${count} times. Name it once; another subnet may be missing`, {
          resourceId,
          details: { count },
        }),
      );
    return conclude(findings, 'Every subnet is named once');
  },
};

/** Why the numbers do not fit the cluster, or undefined when they do. */
function misfit(isPublic: boolean, subnets: ClassifiedSubnets): string | undefined {
  if (!isPublic && subnets.public.length > 0) {
    const ids = subnets.public.map(({ subnetId }) => subnetId).join(', ');
    return `A private cluster takes private subnets only, and ${ids} are public. Leave them out`;
  }
  // A subnet that could not be looked at may be of the kind that is needed.
  if (subnets.unrouted.length > 0) return undefined;
  if (subnets.private.length === 0) return 'The cluster needs a private subnet and there is none. Add one';
  if (isPublic && subnets.public.length === 0)
    return 'A public cluster needs a public subnet and there is none. Add one';
  return undefined;
}

/** The numbers of private and public subnets fit the cluster. */
export const subnetCount: NetworkCheck = {
  name: 'subnet_count',
  what: 'a private cluster has private subnets only, and a public one has both kinds',
  actions: readsClassification,
  rule: 'Fails when a private cluster has a public subnet or no private one, or a public cluster lacks one of the kinds. Says nothing when the request leaves open which it is.',
  remedy: 'Leave the public subnets out of the request, or add one of the kind that is missing',
  run: async ({ requirements, classified }) => {
    const isPublic = isPublicCluster(requirements);
    if (!isPublic && requirements.private !== true) return [];
    const subnets = await classified();
    const details = { private: subnets.private.length, public: subnets.public.length };
    const reason = misfit(isPublic, subnets);
    const found = `The request has ${details.private} private and ${details.public} public subnets`;
    return conclude(reason ? [failed(reason, { details })] : [], found, subnets.unrouted);
  },
};
