import {
  AssociateRouteTableCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateOpenIDConnectProviderCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { LocalAws } from '../local-aws/local-aws.ts';
import {
  administrator,
  type CustomerAccount,
  prepareCustomerAccount,
} from '../tools/journey/customer-account.ts';
import type { Sizes } from './answers/answers.ts';
import { type AccountToMeasure, clusterId, thumbprint } from './cases.ts';

/** What the answers of the large account have copies of, until there are so many. */
export const largeListings: Sizes = { DescribeInstances: 5_000, DescribeNetworkInterfaces: 20_000 };

const subnets = 200;

const accountRoles = ['installer', 'support', 'worker'];
const operatorRoles = [
  'ingress',
  'image_registry',
  'storage',
  'network',
  'kube_controller',
  'node_pool',
  'control_plane',
  'kms',
];

/** Starts a few instances, which have network interfaces. */
async function startInstances(ec2: EC2Client, { privateSubnetIds }: CustomerAccount): Promise<void> {
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({}));
  const settings = { ImageId: Images[0]?.ImageId, InstanceType: 'm5.xlarge' } as const;
  for (const SubnetId of privateSubnetIds) {
    await ec2.send(new RunInstancesCommand({ ...settings, SubnetId, MinCount: 1, MaxCount: 1 }));
  }
}

/** Roles without policies and tags: what counts here is not what is found of them but what finding out takes. */
async function createRoles(iam: IAMClient, purposes: readonly string[]): Promise<Record<string, string>> {
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const create = async (purpose: string) => {
    const command = new CreateRoleCommand({ RoleName: `bench-${purpose}`, AssumeRolePolicyDocument: trust });
    const { Role } = await iam.send(command);
    return [purpose, Role?.Arn];
  };
  return Object.fromEntries(await Promise.all(purposes.map(create)));
}

/** A provider that lacks nothing of what the provisioner is asked for. */
async function createProvider(iam: IAMClient, Url: string): Promise<void> {
  await iam.send(
    new CreateOpenIDConnectProviderCommand({
      Url,
      ThumbprintList: [thumbprint],
      ClientIDList: ['openshift', 'sts.amazonaws.com'],
      Tags: [
        { Key: 'red-hat-managed', Value: 'true' },
        { Key: 'rosa_cluster_id', Value: clusterId },
      ],
    }),
  );
}

/** Makes a customer's account with a VPC, a few instances, and the roles and the provider of a cluster. */
export async function prepareSmallAccount(aws: LocalAws): Promise<AccountToMeasure> {
  const account = await prepareCustomerAccount(aws);
  const iam = new IAMClient(administrator(aws));
  const issuers = { present: 'https://oidc.example.com/present', absent: 'https://oidc.example.com/absent' };
  await startInstances(new EC2Client(administrator(aws)), account);
  await createProvider(iam, issuers.present);
  return {
    ...account,
    size: 'small',
    accountRoleArns: await createRoles(iam, accountRoles),
    operatorRoleArns: await createRoles(iam, operatorRoles),
    issuers,
  };
}

/** One more subnet with a route table of its own, which leads where those of the private subnets lead. */
async function addSubnet(ec2: EC2Client, { vpcId, natGatewayId }: CustomerAccount, number: number) {
  const CidrBlock = `10.0.${160 + Math.floor(number / 8)}.${(number % 8) * 32}/27`;
  const AvailabilityZone = ['us-east-1a', 'us-east-1b', 'us-east-1c'][number % 3];
  const [{ Subnet }, { RouteTable }] = await Promise.all([
    ec2.send(new CreateSubnetCommand({ VpcId: vpcId, CidrBlock, AvailabilityZone })),
    ec2.send(new CreateRouteTableCommand({ VpcId: vpcId })),
  ]);
  const RouteTableId = RouteTable?.RouteTableId;
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: Subnet?.SubnetId }));
  await ec2.send(
    new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: natGatewayId }),
  );
}

/** Fills the VPC of the small account up to 200 subnets and as many route tables; AWS allows no more of either. */
export async function enlarge(aws: LocalAws, account: AccountToMeasure): Promise<AccountToMeasure> {
  const ec2 = new EC2Client(administrator(aws));
  const present = account.privateSubnetIds.length + account.publicSubnetIds.length;
  for (let number = 0; number < subnets - present; number += 1) await addSubnet(ec2, account, number);
  // The small VPC has one table less than subnets.
  await ec2.send(new CreateRouteTableCommand({ VpcId: account.vpcId }));
  return { ...account, size: 'large' };
}
