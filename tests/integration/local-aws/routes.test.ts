import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DescribeRouteTablesCommand,
  DetachInternetGatewayCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { type Clients, clientsFor } from './support.ts';

const ANYWHERE = '0.0.0.0/0';

let aws: LocalAws;
let ec2: Clients['ec2'];
let VpcId: string | undefined;
let SubnetId: string | undefined;

beforeAll(async () => {
  aws = await startLocalAws();
  ({ ec2 } = clientsFor(aws));
  ({ VpcId } = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc ?? {});
  const subnet = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
  ({ SubnetId } = subnet.Subnet ?? {});
});
afterAll(() => aws.close());

/** A new route table whose default route leads to a gateway; its id. */
async function routeTo(target: { NatGatewayId?: string; GatewayId?: string }): Promise<string> {
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const { RouteTableId = '' } = RouteTable ?? {};
  await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: ANYWHERE, ...target }));
  return RouteTableId;
}

/** The state of every route of a table, by its destination. */
async function states(id: string): Promise<Record<string, string | undefined>> {
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [id] }));
  const routes = RouteTables?.[0]?.Routes ?? [];
  return Object.fromEntries(
    routes.map(({ DestinationCidrBlock, State }) => [DestinationCidrBlock ?? '', State]),
  );
}

const withDefault = (state: string) => ({ '10.0.0.0/16': 'active', [ANYWHERE]: state });

describe('a route', () => {
  it('to a NAT gateway becomes a blackhole when the NAT gateway is deleted', async () => {
    const made = await ec2.send(new CreateNatGatewayCommand({ SubnetId, ConnectivityType: 'private' }));
    const NatGatewayId = made.NatGateway?.NatGatewayId ?? '';
    const table = await routeTo({ NatGatewayId });
    expect(await states(table)).toEqual(withDefault('active'));
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect(await states(table)).toEqual(withDefault('blackhole'));
  });

  it('to an internet gateway works only while that is attached', async () => {
    const made = await ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = made.InternetGateway?.InternetGatewayId ?? '';
    const gateway = { InternetGatewayId, VpcId };
    await ec2.send(new AttachInternetGatewayCommand(gateway));
    const table = await routeTo({ GatewayId: InternetGatewayId });
    expect(await states(table)).toEqual(withDefault('active'));
    await ec2.send(new DetachInternetGatewayCommand(gateway));
    expect(await states(table)).toEqual(withDefault('blackhole'));
    await ec2.send(new AttachInternetGatewayCommand(gateway));
    expect(await states(table)).toEqual(withDefault('active'));
    await ec2.send(new DetachInternetGatewayCommand(gateway));
    await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId }));
    expect(await states(table)).toEqual(withDefault('blackhole'));
  });
});
