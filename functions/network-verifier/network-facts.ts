import type { NatGateway, RouteTable, Subnet, Vpc } from '@aws-sdk/client-ec2';
import type {
  NetworkRequirements,
  NetworkVerifierRequest,
} from '../../schemas/generated/network-verifier-request.js';
import { type Check, Undetermined } from '../../shared/checks/check.ts';
import { once } from '../../shared/once.ts';
import type { DnsAttribute, NetworkReader } from './network-reader.ts';
import { type EffectiveRouteTable, effectiveRouteTable } from './routing.ts';

/** A subnet of the VPC and the table that routes its traffic. */
export interface RoutedSubnet extends EffectiveRouteTable {
  subnetId: string;
}

/** How the subnets of the VPC are routed. */
interface SubnetRouting {
  routed: RoutedSubnet[];
  /** Ids of subnets for which AWS shows no route table, as may happen in a shared VPC. */
  unrouted: string[];
}

/** What the checks of one run share: the request, and the network, each fact of which is fetched at most once. */
export interface NetworkFacts {
  vpcId: string;
  /** The subnets asked for, each once. */
  subnetIds: string[];
  requirements: NetworkRequirements;
  /** The VPC, or undefined when it does not exist. */
  findVpc(): Promise<Vpc | undefined>;
  /** The VPC. @throws Undetermined when it does not exist, which `vpc_exists` reports */
  vpc(): Promise<Vpc>;
  dnsAttribute(attribute: DnsAttribute): Promise<boolean>;
  /** The subnets that exist, in whichever VPC. */
  subnets(): Promise<Subnet[]>;
  routeTables(): Promise<RouteTable[]>;
  /** The routing of the subnets in this VPC. @throws Undetermined when none of them is in it */
  routing(): Promise<SubnetRouting>;
  /** Ids of the internet gateways attached to the VPC. */
  internetGateways(): Promise<Set<string>>;
  natGateways(): Promise<NatGateway[]>;
}

export type NetworkCheck = Check<NetworkFacts>;

/** Facts about the network of a request, read when first asked for. */
export function networkFacts(request: NetworkVerifierRequest, network: NetworkReader): NetworkFacts {
  const { vpc_id: vpcId } = request;
  const subnetIds = [...new Set(request.subnet_ids)];
  const findVpc = once(() => network.vpc(vpcId));
  const vpc = async () => (await findVpc()) ?? missing(`${vpcId} does not exist (see vpc_exists)`);
  // Asked only about a VPC that exists: EC2 answers no attribute of another, and an empty list to the rest.
  const ofVpc = <Value>(read: () => Promise<Value>) => once(() => vpc().then(read));

  const facts: NetworkFacts = {
    vpcId,
    subnetIds,
    requirements: request.requirements ?? {},
    findVpc,
    vpc,
    dnsAttribute: async (attribute) => {
      await vpc();
      const value = await network.vpcDnsAttribute(vpcId, attribute);
      if (value === undefined)
        throw new Undetermined('value_absent', `AWS gave no value for ${attribute} of ${vpcId}`);
      return value;
    },
    subnets: once(() => network.subnets(subnetIds)),
    routeTables: ofVpc(() => network.routeTables(vpcId)),
    natGateways: ofVpc(() => network.natGateways(vpcId)),
    routing: ofVpc(() => routeSubnets(facts)),
    internetGateways: ofVpc(async () => {
      const gateways = await network.internetGateways(vpcId);
      return new Set(gateways.flatMap(({ InternetGatewayId: id }) => id ?? []));
    }),
  };
  return facts;
}

async function routeSubnets(facts: NetworkFacts): Promise<SubnetRouting> {
  const [subnets, tables] = await Promise.all([facts.subnets(), facts.routeTables()]);
  const here = subnets.filter(({ VpcId }) => VpcId === facts.vpcId).flatMap(({ SubnetId }) => SubnetId ?? []);
  if (here.length === 0) {
    missing(`none of the subnets is in ${facts.vpcId} (see subnet_exists and subnets_same_vpc)`);
  }
  const routed = here.flatMap((subnetId) => {
    const effective = effectiveRouteTable(tables, subnetId);
    return effective ? { subnetId, ...effective } : [];
  });
  const known = new Set(routed.map(({ subnetId }) => subnetId));
  return { routed, unrouted: here.filter((subnetId) => !known.has(subnetId)) };
}

function missing(message: string): never {
  throw new Undetermined('depends_on_other_check', message);
}
