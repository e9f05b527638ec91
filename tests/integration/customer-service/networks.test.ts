import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteNatGatewayCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  ReplaceNetworkAclAssociationCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dependencies } from '../../../functions/network-verifier/dependencies.ts';
import { verifyNetwork } from '../../../functions/network-verifier/verify-network.ts';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import type { NetworkRequirements } from '../../../schemas/generated/network-verifier-request.js';
import { type EgressPath, validate } from '../../../schemas/generated/network-verifier-result.js';
import { administrator } from '../../../tools/journey/customer-account.ts';

const region = 'us-east-1';
const zones = ['a', 'b', 'c'].map((letter) => region + letter);

let aws: LocalAws;
let ec2: EC2Client;
let before: NodeJS.ProcessEnv;

beforeAll(async () => {
  aws = await startLocalAws();
  ec2 = new EC2Client(administrator(aws));
  before = { ...process.env };
  Object.assign(process.env, aws.environment);
}, 60_000);
afterAll(async () => {
  process.env = before;
  await aws?.close();
});

const given = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('the laptop AWS left out what it has made');
  return value;
};

/** A VPC of 10.0.0.0/16 with both DNS attributes on. */
async function vpc(): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = given(Vpc?.VpcId);
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsSupport: { Value: true } }));
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  return VpcId;
}

/** One subnet in each of three zones, tagged for load balancers. */
async function subnets(VpcId: string, third: number, role: 'elb' | 'internal-elb'): Promise<string[]> {
  const made = zones.map(async (AvailabilityZone, index) => {
    const CidrBlock = `10.0.${third + index}.0/24`;
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
    return given(Subnet?.SubnetId);
  });
  const ids = await Promise.all(made);
  const Tags = [{ Key: `kubernetes.io/role/${role}`, Value: '1' }];
  await ec2.send(new CreateTagsCommand({ Resources: ids, Tags }));
  return ids;
}

async function internetGateway(VpcId: string): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = given(InternetGateway?.InternetGatewayId);
  await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId }));
  return InternetGatewayId;
}

async function natGateway(SubnetId: string): Promise<string> {
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
  return given(NatGateway?.NatGatewayId);
}

/** A table of the subnets' own, with a default route when a target is given. */
async function table(VpcId: string, ids: string[], target?: object): Promise<string> {
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const RouteTableId = given(RouteTable?.RouteTableId);
  if (target)
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...target }));
  for (const SubnetId of ids) await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  return RouteTableId;
}

const endpoint = (VpcId: string, service: string, rest: object) =>
  ec2.send(
    new CreateVpcEndpointCommand({ VpcId, ServiceName: `com.amazonaws.${region}.${service}`, ...rest }),
  );

/** Three public and three private subnets, one NAT gateway for all zones, a gateway endpoint for S3. */
async function quickStart() {
  const vpcId = await vpc();
  const [publicIds, privateIds] = [await subnets(vpcId, 0, 'elb'), await subnets(vpcId, 100, 'internal-elb')];
  const gatewayId = await internetGateway(vpcId);
  const publicTableId = await table(vpcId, publicIds, { GatewayId: gatewayId });
  const natId = await natGateway(given(publicIds[0]));
  const privateTableId = await table(vpcId, privateIds, { NatGatewayId: natId });
  const s3 = await endpoint(vpcId, 's3', { VpcEndpointType: 'Gateway', RouteTableIds: [privateTableId] });
  const s3Id = given(s3.VpcEndpoint?.VpcEndpointId);
  return { vpcId, publicIds, privateIds, natId, gatewayId, publicTableId, privateTableId, s3Id };
}

/** Private subnets only; interface endpoints for sts and ECR that the VPC may talk to, and S3's gateway endpoint. */
async function zeroEgress() {
  const vpcId = await vpc();
  const privateIds = await subnets(vpcId, 100, 'internal-elb');
  const tableId = await table(vpcId, privateIds);
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({
      VpcId: vpcId,
      GroupName: 'endpoints',
      Description: 'HTTPS from the VPC',
    }),
  );
  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [https] }));
  const ofInterface = {
    VpcEndpointType: 'Interface',
    PrivateDnsEnabled: true,
    SubnetIds: privateIds,
    SecurityGroupIds: [given(GroupId)],
  };
  for (const service of ['sts', 'ecr.api', 'ecr.dkr']) await endpoint(vpcId, service, ofInterface);
  await endpoint(vpcId, 's3', { VpcEndpointType: 'Gateway', RouteTableIds: [tableId] });
  return { vpcId, privateIds };
}

const aclsOf = async (vpcId: string) => {
  const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
  const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  return NetworkAcls;
};

const everything = { Protocol: '-1', CidrBlock: '0.0.0.0/0', RuleAction: 'allow', RuleNumber: 100 } as const;

