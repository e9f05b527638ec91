import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { isPublicCluster } from '../cluster-needs.ts';
import { type ClassifiedSubnet, conclude, zonesOf } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { readsClassification } from '../read-actions.ts';
import { unroutedWarnings } from '../unrouted.ts';

/** The first patch of each minor version that takes two private subnets in one zone: OCPBUGS-82443. */
const firstPatch = new Map([
  [20, 31],
  [21, 25],
  [22, 4],
]);

/** Whether a version takes two private subnets in one zone; undefined when the version does not say. */
function takesTwoPerZone(version: string | undefined): boolean | undefined {
  const [major = 0, minor = 0, patch] = (version ?? '').split('.').map(Number);
  if (!version) return undefined;
  if (major > 4 || (major === 4 && minor > 22)) return true;
  const first = firstPatch.get(minor);
  if (major < 4 || first === undefined) return false;
  return patch === undefined ? undefined : patch >= first;
}

const byZone = (subnets: ClassifiedSubnet[]): [zone: string, ids: string[]][] =>
  zonesOf(subnets).map((zone) => [
    zone,
    subnets.filter(({ subnet }) => subnet.AvailabilityZone === zone).map(({ subnetId }) => subnetId),
  ]);

/** Each zone has one private subnet, or the version takes more. */
export const subnetSinglePrivatePerAz: NetworkCheck = {
  name: 'subnet_single_private_per_az',
  what: 'no availability zone has two of the private subnets, unless the OpenShift version takes that',
  actions: readsClassification,
  rule: 'Fails for versions before 4.20.31, 4.21.25 and 4.22.4. Warns when the request names no version that tells.',
  remedy: 'Keep one private subnet per zone, or install a newer version',
  run: async ({ requirements, classified }) => {
    const subnets = await classified();
    const crowded = byZone(subnets.private).filter(([, ids]) => ids.length > 1);
    const { openshift_version: version } = requirements;
    const taken = takesTwoPerZone(version);
    const findings = crowded.map(([zone, ids]): Finding => {
      const found = `${ids.join(' and ')} are private subnets of the one zone ${zone}`;
      const rest = { resourceId: ids[0], details: { availability_zone: zone, subnet_ids: ids } };
      if (taken) return passed(`${found}, which OpenShift ${version} takes`, rest);
      if (taken === false)
        return failed(`${found}, which OpenShift ${version} does not take. Keep one of them`, rest);
      return warning(
        `${found}, which OpenShift takes from 4.20.31, 4.21.25 and 4.22.4 on. Keep one of them, or name openshift_version`,
        rest,
      );
    });
    return conclude(findings, 'Every zone has at most one of the private subnets', subnets.unrouted);
  },
};

const fullSpread = 3;

function spread(zones: string[], multiAz: boolean | undefined): Finding {
  const details = { availability_zones: zones };
  const found = `The private subnets are in ${zones.length === 1 ? 'one zone' : `${zones.length} zones`} (${zones.join(', ')})`;
  if (zones.length >= fullSpread || (zones.length === 1 && !multiAz)) return passed(found, { details });
  if (zones.length === 1) {
    return failed(
      `${found}, and nodes are to be spread over ${fullSpread}. Add private subnets of two more zones`,
      { details },
    );
  }
  return warning(`${found}; losing one takes half of the nodes. Add a private subnet of a third zone`, {
    details,
  });
}

/** The private subnets are in as many zones as the nodes are to be spread over. */
export const subnetAzCoverage: NetworkCheck = {
  name: 'subnet_az_coverage',
  what: 'the private subnets are in one zone or, for a multi-zone cluster, in three',
  actions: readsClassification,
  rule: 'Fails when a multi-zone cluster has one zone. Warns about two zones, and about a zone of a public cluster without a public subnet.',
  remedy: 'Add a private subnet of each missing zone to the request',
  run: async ({ requirements, classified }) => {
    const subnets = await classified();
    const zones = zonesOf(subnets.private);
    const publicZones = zonesOf(subnets.public);
    const uncovered = isPublicCluster(requirements)
      ? zones.filter((zone) => !publicZones.includes(zone))
      : [];
    return [
      ...(zones.length > 0 ? [spread(zones, requirements.multi_az)] : []),
      ...uncovered.map((zone) =>
        warning(
          `${zone} has a private subnet and no public one, so load balancers have no address in that zone. Add a public subnet of ${zone}`,
          { details: { availability_zone: zone } },
        ),
      ),
      ...unroutedWarnings(subnets.unrouted),
    ];
  },
};
