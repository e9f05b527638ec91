import type { Route, TransitGatewayVpcAttachment } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import { prefixListRoutes } from '../../../../../functions/network-verifier/checks/prefix-list-routes.ts';
import {
  internetGatewayAttached,
  publicSubnetRoute,
  zeroEgressNoInternet,
} from '../../../../../functions/network-verifier/checks/public-routing.ts';
import { routeTableResolved } from '../../../../../functions/network-verifier/checks/route-table-resolved.ts';
import { s3GatewayRoute } from '../../../../../functions/network-verifier/checks/s3-gateway.ts';
import { subnetClassification } from '../../../../../functions/network-verifier/checks/subnet-classification.ts';
import { tgwAttachment } from '../../../../../functions/network-verifier/checks/tgw-attachment.ts';
import {
  defaultRoute,
  endpoint,
  igwId,
  mainTable,
  mainTableId,
  privateSubnet,
  privateSubnetId,
  privateTable,
  privateTableId,
  publicSubnetId,
  publicTable,
  publicTableId,
  subnet,
  toIgw,
  toNat,
  verifyIn,
  vpc,
  vpcId,
} from '../../../../support/fakes/network.ts';

const justPrivate = [privateSubnetId];
const shared = vpc({ OwnerId: '210987654321' });
const routing = (...routes: Route[]) => ({ routeTables: [privateTable(...routes)] });

describe('route_table_resolved', () => {
  it('passes an own table and the main one, and tells which', async () => {
    const network = { routeTables: [mainTable(), publicTable()] };
    expect(await verifyIn(routeTableResolved, network)).toMatchObject([
      { status: 'passed', details: { route_table_id: mainTableId, route_table_by: 'main' } },
      { status: 'passed', details: { route_table_id: publicTableId, route_table_by: 'explicit' } },
    ]);
  });

  it.each([
    ['failed', vpc()],
    ['warning', shared],
  ])('is %s when a subnet has none', async (status, theVpc) => {
    const network = { routeTables: [publicTable()], vpc: theVpc };
    expect(await verifyIn(routeTableResolved, network, {}, justPrivate)).toMatchObject([
      { status, resourceId: privateSubnetId },
    ]);
  });
});

describe('internet_gateway_attached', () => {
  it('passes an attached gateway', async () => {
    expect(await verifyIn(internetGatewayAttached, {})).toMatchObject([
      { status: 'passed', resourceId: igwId },
    ]);
  });

  it('fails one that is not attached, with the command', async () => {
    const results = await verifyIn(internetGatewayAttached, { internetGateways: [] });
    expect(results).toMatchObject([{ status: 'failed', resourceId: igwId }]);
    expect(results[0]?.message).toContain(`--internet-gateway-id ${igwId} --vpc-id ${vpcId}`);
  });

  it('says nothing without such a route', async () => {
    expect(await verifyIn(internetGatewayAttached, {}, {}, justPrivate)).toEqual([]);
  });

  it('takes the gateway of an active route for attached where only the owner is shown it', async () => {
    const network = { internetGateways: [], vpc: shared };
    expect(await verifyIn(internetGatewayAttached, network)).toMatchObject([{ status: 'passed' }]);
  });
});

describe('public_subnet_route', () => {
  it.each([
    ['passed', publicSubnetId],
    ['failed', privateSubnetId],
  ])('is %s for %s', async (status, id) => {
    const results = await verifyIn(publicSubnetRoute, {}, { public_subnet_ids: [id] });
    expect(results).toMatchObject([{ status, resourceId: id }]);
  });

  it('warns about one that is not among the subnets', async () => {
    const results = await verifyIn(
      publicSubnetRoute,
      {},
      { public_subnet_ids: [publicSubnetId] },
      justPrivate,
    );
    expect(results).toMatchObject([{ status: 'warning', resourceId: publicSubnetId }]);
  });

  it('says nothing when the request names none', async () => {
    expect(await verifyIn(publicSubnetRoute, {})).toEqual([]);
  });
});

describe('subnet_classification of subnets with a declared role', () => {
  it('fails a public subnet that is meant to be private', async () => {
    const network = { routeTables: [privateTable(defaultRoute(toIgw)), publicTable(defaultRoute(toIgw))] };
    const requirements = { private_subnets_required: false, public_subnet_ids: [publicSubnetId] };
    const results = await verifyIn(subnetClassification, network, requirements);
    expect(results.map(({ status, resourceId }) => [status, resourceId])).toEqual([
      ['failed', privateSubnetId],
      ['passed', publicSubnetId],
    ]);
  });
});

