import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

const list = (zones: string[]): string => zones.join(', ');

function verdict(
  type: string,
  region: string,
  wantedZones: string[] | undefined,
  offered: string[],
): Finding {
  const missing = (wantedZones ?? []).filter((zone) => !offered.includes(zone));
  const details = { instance_type: type, offered_zones: offered, missing_zones: missing };
  if (offered.length === 0) {
    return failed(`${type} is offered in no availability zone of ${region}. Choose another instance type`, {
      details,
    });
  }
  if (missing.length > 0) {
    return failed(
      `${type} is not offered in ${list(missing)}, only in ${list(offered)}. Choose other zones or another instance type`,
      { details },
    );
  }
  if (wantedZones) return passed(`${type} is offered in ${list(wantedZones)}`, { details });
  return offered.length === 1
    ? warning(`${type} is offered in ${list(offered)} only, so nodes cannot be spread over zones`, {
        details,
      })
    : passed(`${type} is offered in ${list(offered)}`, { details });
}

/** Each instance type is offered in every chosen zone, or somewhere in the region when none is chosen. */
export const instanceTypeOffered: PreflightCheck = {
  name: 'instance_type_offered',
  what: 'each instance type is offered in each of the chosen zones',
  actions: ['ec2:DescribeInstanceTypeOfferings'],
  rule: 'Fails when an instance type is not offered in one of the chosen zones, or nowhere in the region when none are chosen. Warns when one zone only offers it and none are chosen.',
  remedy: 'Choose other zones or another instance type',
  run: async ({ account, cluster, region }) => {
    const offers = await account.offerings(cluster.instance_types);
    return cluster.instance_types.map((type) => {
      const zones = offers.filter(({ instanceType }) => instanceType === type).map(({ zone }) => zone);
      return verdict(type, region, cluster.availability_zones, zones.sort());
    });
  },
};
