import type {
  NetworkTopology,
  TopologyEndpoint,
  TopologyRoute,
  TopologySubnet,
} from '../../../schemas/generated/network-verifier-result.js';

/** An id as AWS gives them: 17 hexadecimal digits, here of a number. */
export const idOf = (kind: string, number: number): string =>
  `${kind}-0${number.toString(16).padStart(2, '0')}1b2c3d4e5f607`.padEnd(kind.length + 18, '1');

export const letters = ['a', 'b', 'c'] as const;
export const vpcId = idOf('vpc', 1);
export const gatewayId = idOf('igw', 1);
export const aclIds = { common: idOf('acl', 1), strict: idOf('acl', 2) } as const;
const s3ListId = 'pl-63a5400a';
const s3EndpointId = idOf('vpce', 1);
export const publicTableId = idOf('rtb', 1);
export const privateTableId = (index: number): string => idOf('rtb', 16 + index);
export const publicSubnetId = (index: number): string => idOf('subnet', index);
export const privateSubnetId = (index: number): string => idOf('subnet', 16 + index);
export const natId = (index: number): string => idOf('nat', index);

const local: TopologyRoute = {
  destination: '10.0.0.0/16',
  target_kind: 'local',
  target_id: 'local',
  state: 'active',
};

const publicSubnet = (letter: string, index: number): TopologySubnet => ({
  id: publicSubnetId(index),
  name: `shop-public-${letter}`,
  cidr: `10.0.${index}.0/24`,
  zone: `us-east-1${letter}`,
  kind: 'public',
  requested: true,
  route_table_id: publicTableId,
  network_acl_id: aclIds.common,
});

const privateSubnet = (letter: string, index: number): TopologySubnet => ({
  ...publicSubnet(letter, index),
  id: privateSubnetId(index),
  name: `shop-private-${letter}`,
  cidr: `10.0.${100 + index}.0/24`,
  kind: 'private',
  route_table_id: privateTableId(index),
  network_acl_id: index === 2 ? aclIds.strict : aclIds.common,
});

/** Zone b's NAT gateway was deleted, and its table still names it. */
const privateTable = (letter: string, index: number) => ({
  id: privateTableId(index),
  name: `shop-private-${letter}`,
  main: false,
  routes: [
    local,
    { destination: s3ListId, target_kind: 'vpc-endpoint', target_id: s3EndpointId, state: 'active' },
    {
      destination: '0.0.0.0/0',
      target_kind: 'nat-gateway',
      target_id: natId(index),
      state: index === 1 ? 'blackhole' : 'active',
    },
  ],
});

const interfaceEndpoint = (service: string, number: number): TopologyEndpoint => ({
  id: idOf('vpce', number),
  service: `com.amazonaws.us-east-1.${service}`,
  type: 'Interface',
  state: 'available',
  subnet_ids: letters.map((_, index) => privateSubnetId(index)),
  route_table_ids: [],
});

/** A VPC over three zones with a NAT gateway in each, one of which was deleted. */
export const sampleTopology: NetworkTopology = {
  vpc: { id: vpcId, name: 'shop', cidrs: ['10.0.0.0/16'] },
  subnets: [...letters.map(publicSubnet), ...letters.map(privateSubnet)],
  route_tables: [
    {
      id: publicTableId,
      name: 'shop-public',
      main: true,
      routes: [
        local,
        {
          destination: '0.0.0.0/0',
          target_kind: 'internet-gateway',
          target_id: gatewayId,
          state: 'active',
        },
      ],
    },
    ...letters.map(privateTable),
  ],
  internet_gateways: [{ id: gatewayId }],
  nat_gateways: letters.map((letter, index) => ({
    id: natId(index),
    name: `shop-nat-${letter}`,
    state: index === 1 ? 'deleted' : 'available',
    subnet_id: publicSubnetId(index),
  })),
  transit_gateways: [{ id: idOf('tgw', 1), attachment_id: idOf('tgw-attach', 1), state: 'available' }],
  endpoints: [
    {
      id: s3EndpointId,
      name: 'shop-s3',
      service: 'com.amazonaws.us-east-1.s3',
      type: 'Gateway',
      state: 'available',
      subnet_ids: [],
      route_table_ids: letters.map((_, index) => privateTableId(index)),
    },
    interfaceEndpoint('sts', 2),
    interfaceEndpoint('ecr.api', 3),
  ],
  not_determined: [],
};

export const sampleEndpointId = s3EndpointId;
