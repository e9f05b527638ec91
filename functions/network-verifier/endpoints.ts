import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import { Undetermined } from '../../shared/checks/check.ts';
import type { NetworkFacts } from './network-facts.ts';

/** Services whose interface endpoints a zero-egress cluster needs. */
export const neededServices = ['sts', 'ecr.api', 'ecr.dkr'] as const;

/** The name of a service of AWS in a region; China's have a prefix of their own. */
export const serviceName = (region: string, service: string): string =>
  `${region.startsWith('cn-') ? 'cn.' : ''}com.amazonaws.${region}.${service}`;

/** The command that makes an interface endpoint which answers for the public name of its service. */
export const createInterfaceEndpoint = ({ vpcId, region }: NetworkFacts, service: string): string =>
  `aws ec2 create-vpc-endpoint --vpc-id ${vpcId} --vpc-endpoint-type Interface --service-name ${serviceName(region, service)} --subnet-ids <private subnets> --security-group-ids <group> --private-dns-enabled`;

/** The VPC's endpoints for a service of its own region. */
export async function endpointsFor(
  { endpoints, region }: NetworkFacts,
  service: string,
): Promise<VpcEndpoint[]> {
  const name = serviceName(region, service);
  return (await endpoints()).filter(({ ServiceName }) => ServiceName === name);
}

/**
 * An endpoint's state in lower case. EC2 answers `available` where its SDK has `Available`:
 * https://github.com/aws/aws-sdk/issues/360
 * @throws Undetermined when AWS does not tell
 */
export function stateOf({ State, VpcEndpointId }: VpcEndpoint): string {
  if (State !== undefined) return State.toLowerCase();
  throw new Undetermined('value_absent', `AWS gave no value for the state of ${VpcEndpointId}`);
}

export const isInterface = ({ VpcEndpointType }: VpcEndpoint): boolean => VpcEndpointType === 'Interface';

/** Whether an endpoint answers for the public name of its service. */
export const takesName = (endpoint: VpcEndpoint): boolean =>
  isInterface(endpoint) && endpoint.PrivateDnsEnabled === true;

/** Whether the cluster's own traffic goes through an endpoint: to a service it needs, by its public name. */
export function isUsed(region: string, zeroEgress: boolean) {
  const needed: string[] = neededServices.map((service) => serviceName(region, service));
  return (endpoint: VpcEndpoint): boolean =>
    needed.includes(endpoint.ServiceName ?? '') &&
    isInterface(endpoint) &&
    (zeroEgress || takesName(endpoint));
}
