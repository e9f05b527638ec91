import type { IpPermission, SecurityGroup, VpcEndpoint } from '@aws-sdk/client-ec2';
import { Undetermined } from '../../shared/checks/check.ts';
import type { NetworkFacts } from './network-facts.ts';

/** Services whose interface endpoints a zero-egress cluster needs. */
export const neededServices = ['sts', 'ecr.api', 'ecr.dkr'] as const;

/** The name of a service of AWS in a region; China's have a prefix of their own. */
export const serviceName = (region: string, service: string): string =>
  `${region.startsWith('cn-') ? 'cn.' : ''}com.amazonaws.${region}.${service}`;

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

export const isGateway = ({ VpcEndpointType }: VpcEndpoint): boolean => VpcEndpointType === 'Gateway';

/**
 * Whether an endpoint answers for the public name of its service. S3's may do so for callers outside of the VPC
 * only. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DnsOptions.html
 */
export const takesName = (endpoint: VpcEndpoint): boolean =>
  isInterface(endpoint) &&
  endpoint.PrivateDnsEnabled === true &&
  endpoint.DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint !== true;

/**
 * What the security groups of an interface endpoint let in.
 * @returns the groups' ids, and their rules unless AWS does not show all of the groups
 */
export function inboundOf({ Groups = [] }: VpcEndpoint, all: SecurityGroup[]) {
  const ids = Groups.flatMap(({ GroupId }) => GroupId ?? []);
  const groups = all.filter(({ GroupId = '' }) => ids.includes(GroupId));
  const isShown = ids.length > 0 && groups.length === ids.length;
  return { ids, rules: isShown ? groups.flatMap(({ IpPermissions = [] }) => IpPermissions) : undefined };
}

/** The prefix lists that rules name, each once. */
export const listsIn = (rules: IpPermission[]): string[] => [
  ...new Set(
    rules.flatMap(({ PrefixListIds = [] }) =>
      PrefixListIds.flatMap(({ PrefixListId }) => PrefixListId ?? []),
    ),
  ),
];

/** Which service's endpoint is to be made, and where. */
interface Place {
  vpcId: string;
  region: string;
}

/** The command that makes an interface endpoint which answers for the public name of its service. */
export const createInterface = ({ vpcId, region }: Place, service: string): string =>
  `aws ec2 create-vpc-endpoint --vpc-id ${vpcId} --vpc-endpoint-type Interface --service-name ${serviceName(region, service)} --subnet-ids <private subnets> --security-group-ids <group> --private-dns-enabled`;

/** @param tables ids of the route tables that lead to it */
export const createS3Gateway = ({ vpcId, region }: Place, tables: string): string =>
  `aws ec2 create-vpc-endpoint --vpc-id ${vpcId} --vpc-endpoint-type Gateway --service-name ${serviceName(region, 's3')} --route-table-ids ${tables}`;

/** Makes an interface endpoint answer for the name of its service. */
export const takeName = ({ VpcEndpointId: id }: VpcEndpoint): string =>
  `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} --private-dns-enabled`;

/** Puts the route of a gateway endpoint into one more table. */
export const addTable = ({ VpcEndpointId: id }: VpcEndpoint, tableId: string | undefined): string =>
  `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} --add-route-table-ids ${tableId}`;

export const deleteEndpoint = (id: string | undefined): string =>
  `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${id}`;

/** @param cidr the range of the nodes */
export const allowHttps = (groupId: string | undefined, cidr: string): string =>
  `aws ec2 authorize-security-group-ingress --group-id ${groupId} --protocol tcp --port 443 --cidr ${cidr}`;

/** Whether the cluster's own traffic goes through an endpoint: to a service it needs, by its public name. */
export function isUsed(region: string, zeroEgress: boolean) {
  const needed: string[] = neededServices.map((service) => serviceName(region, service));
  return (endpoint: VpcEndpoint): boolean =>
    needed.includes(endpoint.ServiceName ?? '') &&
    isInterface(endpoint) &&
    (zeroEgress || takesName(endpoint));
}
