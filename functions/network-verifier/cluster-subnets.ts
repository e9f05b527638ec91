import type { RouteTable, Subnet } from '@aws-sdk/client-ec2';
import { type Finding, passed } from '../../shared/checks/check.ts';
import { type EffectiveRouteTable, effectiveRouteTable, isActive, isPublic, targetOf } from './routing.ts';
import { unroutedWarnings } from './unrouted.ts';

/** A subnet of the VPC and the table that routes its traffic. */
export interface RoutedSubnet extends EffectiveRouteTable {
  subnetId: string;
  subnet: Subnet;
}

/** How the subnets of the VPC are routed. */
export interface SubnetRouting {
  routed: RoutedSubnet[];
  /** Ids of subnets for which AWS shows no route table, as may happen in a shared VPC. */
  unrouted: string[];
}

export type SubnetKind = 'private' | 'public';

export interface ClassifiedSubnet extends RoutedSubnet {
  kind: SubnetKind;
}

/** The subnets told private from public. */
export interface ClassifiedSubnets {
  all: ClassifiedSubnet[];
  private: ClassifiedSubnet[];
  public: ClassifiedSubnet[];
  unrouted: string[];
}

/** Finds the table of each subnet. @param tables all tables of the VPC */
export function routeSubnets(subnets: Subnet[], tables: RouteTable[]): SubnetRouting {
  const routing: SubnetRouting = { routed: [], unrouted: [] };
  for (const subnet of subnets) {
    const { SubnetId: subnetId = '' } = subnet;
    const effective = effectiveRouteTable(tables, subnetId);
    if (effective) routing.routed.push({ subnetId, subnet, ...effective });
    else routing.unrouted.push(subnetId);
  }
  return routing;
}

export function classifySubnets(
  { routed, unrouted }: SubnetRouting,
  attachedGateways: Set<string>,
): ClassifiedSubnets {
  const all = routed.map((subnet): ClassifiedSubnet => {
    return { ...subnet, kind: isPublic(subnet.table, attachedGateways) ? 'public' : 'private' };
  });
  const of = (wanted: SubnetKind) => all.filter(({ kind }) => kind === wanted);
  return { all, private: of('private'), public: of('public'), unrouted };
}

/** Ids of the internet gateways that active routes lead to. */
export const gatewaysInRoutes = (tables: RouteTable[]): string[] =>
  tables
    .flatMap(({ Routes = [] }) => Routes.filter(isActive).map(targetOf))
    .filter(({ kind }) => kind === 'internet-gateway')
    .map(({ id }) => id);

/** The distinct availability zones of subnets. */
export const zonesOf = (subnets: { subnet: Subnet }[]): string[] => [
  ...new Set(subnets.flatMap(({ subnet }) => subnet.AvailabilityZone ?? [])),
];

/** What was found, or that nothing was; a subnet that could not be looked at keeps a check from passing. */
export function conclude(findings: Finding[], otherwise: string, unrouted: string[] = []): Finding[] {
  const all = [...findings, ...unroutedWarnings(unrouted)];
  return all.length > 0 ? all : [passed(otherwise)];
}
