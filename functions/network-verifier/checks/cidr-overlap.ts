import type { RouteTable } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { overlaps, parseCidr } from '../../../shared/network/cidr.ts';
import { clusterRanges, type NamedRange, vpcRanges } from '../cluster-needs.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';
import { canBeDefault } from '../routing.ts';

const collide = (a: NamedRange, b: NamedRange): boolean => overlaps(parseCidr(a.cidr), parseCidr(b.cidr));

const pairs = (ranges: NamedRange[]): [NamedRange, NamedRange][] =>
  ranges.flatMap((a, index) => ranges.slice(index + 1).map((b): [NamedRange, NamedRange] => [a, b]));

/** What the VPC's tables route elsewhere: peered networks, offices behind a gateway. */
const routedRanges = (tables: RouteTable[]): NamedRange[] =>
  tables.flatMap(({ Routes = [], RouteTableId }) =>
    Routes.filter((route) => route.GatewayId !== 'local' && !canBeDefault(route)).flatMap(
      ({ DestinationCidrBlock: cidr }) => (cidr ? [{ what: `route of ${RouteTableId}`, cidr }] : []),
    ),
  );

const describe = ([a, b]: [NamedRange, NamedRange]): string =>
  `${a.what} ${a.cidr} overlaps the ${b.what} ${b.cidr}`;

const finding = (verdict: typeof failed, pair: [NamedRange, NamedRange], consequence: string): Finding =>
  verdict(`The ${describe(pair)}, ${consequence}`, { details: { ranges: pair.map(({ cidr }) => cidr) } });

/** The ranges of machines, services and pods share no address with one another nor with the network around. */
export const cidrOverlap: NetworkCheck = {
  name: 'cidr_overlap',
  what: 'the ranges of nodes, services and pods share no address with one another nor with the network around',
  actions: [reads.vpc, reads.routeTables],
  rule: 'Fails when two ranges of the cluster overlap, or the VPC has addresses of the services or pods. Warns when a route of the VPC leads to addresses that services or pods will hide.',
  remedy: 'Choose other ranges with --service-cidr, --pod-cidr or --machine-cidr',
  run: async ({ requirements, vpc, routeTables }) => {
    const [theVpc, tables] = await Promise.all([vpc(), routeTables()]);
    const cluster = clusterRanges(requirements);
    const virtual = cluster.filter(({ what }) => what !== 'machine CIDR');
    const against = (others: NamedRange[]) =>
      virtual.flatMap((a) => others.map((b): [NamedRange, NamedRange] => [a, b]));
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
