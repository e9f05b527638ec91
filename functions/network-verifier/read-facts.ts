import type { NetworkVerifierRequest } from '../../schemas/generated/network-verifier-request.js';
import { Undetermined } from '../../shared/checks/check.ts';
import { type Cidr, parseCidr } from '../../shared/network/cidr.ts';
import { once } from '../../shared/once.ts';
import { classifySubnets, gatewaysInRoutes, routeSubnets } from './cluster-subnets.ts';
import type { NetworkFacts, Place } from './network-facts.ts';
import type { DnsAttribute, NetworkReader } from './network-reader.ts';
import type { ActiveProbe } from './probe/active-probe.ts';

function missing(message: string): never {
  throw new Undetermined('depends_on_other_check', message);
}

function absent(what: string): never {
  throw new Undetermined('value_absent', `AWS gave no value for ${what}`);
}

/**
 * What was read of a VPC, unless the VPC does not exist: then that is the reason, whatever AWS said of the rest.
 * Both are asked for at once, since waiting for the VPC first would make every fact a second round trip.
 */
async function unlessMissing<Value>(
  vpcId: string,
  found: Promise<unknown>,
  reading: Promise<Value>,
): Promise<Value> {
  // Not lost: whoever waits for `reading` below gets its rejection.
  reading.catch(() => {});
  // A VPC that could not be looked up may well exist: that is for the checks of the VPC to report.
  const vpc = await found.catch(() => 'unknown');
  return vpc === undefined ? missing(`${vpcId} does not exist (see vpc_exists)`) : reading;
}

/** Looks each id up at most once, all at the same time. */
function eachOnce<Value>(read: (id: string) => Promise<Value>) {
  const known = new Map<string, () => Promise<Value>>();
  const lookUp = async (id: string): Promise<[string, Value]> => {
    const look = known.get(id) ?? once(() => read(id));
    known.set(id, look);
    return [id, await look()];
  };
  return async (ids: string[]): Promise<Map<string, Value>> => new Map(await Promise.all(ids.map(lookUp)));
}

const ipv4 = (ranges: string[]): Cidr[] => ranges.filter((range) => !range.includes(':')).map(parseCidr);

/** Facts about the network of a request, read when first asked for. */
export function networkFacts(
  request: NetworkVerifierRequest,
  network: NetworkReader,
  place: Place,
  activeProbe?: ActiveProbe,
): NetworkFacts {
  const { vpc_id: vpcId, requirements = {} } = request;
  const subnetIds = [...new Set(request.subnet_ids)];
  const findVpc = once(() => network.vpc(vpcId));
  const vpc = async () => (await findVpc()) ?? missing(`${vpcId} does not exist (see vpc_exists)`);
  const ofVpc = <Value>(read: () => Promise<Value>) => once(() => unlessMissing(vpcId, findVpc(), read()));
  const dns = (attribute: DnsAttribute) => ofVpc(() => network.vpcDnsAttribute(vpcId, attribute));
  const dnsAttributes = {
    enableDnsSupport: dns('enableDnsSupport'),
    enableDnsHostnames: dns('enableDnsHostnames'),
  };

  const facts: NetworkFacts = {
    ...place,
    vpcId,
    subnetIds,
    requestedSubnetIds: request.subnet_ids,
    requirements,
    activeProbe,
    findVpc,
    vpc,
    isShared: once(async () => ((await vpc()).OwnerId ?? place.account) !== place.account),
    dnsAttribute: async (attribute) =>
      (await dnsAttributes[attribute]()) ?? absent(`${attribute} of ${vpcId}`),
    subnets: once(() => network.subnets(subnetIds)),
    ownSubnets: ofVpc(async () => {
      const own = (await facts.subnets()).filter(({ VpcId }) => VpcId === vpcId);
      if (own.length > 0) return own;
      return missing(`none of the subnets is in ${vpcId} (see subnet_exists and subnets_same_vpc)`);
    }),
    vpcSubnets: ofVpc(() => network.subnetsOfVpc(vpcId)),
    routeTables: ofVpc(async () => {
      const tables = await network.routeTables(vpcId);
      // Every VPC has a main table: https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html
      return tables.length > 0 ? tables : absent(`the route tables of ${vpcId}`);
    }),
    natGateways: ofVpc(() => network.natGateways(vpcId)),
    networkAcls: ofVpc(() => network.networkAcls(vpcId)),
    endpoints: ofVpc(() => network.endpoints(vpcId)),
    securityGroups: ofVpc(() => network.securityGroupsOfVpc(vpcId)),
    additionalGroups: once(async () => {
      const ids = requirements.additional_security_group_ids ?? [];
      return ids.length > 0 ? network.securityGroups([...new Set(ids)]) : [];
    }),
    transitGatewayAttachments: ofVpc(() => network.transitGatewayAttachments(vpcId)),
    zones: once(() => network.zones()),
    routing: once(async () => {
      const [subnets, tables] = await Promise.all([facts.ownSubnets(), facts.routeTables()]);
      return routeSubnets(subnets, tables);
    }),
    classified: once(async () => {
      const [routing, gateways] = await Promise.all([facts.routing(), facts.internetGateways()]);
      return classifySubnets(routing, gateways);
    }),
    internetGateways: ofVpc(async () => {
      const gateways = await network.internetGateways(vpcId);
      const attached = gateways.flatMap(({ InternetGatewayId: id }) => id ?? []);
      // AWS shows a shared VPC's gateways to its owner alone; a route that works names an attached one.
      const routed = (await facts.isShared()) ? gatewaysInRoutes(await facts.routeTables()) : [];
      return new Set([...attached, ...routed]);
    }),
    dhcpOptions: once(async () => {
      const { DhcpOptionsId: id = absent(`the DHCP option set of ${vpcId}`) } = await vpc();
      // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateDhcpOptions.html
      if (id === 'default') return undefined;
      return (await network.dhcpOptions(id)) ?? absent(`the DHCP option set ${id}`);
    }),
    prefixLists: eachOnce(async (id) => ipv4(await network.prefixListRanges(id))),
  };
  return facts;
}