/** Gives a subnet an ACL of its own that lets everything through but TCP to some ports, one way. */
async function aclOf(vpcId: string, subnetId: string, closed: { Egress: boolean; from: number; to: number }) {
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: vpcId }));
  const NetworkAclId = given(NetworkAcl?.NetworkAclId);
  const { Egress, from: From, to: To } = closed;
  const deny = {
    ...everything,
    Protocol: '6',
    PortRange: { From, To },
    RuleAction: 'deny',
    RuleNumber: 90,
  } as const;
  for (const rule of [
    { ...everything, Egress: true },
    { ...everything, Egress: false },
    { ...deny, Egress },
  ]) {
    await ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, ...rule }));
  }
  const old = (await aclsOf(vpcId)).flatMap(({ Associations = [] }) => Associations);
  const AssociationId = given(old.find(({ SubnetId }) => SubnetId === subnetId)?.NetworkAclAssociationId);
  await ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
  return NetworkAclId;
}

/** What the verifier says: its findings that are not passed, as `check: status`, and all of them by check. */
async function verified(vpcId: string, ids: string[], requirements: NetworkRequirements = {}) {
  const invocation = { partition: 'aws', account: '123456789012', region, remainingMs: () => 60_000 };
  const request = { vpc_id: vpcId, subnet_ids: ids, requirements, include_topology: true };
  const result = await verifyNetwork({ ...dependencies((client) => client), invocation }, request);
  validate(result);
  expect(validate.errors ?? []).toEqual([]);
  const found = result.network_validation_results;
  const bad = found.filter(({ status }) => status !== 'passed');
  return {
    amiss: [...new Set(bad.map(({ check_name, status }) => `${check_name}: ${status}`))],
    of: (check: string) => found.filter(({ check_name }) => check_name === check),
    topology: given(result.topology),
  };
}

describe("the shape of Red Hat's quick start", () => {
  it('has nothing amiss but the one NAT gateway for all zones', async () => {
    const { vpcId, privateIds, publicIds } = await quickStart();
    const { amiss } = await verified(vpcId, [...privateIds, ...publicIds], {
      private: false,
      machine_cidr: '10.0.0.0/16',
      multi_az: true,
      node_count: 3,
    });
    expect(amiss).toEqual(['nat_gateway_az: warning']);
  });

  it('has an open way to every group of endpoints, by its NAT gateway or its endpoint for S3', async () => {
    const { vpcId, privateIds, natId, gatewayId, s3Id } = await quickStart();
    const { of } = await verified(vpcId, privateIds);
    const ways = of('egress_path').map(({ details }) => details as unknown as EgressPath);
    expect(ways.map(({ subnet_id, verdict }) => [subnet_id, verdict])).toEqual(
      privateIds.flatMap((id) => Array.from({ length: 5 }, () => [id, 'open'])),
    );
    const through = (group: string) =>
      ways
        .filter(({ endpoint_group }) => endpoint_group === group)
        .flatMap(({ hops }) => hops.map((hop) => hop.resource_id));
    expect(through('updates')).toEqual(expect.arrayContaining([natId, gatewayId]));
    expect(through('aws-s3')).toContain(s3Id);
    expect(through('aws-s3')).not.toContain(natId);
  });

  it.each([
    ['on the way out', { Egress: true, from: 443, to: 443 }, 'out'],
    ['on the way back', { Egress: false, from: 1024, to: 65535 }, 'back'],
  ])("names the network ACL of the NAT gateway's subnet that blocks %s", async (_, closed, direction) => {
    const { vpcId, privateIds, publicIds } = await quickStart();
    const aclId = await aclOf(vpcId, given(publicIds[0]), closed);
    const { amiss, of } = await verified(vpcId, privateIds);
    expect(amiss).toEqual(['nat_gateway_az: warning', 'egress_path: failed']);
    const blocked = of('egress_path').filter(({ status }) => status === 'failed');
    expect(blocked.map(({ resource_id }) => resource_id)).toEqual(
      privateIds.flatMap(() => Array.from({ length: 4 }, () => aclId)),
    );
    for (const { details } of blocked) {
      expect((details as unknown as EgressPath).hops.at(-1)).toMatchObject({
        direction,
        kind: 'network-acl',
      });
    }
  });

  it('names the network ACL of the one private subnet that keeps answers out', async () => {
    const { vpcId, privateIds } = await quickStart();
    const subnetId = given(privateIds[1]);
    const aclId = await aclOf(vpcId, subnetId, { Egress: false, from: 32768, to: 60999 });
    const { of } = await verified(vpcId, privateIds);
    const blocked = of('egress_path').filter(({ status }) => status === 'failed');
    expect(new Set(blocked.map(({ resource_id }) => resource_id))).toEqual(new Set([aclId]));
    expect(new Set(blocked.map(({ details }) => details.subnet_id))).toEqual(new Set([subnetId]));
  });

  it('has the topology that was built', async () => {
    const { vpcId, privateIds, publicIds, natId, gatewayId, publicTableId, privateTableId, s3Id } =
      await quickStart();
    const { topology } = await verified(vpcId, privateIds);
    const [acl] = await aclsOf(vpcId);
    const subnet = (id: string | undefined, kind: string, table: string) => ({
      id,
      kind,
      requested: kind === 'private',
      route_table_id: table,
      network_acl_id: acl?.NetworkAclId,
    });
    expect(topology).toMatchObject({
      vpc: { id: vpcId, cidrs: ['10.0.0.0/16'] },
      internet_gateways: [{ id: gatewayId }],
      nat_gateways: [{ id: natId, state: 'available', subnet_id: publicIds[0] }],
      transit_gateways: [],
      endpoints: [{ id: s3Id, type: 'Gateway', state: 'available', route_table_ids: [privateTableId] }],
      not_determined: [],
    });
    expect(topology.subnets).toHaveLength(4);
    expect(topology.subnets).toEqual(
      expect.arrayContaining([
        expect.objectContaining(subnet(publicIds[0], 'public', publicTableId)),
        ...privateIds.map((id) => expect.objectContaining(subnet(id, 'private', privateTableId))),
      ]),
    );
    const targets = topology.route_tables.map(({ id, routes }) => [
      id,
      routes.map((route) => route.target_id).sort(),
    ]);
    expect(Object.fromEntries(targets)).toEqual({
      [publicTableId]: ['local', gatewayId].sort(),
      [privateTableId]: ['local', natId, s3Id].sort(),
    });
  });

  it('fails where a route has lost its NAT gateway', async () => {
    const { vpcId, privateIds, natId } = await quickStart();
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: natId }));
    const { amiss, of } = await verified(vpcId, privateIds);
    expect(amiss).toEqual(
      expect.arrayContaining([
        'private_subnet_egress_route: failed',
        'route_blackhole: failed',
        'nat_gateway_state: failed',
      ]),
    );
    expect(of('route_blackhole')[0]?.message).toContain(natId);
  });

  it('fails where a network ACL denies HTTPS, and names the rule', async () => {
    const { vpcId, privateIds } = await quickStart();
    const [acl] = await aclsOf(vpcId);
    const NetworkAclId = given(acl?.NetworkAclId);
    await ec2.send(
      new CreateNetworkAclEntryCommand({
        NetworkAclId,
        RuleNumber: 90,
        RuleAction: 'deny',
        Egress: true,
        Protocol: '6',
        PortRange: { From: 443, To: 443 },
        CidrBlock: '0.0.0.0/0',
      }),
    );
    const { amiss, of } = await verified(vpcId, privateIds);
    expect(amiss).toEqual([
      'nat_gateway_az: warning',
      'nacl_egress_443: failed',
      'nacl_intra_vpc: failed',
      'egress_path: failed',
    ]);
    expect(of('nacl_egress_443')).toMatchObject([
      { resource_id: NetworkAclId, details: { denied_by_rules: [90], subnet_ids: privateIds } },
    ]);
  });
});

