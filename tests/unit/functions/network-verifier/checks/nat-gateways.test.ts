import type { NatGateway } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { natGatewayAz } from '../../../../../functions/network-verifier/checks/nat-gateway-az.ts';
import {
  natGatewayConnectivity,
  natGatewayPublicPath,
} from '../../../../../functions/network-verifier/checks/nat-gateway-path.ts';
import { natGatewayState } from '../../../../../functions/network-verifier/checks/nat-gateway-state.ts';
import { privateSubnetEgressRoute } from '../../../../../functions/network-verifier/checks/private-subnet-egress-route.ts';
import {
  defaultRoute,
  type Network,
  nat,
  natId,
  privateSubnet,
  privateSubnetId,
  privateTable,
  publicSubnet,
  publicSubnetId,
  publicTable,
  toIgw,
  toNat,
  verifyIn,
  vpc,
} from '../../../../support/fakes/network.ts';

const toTgw = { TransitGatewayId: 'tgw-1' };
const through = (rest: NatGateway, more: Partial<Network> = {}) => ({ natGateways: [nat(rest)], ...more });
const behind = (target: object) => ({
  routeTables: [privateTable(defaultRoute(toNat)), publicTable(defaultRoute(target))],
});

describe.each([natGatewayConnectivity, natGatewayPublicPath, natGatewayAz])('$name', (check) => {
  it('passes subnets that use none', async () => {
    const results = await verifyIn(check, { routeTables: [privateTable()] }, {}, [privateSubnetId]);
    expect(results).toMatchObject([{ status: 'passed' }]);
  });

  it('leaves a gateway that AWS does not show to nat_gateway_state', async () => {
    expect(await verifyIn(check, { natGateways: [] })).toMatchObject([
      { status: 'warning', resourceId: natId, details: { reason_code: 'depends_on_other_check' } },
    ]);
  });
});

describe('nat_gateway_connectivity', () => {
  it('passes a public gateway', async () => {
    expect(await verifyIn(natGatewayConnectivity, {})).toMatchObject([
      { status: 'passed', resourceId: natId },
    ]);
  });

  it.each([
    ['failed', toIgw],
    ['warning', toTgw],
  ])('is %s for a private gateway whose subnet routes to %j', async (status, target) => {
    const network = through({ ConnectivityType: 'private' }, behind(target));
    expect(await verifyIn(natGatewayConnectivity, network)).toMatchObject([{ status }]);
  });

  it('is not determined when AWS tells no type', async () => {
    expect(await verifyIn(natGatewayConnectivity, through({ ConnectivityType: undefined }))).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});

describe('nat_gateway_public_path', () => {
  it.each<[string, Partial<Network>]>([
    ['passed', {}],
    ['failed', behind(toTgw)],
    ['failed', behind({ ...toIgw, State: 'blackhole' })],
    ['failed', { internetGateways: [] }],
    ['failed', through({ SubnetId: privateSubnetId })],
  ])('is %s in case %#', async (status, network) => {
    expect(await verifyIn(natGatewayPublicPath, network, {}, [privateSubnetId])).toMatchObject([
      { status, resourceId: natId },
    ]);
  });

  it('leaves out a regional gateway', async () => {
    const results = await verifyIn(natGatewayPublicPath, through({ AvailabilityMode: 'regional' }));
    expect(results).toMatchObject([{ status: 'passed', message: expect.stringContaining('no NAT gateway') }]);
  });

  it('is not determined when its subnet has no table that AWS shows', async () => {
    const network = { routeTables: [privateTable(defaultRoute(toNat))] };
    expect(await verifyIn(natGatewayPublicPath, network, {}, [privateSubnetId])).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});

describe('nat_gateway_az', () => {
  it.each([
    ['passed', 'us-east-1a'],
    ['warning', 'us-east-1b'],
  ])('is %s for a private subnet of %s', async (status, AvailabilityZone) => {
    const subnets = [privateSubnet({ AvailabilityZone }), publicSubnet()];
    expect(await verifyIn(natGatewayAz, { subnets })).toMatchObject([
      { status, resourceId: natId, details: { availability_zone: 'us-east-1a', serves: [AvailabilityZone] } },
    ]);
  });

  it('knows the zone of a subnet that is not in the request', async () => {
    const network = { subnets: [privateSubnet()], otherSubnets: [publicSubnet()] };
    expect(await verifyIn(natGatewayAz, network, {}, [privateSubnetId])).toMatchObject([
      { status: 'passed' },
    ]);
  });

  it('is not determined when AWS tells no zone', async () => {
    const network = { subnets: [privateSubnet()] };
    expect(await verifyIn(natGatewayAz, network, {}, [privateSubnetId])).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });

  it('passes a regional gateway', async () => {
    expect(await verifyIn(natGatewayAz, through({ AvailabilityMode: 'regional' }))).toMatchObject([
      { status: 'passed' },
    ]);
  });
});

describe('in a VPC that another account shares', () => {
  const shared = { vpc: vpc({ OwnerId: '210987654321' }), natGateways: [], internetGateways: [] };

  it.each([natGatewayState, privateSubnetEgressRoute])(
    '$name warns about a gateway it is not shown',
    async (check) => {
      expect(await verifyIn(check, shared, {}, [privateSubnetId, publicSubnetId])).toMatchObject([
        { status: 'warning', details: { reason_code: 'value_absent' } },
      ]);
    },
  );
});
