import type { RouteTable, Vpc } from '@aws-sdk/client-ec2';
import type { NetworkRequirements } from '../../../schemas/generated/network-verifier-request.js';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { overlaps, parseCidr } from '../../../shared/network/cidr.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { canBeDefault } from '../routing.ts';

/** What a ROSA cluster takes when nothing else is asked for. */
const defaults = { service: '172.30.0.0/16', pod: '10.128.0.0/14' };

interface Range {
  what: string;
  cidr: string;
}

const collide = (a: Range, b: Range): boolean => overlaps(parseCidr(a.cidr), parseCidr(b.cidr));

const pairs = (ranges: Range[]): [Range, Range][] =>
  ranges.flatMap((a, index) => ranges.slice(index + 1).map((b): [Range, Range] => [a, b]));

function clusterRanges({ machine_cidr, service_cidr, pod_cidr }: NetworkRequirements): Range[] {
  return [
    ...(machine_cidr ? [{ what: 'machine CIDR', cidr: machine_cidr }] : []),
    { what: 'service CIDR', cidr: service_cidr ?? defaults.service },
    { what: 'pod CIDR', cidr: pod_cidr ?? defaults.pod },
  ];
}

const vpcRanges = (vpc: Vpc): Range[] =>
  (vpc.CidrBlockAssociationSet ?? [])
    .filter(({ CidrBlockState }) => CidrBlockState?.State === 'associated')
    .flatMap(({ CidrBlock: cidr }) => (cidr ? [{ what: 'VPC range', cidr }] : []));

/** What the VPC's tables route elsewhere: peered networks, offices behind a gateway. */
const routedRanges = (tables: RouteTable[]): Range[] =>
  tables.flatMap(({ Routes = [], RouteTableId }) =>
    Routes.filter((route) => route.GatewayId !== 'local' && !canBeDefault(route)).flatMap(
      ({ DestinationCidrBlock: cidr }) => (cidr ? [{ what: `route of ${RouteTableId}`, cidr }] : []),
    ),
  );

const describe = ([a, b]: [Range, Range]): string => `${a.what} ${a.cidr} overlaps the ${b.what} ${b.cidr}`;

const finding = (verdict: typeof failed, pair: [Range, Range], consequence: string): Finding =>
  verdict(`The ${describe(pair)}, ${consequence}`, { details: { ranges: pair.map(({ cidr }) => cidr) } });

/** The ranges of machines, services and pods share no address with one another nor with the network around. */
export const cidrOverlap: NetworkCheck = {
  name: 'cidr_overlap',
  run: async ({ requirements, vpc, routeTables }) => {
    const [theVpc, tables] = await Promise.all([vpc(), routeTables()]);
    const cluster = clusterRanges(requirements);
    const virtual = cluster.filter(({ what }) => what !== 'machine CIDR');
    const against = (others: Range[]) => virtual.flatMap((a) => others.map((b): [Range, Range] => [a, b]));
    const clashes = [...pairs(cluster), ...against(vpcRanges(theVpc))].filter(([a, b]) => collide(a, b));
    const shadows = against(routedRanges(tables)).filter(([a, b]) => collide(a, b));
    if (clashes.length + shadows.length === 0) {
      return [passed(`${cluster.map(({ what, cidr }) => `${what} ${cidr}`).join(', ')}: nothing overlaps`)];
    }
    return [
      ...clashes.map((pair) => finding(failed, pair, 'so the cluster cannot be made. Choose another range')),
      ...shadows.map((pair) => finding(warning, pair, 'so the cluster cannot reach what lies there')),
    ];
  },
};