describe('public subnets', () => {
  it('that are taken for private ones are told apart', async () => {
    const { vpcId, publicIds } = await quickStart();
    const { amiss, of } = await verified(vpcId, publicIds, { private: true });
    expect(amiss).toEqual(expect.arrayContaining(['subnet_count: failed', 'subnet_classification: failed']));
    expect(of('subnet_count')[0]?.message).toContain(given(publicIds[0]));
  });

  it('are public by the main table, too', async () => {
    const vpcId = await vpc();
    const ids = await subnets(vpcId, 0, 'elb');
    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [vpcId] }] }),
    );
    const RouteTableId = given(RouteTables?.[0]?.RouteTableId);
    const GatewayId = await internetGateway(vpcId);
    await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId }));
    const { of } = await verified(vpcId, ids, { private_subnets_required: false });
    expect(of('subnet_classification').map(({ details }) => details)).toEqual(
      ids.map(() => ({ classification: 'public', route_table_id: RouteTableId, route_table_by: 'main' })),
    );
  });
});

describe('a zero-egress VPC', () => {
  const requirements = { zero_egress: true, private: true };

  it('with its endpoints has nothing amiss', async () => {
    const { vpcId, privateIds } = await zeroEgress();
    const { amiss, of } = await verified(vpcId, privateIds, requirements);
    expect(amiss).toEqual([]);
    for (const check of ['vpce_sts', 'vpce_s3_gateway', 's3_gateway_route', 'vpce_security_group'])
      expect(of(check).length).toBeGreaterThan(0);
  });

  it('without them fails for each, with the command that makes it', async () => {
    const vpcId = await vpc();
    const privateIds = await subnets(vpcId, 100, 'internal-elb');
    const { amiss, of } = await verified(vpcId, privateIds, requirements);
    expect(amiss).toEqual(
      ['s3_gateway_route', 'vpce_sts', 'vpce_ecr_api', 'vpce_ecr_dkr', 'vpce_s3_gateway', 'egress_path'].map(
        (check) => `${check}: failed`,
      ),
    );
    expect(of('vpce_sts')[0]?.message).toContain(
      `aws ec2 create-vpc-endpoint --vpc-id ${vpcId} --vpc-endpoint-type Interface --service-name com.amazonaws.${region}.sts`,
    );
  });

  it('is no such thing with a NAT gateway', async () => {
    const { vpcId, privateIds } = await quickStart();
    const { of } = await verified(vpcId, privateIds, requirements);
    expect(of('zero_egress_no_internet').map(({ status }) => status)).toEqual(
      privateIds.map(() => 'warning'),
    );
  });
});
