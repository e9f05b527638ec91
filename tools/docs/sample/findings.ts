import type {
  EgressHop,
  EgressPath,
  NetworkValidationResult,
} from '../../../schemas/generated/network-verifier-result.js';
import {
  aclIds,
  gatewayId,
  idOf,
  letters,
  natId,
  privateSubnetId,
  privateTableId,
  publicSubnetId,
  publicTableId,
  sampleEndpointId,
  vpcId,
} from './topology.ts';

const hop = (
  direction: EgressHop['direction'],
  kind: EgressHop['kind'],
  resource_id: string,
  note: string,
  verdict: EgressHop['verdict'] = 'open',
): EgressHop => ({ direction, kind, resource_id, verdict, note });

const aclOf = (index: number): string => (index === 2 ? aclIds.strict : aclIds.common);

/** Out of a private subnet, up to the route that its table has for the internet. */
const beginning = (index: number): EgressHop[] => [
  hop('out', 'subnet', privateSubnetId(index), 'private'),
  hop('out', 'security-group', idOf('sg', 1), 'all traffic may leave'),
  hop('out', 'network-acl', aclOf(index), 'rule 100 allows tcp 443'),
];

const overNat = (index: number): EgressHop[] => [
  ...beginning(index),
  hop('out', 'route', privateTableId(index), `0.0.0.0/0 goes to ${natId(index)}`),
  hop('out', 'nat-gateway', natId(index), 'available'),
  hop('out', 'route', publicTableId, `0.0.0.0/0 goes to ${gatewayId}`),
  hop('out', 'internet-gateway', gatewayId, 'attached'),
];

const hopsOf: readonly EgressHop[][] = [
  [
    ...overNat(0),
    hop('back', 'nat-gateway', natId(0), 'the answer goes to the node it was asked by'),
    hop('back', 'network-acl', aclIds.common, 'rule 100 allows tcp 1024 to 65535'),
  ],
  [
    ...beginning(1),
    hop('out', 'route', privateTableId(1), `0.0.0.0/0 goes to ${natId(1)}`),
    hop('out', 'nat-gateway', natId(1), 'it is deleted', 'blocked'),
  ],
  [
    ...overNat(2),
    hop('back', 'nat-gateway', natId(2), 'the answer goes to the node it was asked by'),
    hop('back', 'network-acl', aclIds.strict, 'no rule lets in tcp 1024 to 65535', 'blocked'),
  ],
];

const overEndpoint = (index: number): EgressHop[] => [
  ...beginning(index),
  hop('out', 'route', privateTableId(index), `pl-63a5400a goes to ${sampleEndpointId}`),
  hop('out', 'vpc-endpoint', sampleEndpointId, 'available'),
];

/** The hosts of three groups. */
const groups: Record<string, string[]> = {
  images: ['registry.redhat.io', 'quay.io', 'cdn01.quay.io', 'registry.access.redhat.com'],
  updates: ['api.openshift.com', 'mirror.openshift.com'],
  telemetry: ['infogw.api.openshift.com', 'console.redhat.com', 'sso.redhat.com'],
};

const statusOf = { open: 'passed', blocked: 'failed', unknown: 'warning' } as const;

const endings: Record<number, string> = {
  1: `its route leads to ${natId(1)}, which is deleted. Create a NAT gateway in a public subnet and point the route at it`,
  2: `${aclIds.strict} lets no answer in. Allow tcp 1024 to 65535 from 0.0.0.0/0 in its inbound rules`,
};

function egress(index: number, group: string, hosts: string[], hops: EgressHop[]): NetworkValidationResult {
  const blocked = hops.some(({ verdict }) => verdict === 'blocked');
  const details: EgressPath = {
    subnet_id: privateSubnetId(index),
    endpoint_group: group,
    platform: 'aws-hcp',
    endpoints_version: '2026-11-22',
    hosts,
    verdict: blocked ? 'blocked' : 'open',
    hops,
  };
  const from = `From ${details.subnet_id} to ${group}`;
  return {
    check_name: 'egress_path',
    status: statusOf[details.verdict],
    message: blocked ? `${from}: ${endings[index]}` : `${from}: nothing that can be seen here is in the way`,
    resource_id: details.subnet_id,
    details: { ...details },
  };
}

const ways = letters.flatMap((_, index) => [
  ...Object.entries(groups).map(([group, hosts]) => egress(index, group, hosts, hopsOf[index] ?? [])),
  egress(index, 'aws-s3', ['s3.us-east-1.amazonaws.com'], overEndpoint(index)),
]);

const passed = (
  check_name: string,
  resource_id: string,
  message: string,
  details: Record<string, unknown> = {},
): NetworkValidationResult => ({ check_name, status: 'passed', message, resource_id, details });

/** What the verifier finds in the sample's VPC. */
export const sampleFindings: NetworkValidationResult[] = [
  passed('vpc_exists', vpcId, `${vpcId} is available`, { state: 'available', cidrs: ['10.0.0.0/16'] }),
  passed('vpc_dns', vpcId, 'DNS support and DNS hostnames are on'),
  ...letters.map((letter, index) =>
    passed(
      'subnet_exists',
      privateSubnetId(index),
      `${privateSubnetId(index)} is available in us-east-1${letter}`,
    ),
  ),
  {
    check_name: 'nat_gateway_state',
    status: 'failed',
    message: `${natId(1)} is deleted, so subnets that route through it have no way out. Create a NAT gateway in a public subnet and point the route at it`,
    resource_id: natId(1),
    details: { state: 'deleted', route_table_ids: [privateTableId(1)] },
  },
  {
    check_name: 'subnet_size',
    status: 'warning',
    message: `${privateSubnetId(0)} has 21 free addresses: enough for the nodes at creation, not for 12 nodes. Choose a larger subnet or a lower upper bound`,
    resource_id: privateSubnetId(0),
    details: { free_addresses: 21, needed_addresses: 14, needed_addresses_at_most: 27 },
  },
  {
    check_name: 'dhcp_options',
    status: 'warning',
    message: 'The DHCP options could not be read. Allow ec2:DescribeDhcpOptions to the role of the function',
    resource_id: idOf('dopt', 1),
    details: { reason_code: 'access_denied', missing_action: 'ec2:DescribeDhcpOptions' },
  },
  passed('internet_gateway_attached', gatewayId, `${gatewayId} is attached`, { vpc_id: vpcId }),
  ...letters.map((_, index) =>
    passed(
      'public_subnet_route',
      publicSubnetId(index),
      `${publicSubnetId(index)} sends internet traffic to ${gatewayId}`,
    ),
  ),
  ...ways,
];
