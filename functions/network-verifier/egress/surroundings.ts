import type {
  NatGateway,
  NetworkAcl,
  RouteTable,
  SecurityGroup,
  Subnet,
  TransitGatewayVpcAttachment,
  Vpc,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import { type Cidr, formatCidr } from '../../../shared/network/cidr.ts';
import { endpointsFor, inboundOf, isGateway, isInterface, listsIn, serviceName } from '../endpoints.ts';
import type { NetworkFacts } from '../network-facts.ts';
import { effectiveRouteTable } from '../routing.ts';
import { requiredEndpoints } from './endpoint-groups.ts';

/** All that ways out of the VPC's subnets pass, as AWS shows it. */
export interface Surroundings {
  vpcId: string;
  region: string;
  vpc: Vpc;
  /** Whether the VPC is another account's, which alone is shown some of its parts. */
  shared: boolean;
  zeroEgress: boolean;
  /** Whether nodes reach the internet through a proxy. */
  proxy: boolean;
  /** Whether endpoints can take the public names of their services: both DNS attributes are on. */
  privateNames: boolean;
  /** All of the VPC. */
  subnets: Subnet[];
  /** All of the VPC; routes to the prefix lists that are known are there by range, too. */
  tables: RouteTable[];
  acls: NetworkAcl[];
  natGateways: NatGateway[];
  /** Ids of the internet gateways attached to the VPC. */
  internetGateways: Set<string>;
  attachments: TransitGatewayVpcAttachment[];
  endpoints: VpcEndpoint[];
  securityGroups: SecurityGroup[];
  /** The additional security groups of the nodes. */
  nodeGroups: string[];
  /** The ranges of prefix lists, by id, as far as they are known. */
  prefixLists: Map<string, Cidr[]>;
}

/** The prefix lists that tables have routes to, by whether their targets are wanted. */
const listsOf = (tables: RouteTable[], isWanted: (targetId: string) => boolean): string[] =>
  tables.flatMap(({ Routes = [] }) =>
    Routes.flatMap(({ DestinationPrefixListId: id, GatewayId = '' }) =>
      id && isWanted(GatewayId) ? id : [],
    ),
  );

/** The tables that a private subnet's way out depends on: its own and those of the NAT gateways' subnets. */
async function tablesInUse({ classified, natGateways, routeTables }: NetworkFacts): Promise<RouteTable[]> {
  const [subnets, gateways, tables] = await Promise.all([classified(), natGateways(), routeTables()]);
  const ofGateways = gateways.flatMap(
    ({ SubnetId }) => (SubnetId && effectiveRouteTable(tables, SubnetId)?.table) || [],
  );
  return [...new Set([...subnets.private.map(({ table }) => table), ...ofGateways])];
}

/** The prefix lists in the rules of the interface endpoints that the cluster's traffic may go through. */
async function listsOfRules({ endpoints, securityGroups, region, requirements }: NetworkFacts) {
  const [all, groups] = await Promise.all([endpoints(), securityGroups()]);
  const { groups: needed } = requiredEndpoints(region, requirements.zero_egress ?? false);
  const services = needed.flatMap((group) => group.endpoints.flatMap((one) => one.regionalService ?? []));
  const names = services.map((service) => serviceName(region, service));
  const used = all.filter((one) => isInterface(one) && names.includes(one.ServiceName ?? ''));
  return listsIn(used.flatMap((endpoint) => inboundOf(endpoint, groups).rules ?? []));
}

function unlessFault(error: unknown): Map<string, Cidr[]> {
  if (error instanceof AwsCallError) return new Map();
  throw error;
}

/**
 * The ranges of the prefix lists that matter. AWS's own list for S3 does no more than sharpen a verdict, so that not
 * getting it is no reason to give none; AWS's lists are read as customers' are:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html
 */
async function knownLists(facts: NetworkFacts): Promise<Map<string, Cidr[]>> {
  const reading = Promise.all([tablesInUse(facts), facts.endpoints(), listsOfRules(facts)]);
  const [tables, endpoints, ofRules] = await reading;
  const gateways = endpoints.filter(isGateway).map(({ VpcEndpointId }) => VpcEndpointId);
  const ofS3 = (await endpointsFor(facts, 's3')).map(({ VpcEndpointId }) => VpcEndpointId);
  const [known, optional] = await Promise.all([
    facts.prefixLists([...ofRules, ...listsOf(tables, (target) => !gateways.includes(target))]),
    facts.prefixLists(listsOf(tables, (target) => ofS3.includes(target))).catch(unlessFault),
  ]);
  return new Map([...optional, ...known]);
}

/** A table whose routes to prefix lists are there by range, too. */
const withRanges = (table: RouteTable, lists: Map<string, Cidr[]>): RouteTable => ({
  ...table,
  Routes: (table.Routes ?? []).flatMap((route) => {
    const ranges = lists.get(route.DestinationPrefixListId ?? '') ?? [];
    return [route, ...ranges.map((range) => ({ ...route, DestinationCidrBlock: formatCidr(range) }))];
  }),
});

/** Waits for all of the parts at once. */
async function allOf<Parts extends Record<string, Promise<unknown>>>(parts: Parts) {
  const entries = Object.entries(parts).map(async ([name, part]) => [name, await part]);
  return Object.fromEntries(await Promise.all(entries)) as { [Name in keyof Parts]: Awaited<Parts[Name]> };
}

/** Reads it all, in the round trips of the other checks. @throws when AWS does not show a part of it */
export async function surroundings(facts: NetworkFacts): Promise<Surroundings> {
  const { vpcId, region, requirements } = facts;
  const { support, hostnames, tables, ...read } = await allOf({
    vpc: facts.vpc(),
    shared: facts.isShared(),
    support: facts.dnsAttribute('enableDnsSupport'),
    hostnames: facts.dnsAttribute('enableDnsHostnames'),
    subnets: facts.vpcSubnets(),
    tables: facts.routeTables(),
    acls: facts.networkAcls(),
    natGateways: facts.natGateways(),
    internetGateways: facts.internetGateways(),
    attachments: facts.transitGatewayAttachments(),
    endpoints: facts.endpoints(),
    securityGroups: facts.securityGroups(),
    prefixLists: knownLists(facts),
  });
  return {
    ...read,
    vpcId,
    region,
    zeroEgress: requirements.zero_egress ?? false,
    proxy: requirements.proxy ?? false,
    privateNames: support && hostnames,
    tables: tables.map((table) => withRanges(table, read.prefixLists)),
    nodeGroups: requirements.additional_security_group_ids ?? [],
  };
}
