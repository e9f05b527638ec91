import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateServiceLinkedRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { LocalAws } from '../../local-aws/local-aws.ts';

/** A customer's account on the laptop, made ready for a cluster. */
export interface CustomerAccount {
  vpcId: string;
  privateSubnetIds: string[];
  publicSubnetIds: string[];
  natGatewayId: string;
}

const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

const present = <Value>(value: Value | undefined, what: string): Value => {
  if (value === undefined) throw new Error(`the laptop AWS answered without ${what}`);
  return value;
};

/** The laptop AWS, and credentials of one of its accounts. */
export type AwsOfAccount = Pick<LocalAws, 'url' | 'environment'>;

/** SDK settings for an administrator of the laptop AWS, or of one of its accounts. */
export const administrator = ({ url, environment }: AwsOfAccount) => ({
  endpoint: url,
  region: 'us-east-1',
  credentials: {
    accessKeyId: present(environment.AWS_ACCESS_KEY_ID, 'an access key'),
    secretAccessKey: present(environment.AWS_SECRET_ACCESS_KEY, 'a secret key'),
    ...(environment.AWS_SESSION_TOKEN && { sessionToken: environment.AWS_SESSION_TOKEN }),
  },
});

async function createVpc(ec2: EC2Client): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const vpcId = present(Vpc?.VpcId, 'a VPC');
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsSupport: { Value: true } }));
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpcId, EnableDnsHostnames: { Value: true } }));
  return vpcId;
}

/** One subnet in each zone, with the tag by which load balancers find it. */
const createSubnets = (
  ec2: EC2Client,
  vpcId: string,
  cidrs: string[],
  role: 'elb' | 'internal-elb',
): Promise<string[]> =>
  Promise.all(
    cidrs.map(async (cidr, index) => {
      const command = new CreateSubnetCommand({
        VpcId: vpcId,
        CidrBlock: cidr,
        AvailabilityZone: zones[index],
        TagSpecifications: [
          { ResourceType: 'subnet', Tags: [{ Key: `kubernetes.io/role/${role}`, Value: '1' }] },
        ],
      });
      return present((await ec2.send(command)).Subnet?.SubnetId, 'a subnet');
    }),
  );

async function createInternetGateway(ec2: EC2Client, vpcId: string): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const id = present(InternetGateway?.InternetGatewayId, 'an internet gateway');
  await ec2.send(new AttachInternetGatewayCommand({ VpcId: vpcId, InternetGatewayId: id }));
  return id;
}

async function createNatGateway(ec2: EC2Client, subnetId: string): Promise<string> {
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId: subnetId, AllocationId }));
  return present(NatGateway?.NatGatewayId, 'a NAT gateway');
}

/** Gives the subnets a route table of their own whose default route leads to the target. */
async function routeToInternet(
  ec2: EC2Client,
  vpcId: string,
  subnetIds: string[],
  target: { GatewayId: string } | { NatGatewayId: string },
): Promise<string> {
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }));
  const RouteTableId = present(RouteTable?.RouteTableId, 'a route table');
  await ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...target }));
  await Promise.all(
    subnetIds.map((SubnetId) => ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }))),
  );
  return RouteTableId;
}

/** Gives each private subnet a NAT gateway of its zone; answers the first. */
async function routePrivateSubnets(
  ec2: EC2Client,
  vpcId: string,
  privateSubnetIds: string[],
  publicSubnetIds: string[],
): Promise<string> {
  const natGatewayIds: string[] = [];
  const tableIds: string[] = [];
  for (const [index, subnetId] of privateSubnetIds.entries()) {
    const id = await createNatGateway(ec2, present(publicSubnetIds[index], 'a public subnet'));
    natGatewayIds.push(id);
    tableIds.push(await routeToInternet(ec2, vpcId, [subnetId], { NatGatewayId: id }));
  }
  const ServiceName = 'com.amazonaws.us-east-1.s3';
  await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpcId,
      VpcEndpointType: 'Gateway',
      ServiceName,
      RouteTableIds: tableIds,
    }),
  );
  return present(natGatewayIds[0], 'a NAT gateway');
}

/** Sets an applied quota, as AWS would after granting an increase. */
export async function grantQuota(
  { url }: Pick<LocalAws, 'url'>,
  serviceCode: string,
  quotaCode: string,
  value: number,
): Promise<void> {
  const body = JSON.stringify({ serviceCode, quotaCode, value });
  const response = await fetch(`${url}/_local-aws/quotas`, { method: 'PUT', body });
  if (!response.ok) throw new Error(`the quota ${quotaCode} could not be set: ${await response.text()}`);
}

/** Quotas that a new account has less of than Red Hat documents as the minimum: vCPUs, and TiB of each kind of volume. */
const grantedQuotas: [service: string, code: string, value: number][] = [
  ['ec2', 'L-1216C47A', 100],
  ['ebs', 'L-7A658B76', 300],
  ['ebs', 'L-D18FCD1D', 300],
  ['ebs', 'L-FD252861', 300],
];

/**
 * Makes what a customer has before the first cluster: a VPC over three zones with a NAT gateway in each, the quotas
 * that Red Hat documents, and the service-linked role of Elastic Load Balancing.
 */
export async function prepareCustomerAccount(aws: AwsOfAccount): Promise<CustomerAccount> {
  const ec2 = new EC2Client(administrator(aws));
  const vpcId = await createVpc(ec2);
  const publicSubnetIds = await createSubnets(
    ec2,
    vpcId,
    ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'],
    'elb',
  );
  const privateSubnetIds = await createSubnets(
    ec2,
    vpcId,
    ['10.0.64.0/19', '10.0.96.0/19', '10.0.128.0/19'],
    'internal-elb',
  );
  await routeToInternet(ec2, vpcId, publicSubnetIds, { GatewayId: await createInternetGateway(ec2, vpcId) });
  const natGatewayId = await routePrivateSubnets(ec2, vpcId, privateSubnetIds, publicSubnetIds);
  for (const [service, code, value] of grantedQuotas) await grantQuota(aws, service, code, value);
  await new IAMClient(administrator(aws)).send(
    new CreateServiceLinkedRoleCommand({ AWSServiceName: 'elasticloadbalancing.amazonaws.com' }),
  );
  return { vpcId, publicSubnetIds, privateSubnetIds, natGatewayId };
}
