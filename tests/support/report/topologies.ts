import fc from 'fast-check';
import type {
  EgressHop,
  EgressPath,
  NetworkTopology,
  TopologyGap,
} from '../../../schemas/generated/network-verifier-result.js';
import type { ReportFinding } from '../../../shared/report/report.ts';

const name = fc.option(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 255 }), fc.constant(' ')), {
  nil: undefined,
});
const state = fc.constantFrom('available', 'pending', 'failed', 'deleted');
const kind = fc.constantFrom('private', 'public', 'unknown');
const number = (most: number) => fc.nat({ max: most });

/** Leaves out what is undefined, as JSON does. */
const asJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

const targets = [
  'igw-0',
  'igw-1',
  'nat-0',
  'nat-1',
  'nat-2',
  'tgw-0',
  'eni-0',
  'vpce-0',
  'local',
  'subnet-0',
];

const route = fc.record({
  destination: fc.constantFrom('0.0.0.0/0', '10.0.0.0/16', 'pl-1'),
  target_kind: fc.constantFrom('internet-gateway', 'nat-gateway', 'network-interface'),
  target_id: fc.constantFrom(...targets),
  state: fc.constantFrom('active', 'blackhole'),
});

/** `subnet-0`, `subnet-1`, …: equal ids now and then, since AWS's answers are not ours. */
const idOf = (prefix: string, most: number) => number(most).map((one) => `${prefix}-${one}`);

/** Any topology of up to 50 subnets in up to 6 zones, with parts that are missing or lead nowhere. */
export const topologies: fc.Arbitrary<NetworkTopology> = fc
  .record({
    vpc: fc.record({
      id: fc.constant('vpc-0'),
      name,
      cidrs: fc.array(fc.constant('10.0.0.0/16'), { maxLength: 5 }),
    }),
    subnets: fc.array(
      fc.record({
        id: idOf('subnet', 60),
        name,
        cidr: fc.constantFrom('10.0.0.0/24', ''),
        zone: number(5).map((one) => `us-east-1${'abcdef'[one]}`),
        kind,
        requested: fc.boolean(),
        route_table_id: fc.option(idOf('rtb', 8), { nil: undefined }),
        network_acl_id: fc.option(idOf('acl', 2), { nil: undefined }),
      }),
      { maxLength: 50 },
    ),
    route_tables: fc.array(
      fc.record({ id: idOf('rtb', 8), name, main: fc.boolean(), routes: fc.array(route, { maxLength: 3 }) }),
      { maxLength: 8 },
    ),
    internet_gateways: fc.array(fc.record({ id: idOf('igw', 1) }), { maxLength: 2 }),
    nat_gateways: fc.array(
      fc.record({
        id: idOf('nat', 9),
        name,
        state,
        subnet_id: fc.option(idOf('subnet', 60), { nil: undefined }),
      }),
      { maxLength: 8 },
    ),
    transit_gateways: fc.array(fc.record({ id: idOf('tgw', 2), state }), { maxLength: 3 }),
    endpoints: fc.array(
      fc.record({
        id: idOf('vpce', 20),
        name,
        service: fc.constantFrom('com.amazonaws.us-east-1.s3', 'com.amazonaws.vpce.us-east-1.vpce-svc-1'),
        type: fc.constantFrom('Gateway', 'Interface'),
        state,
        subnet_ids: fc.constant<string[]>([]),
        route_table_ids: fc.constant<string[]>([]),
      }),
      { maxLength: 20 },
    ),
    not_determined: fc.constant<TopologyGap[]>([]),
  })
  .map(asJson);

const hops: fc.Arbitrary<EgressHop[]> = fc.array(
  fc.record({
    direction: fc.constantFrom('out', 'back'),
    kind: fc.constantFrom(
      'subnet',
      'security-group',
      'network-acl',
      'route',
      'nat-gateway',
      'internet-gateway',
      'transit-gateway',
      'vpc-endpoint',
      'other-target',
    ),
    resource_id: fc.constantFrom(...targets, 'acl-0', 'acl-1', 'rtb-0'),
    verdict: fc.constantFrom('open', 'blocked', 'unknown'),
    note: fc.string({ maxLength: 20 }),
  }),
  { maxLength: 8 },
);

/** Any ways out of subnets that may be there or not, in hops of any order. */
export const egressFindings: fc.Arbitrary<ReportFinding[]> = fc.array(
  fc
    .record({
      subnet_id: idOf('subnet', 60),
      endpoint_group: fc.constantFrom('images', 'updates'),
      platform: fc.constant('aws-hcp'),
      endpoints_version: fc.constant('2026-11-22'),
      hosts: fc.constant<string[]>(['quay.io']),
      verdict: fc.constantFrom('open', 'blocked', 'unknown'),
      hops,
    } satisfies Record<keyof Omit<EgressPath, 'reason_code'>, unknown>)
    .map((details) => ({
      check_name: 'egress_path',
      status: details.verdict === 'blocked' ? ('failed' as const) : ('passed' as const),
      message: 'what was found',
      resource_id: details.subnet_id,
      details,
    })),
  { maxLength: 12 },
);