describe('tgw_attachment', () => {
  const attachment = (rest: TransitGatewayVpcAttachment = {}): TransitGatewayVpcAttachment => ({
    TransitGatewayAttachmentId: 'tgw-attach-1',
    TransitGatewayId: 'tgw-1',
    State: 'available',
    SubnetIds: ['subnet-of-tgw'],
    ...rest,
  });
  const network = (attachments: TransitGatewayVpcAttachment[], zone = 'us-east-1a') => ({
    ...routing(defaultRoute({ TransitGatewayId: 'tgw-1' })),
    otherSubnets: [subnet('subnet-of-tgw', { AvailabilityZone: zone })],
    transitGatewayAttachments: attachments,
  });

  it('passes an attachment in the zones of the private subnets', async () => {
    expect(await verifyIn(tgwAttachment, network([attachment()]), {}, justPrivate)).toMatchObject([
      { status: 'passed', resourceId: 'tgw-attach-1' },
    ]);
  });

  it.each([
    ['no attachment', network([])],
    ['another gateway', network([attachment({ TransitGatewayId: 'tgw-2' })])],
    ['one that waits', network([attachment({ State: 'pendingAcceptance' })])],
    ['one without a state', network([attachment({ State: undefined })])],
    ['another zone', network([attachment()], 'us-east-1b')],
  ])('fails %s', async (_, given) => {
    expect(await verifyIn(tgwAttachment, given, {}, justPrivate)).toMatchObject([{ status: 'failed' }]);
  });

  it('warns in a VPC that another account shares', async () => {
    const given = { ...network([]), vpc: shared };
    expect(await verifyIn(tgwAttachment, given, {}, justPrivate)).toMatchObject([{ status: 'warning' }]);
  });

  it('says nothing when no default route leads to one', async () => {
    expect(await verifyIn(tgwAttachment, {})).toEqual([]);
  });
});

describe('zero_egress_no_internet', () => {
  const zero = { zero_egress: true };

  it.each([
    ['warning', [defaultRoute(toNat)]],
    ['warning', [defaultRoute(toIgw)]],
    ['passed', [defaultRoute({ ...toNat, State: 'blackhole' as const })]],
    ['passed', []],
  ])('is %s for %j', async (status, routes) => {
    expect(await verifyIn(zeroEgressNoInternet, routing(...routes), zero, justPrivate)).toMatchObject([
      { status },
    ]);
  });

  it('says nothing of a cluster with egress', async () => {
    expect(await verifyIn(zeroEgressNoInternet, {})).toEqual([]);
  });
});

describe('s3_gateway_route', () => {
  const byName = endpoint('s3', { VpcEndpointType: 'Interface', PrivateDnsEnabled: true });

  it.each([
    ['passed', {}, [endpoint('s3')]],
    ['passed', { zero_egress: true }, [endpoint('s3')]],
    ['warning', {}, []],
    ['failed', { zero_egress: true }, []],
    ['failed', { zero_egress: true }, [endpoint('s3', { RouteTableIds: ['rtb-other'] })]],
    ['failed', { zero_egress: true }, [endpoint('s3', { State: 'Failed' })]],
    ['warning', { zero_egress: true }, [byName]],
  ])('is %s for %j in case %#', async (status, requirements, endpoints) => {
    expect(await verifyIn(s3GatewayRoute, { endpoints }, requirements)).toMatchObject([
      { status, resourceId: privateTableId },
    ]);
  });

  it('passes when no subnet is private', async () => {
    expect(await verifyIn(s3GatewayRoute, {}, {}, [publicSubnetId])).toMatchObject([{ status: 'passed' }]);
  });
});

describe('prefix_list_routes', () => {
  const listed = (...ranges: string[]) => ({
    ...routing({ DestinationPrefixListId: 'pl-1', TransitGatewayId: 'tgw-1' }),
    prefixLists: { 'pl-1': ranges },
  });

  it.each([
    ['passed', ['192.168.0.0/16', '2001:db8::/32']],
    ['warning', ['192.168.0.0/16', '0.0.0.0/0']],
    ['warning', ['10.129.0.0/16']],
    ['warning', []],
  ])('is %s for a list of %j', async (status, ranges) => {
    const results = await verifyIn(prefixListRoutes, listed(...ranges), {}, justPrivate);
    expect(results).toMatchObject([
      { status, resourceId: privateTableId, details: { prefix_list_id: 'pl-1' } },
    ]);
  });

  it('says nothing of the list of a gateway endpoint, nor of tables without lists', async () => {
    const toS3 = { DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-s3' };
    expect(await verifyIn(prefixListRoutes, { ...routing(toS3), subnets: [privateSubnet()] })).toEqual([]);
  });
});
