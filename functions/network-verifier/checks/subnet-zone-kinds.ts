import type { AvailabilityZone, Subnet } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

const unknown = (resourceId: string, what: string): Finding =>
  warning(`${resourceId}: not checked, since AWS tells no ${what}. Run it again`, {
    resourceId,
    details: { reason_code: 'value_absent' },
  });

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AvailabilityZone.html */
function kindOf(
  { SubnetId: resourceId = '', AvailabilityZone: name, OutpostArn }: Subnet,
  zones: AvailabilityZone[],
): Finding {
  const type = OutpostArn ? 'outpost' : zones.find(({ ZoneName }) => ZoneName === name)?.ZoneType;
  if (type === undefined) return unknown(resourceId, `type of the zone ${name}`);
  const rest = { resourceId, details: { availability_zone: name, zone_type: type } };
  if (type === 'availability-zone') return passed(`${resourceId} is in ${name}, an ordinary zone`, rest);
  const where = type === 'outpost' ? 'on an Outpost' : `in ${name}, a ${type}`;
  return failed(
    `${resourceId} is ${where}, where a cluster's first nodes cannot be. Choose a subnet of an availability zone`,
    rest,
  );
}

/** The subnets are in availability zones, not in local zones, Wavelength zones or Outposts. */
export const subnetAzType: NetworkCheck = {
  name: 'subnet_az_type',
  what: 'every subnet is in an ordinary availability zone',
  actions: [reads.subnets, reads.zones],
  rule: 'Fails for a subnet in a local zone, in a Wavelength zone or on an Outpost.',
  remedy: 'Choose subnets of availability zones: aws ec2 describe-availability-zones',
  run: async ({ ownSubnets, zones }) => {
    const [subnets, known] = await Promise.all([ownSubnets(), zones()]);
    return subnets.map((subnet) => kindOf(subnet, known));
  },
};

/** The platform's PrivateLink service is offered in the zones of the subnets. */
export const subnetAzEndpointService: NetworkCheck = {
  name: 'subnet_az_endpoint_service',
  what: "the platform's PrivateLink service is offered in the zone of every subnet",
  actions: [reads.subnets],
  rule: 'Fails for a subnet whose zone, by id, is not among endpoint_service_zone_ids. Says nothing when the request has no such list.',
  remedy: 'Choose subnets of the zones the service is offered in',
  run: async ({ requirements, ownSubnets }) => {
    const { endpoint_service_zone_ids: served } = requirements;
    if (!served) return [];
    return (await ownSubnets()).map(({ SubnetId: resourceId = '', AvailabilityZoneId: zone }) => {
      if (zone === undefined) return unknown(resourceId, 'zone id');
      const rest = { resourceId, details: { availability_zone_id: zone } };
      return served.includes(zone)
        ? passed(`${resourceId} is in ${zone}, where the platform's PrivateLink service is offered`, rest)
        : failed(
            `${resourceId} is in ${zone}, and the platform's PrivateLink service is offered in ${served.join(', ')} only, so no endpoint can be made in it. Choose a subnet of one of those zones`,
            rest,
          );
    });
  },
};
