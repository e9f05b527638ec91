import type { PreflightCheckerRequest } from '../../../schemas/generated/preflight-checker-request.js';
import { fakeRole, iamSummary } from '../fakes/account.ts';
import { managedPolicies, namedRoles, providerArn, rosaRoles } from '../fakes/cluster-roles.ts';
import { type Answers, Refusal } from './fake-aws.ts';

const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
const types = ['m5.xlarge', 'p4d.24xlarge'];
const vpcId = 'vpc-0a1b2c3d';

/** Codes of the quotas a cluster takes something of, by service, as ListServiceQuotas gives them. */
const listed: Record<string, string[]> = {
  ebs: ['L-7A658B76', 'L-D18FCD1D', 'L-FD252861', 'L-B3A130E6', 'L-309BACF6'],
  elasticloadbalancing: ['L-69A177A2', 'L-E9E9831D', 'L-53DA6B97'],
  // Internet gateways are not among them: a quota that was never raised may be left out.
  vpc: ['L-F678F1CE', 'L-DF5E4CA3', 'L-E79EC296', 'L-2AFB9258', 'L-29B6F2EB', 'L-1B52E74A', 'L-FE5A380F'],
};

/** Snapshots are counted only when there may be few; there is plenty of anything else. */
const values: Record<string, number> = { 'L-309BACF6': 9_999 };

const quota = (QuotaCode: string) => ({ QuotaCode, Value: values[QuotaCode] ?? 1_000_000 });

/** The code of a quota that has no value of the account's own. */
const neverRaised = 'L-0263D0A3';

const roles = [
  ...rosaRoles(),
  fakeRole('AWSServiceRoleForElasticLoadBalancing'),
  fakeRole('AWSServiceRoleForEC2Spot'),
];

function roleNamed(name = '') {
  const role = roles.find((one) => one.name === name);
  if (!role) throw new Refusal('NoSuchEntity', 404);
  return {
    RoleName: role.name,
    Path: '/',
    RoleId: 'AROA1',
    CreateDate: '2026-01-01T00:00:00Z',
    Arn: role.arn,
    AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
    Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** An account that has what the cluster of `preflightRequest` needs. */
export const healthyAccount: Answers = {
  'ec2:DescribeRegions': () => ({
    Regions: [{ RegionName: 'us-east-1', OptInStatus: 'opt-in-not-required' }],
  }),
  'ec2:DescribeAvailabilityZones': () => ({
    AvailabilityZones: zones.map((ZoneName) => ({
      ZoneName,
      ZoneType: 'availability-zone',
      State: 'available',
      OptInStatus: 'opt-in-not-required',
    })),
  }),
  'ec2:DescribeInstanceTypes': () => ({
    InstanceTypes: types.map((InstanceType, index) => ({
      InstanceType,
      VCpuInfo: { DefaultVCpus: index === 0 ? 4 : 96 },
      ProcessorInfo: { SupportedArchitectures: ['x86_64'] },
    })),
  }),
  'ec2:DescribeInstanceTypeOfferings': () => ({
    InstanceTypeOfferings: types.flatMap((InstanceType) =>
      zones.map((Location) => ({ InstanceType, Location, LocationType: 'availability-zone' })),
    ),
  }),
  'ec2:DescribeCapacityReservations': () => ({
    CapacityReservations: [
      {
        CapacityReservationId: 'cr-0a1b2c3d4e5f60718',
        ReservationType: 'default',
        State: 'active',
        InstanceType: 'm5.xlarge',
        AvailabilityZone: 'us-east-1a',
        TotalInstanceCount: 10,
        AvailableInstanceCount: 9,
      },
    ],
  }),
  'ec2:DescribeImages': () => ({ Images: [{ ImageId: 'ami-01234567', OwnerId: '531415883065' }] }),
  'ec2:GetEbsEncryptionByDefault': () => ({ EbsEncryptionByDefault: true }),
  'ec2:GetEbsDefaultKmsKeyId': () => ({ KmsKeyId: 'alias/aws/ebs' }),
  'ec2:DescribeInstances': () => ({
    Reservations: [
      { Instances: [{ InstanceId: 'i-1', InstanceType: 'm5.xlarge', Placement: { Tenancy: 'default' } }] },
      {
        Instances: [
          {
            InstanceId: 'i-2',
            InstanceType: 'p4d.24xlarge',
            CpuOptions: { CoreCount: 48, ThreadsPerCore: 2 },
          },
          { InstanceId: 'i-3', InstanceType: 'm5.xlarge', InstanceLifecycle: 'spot' },
        ],
      },
    ],
  }),
  'ec2:DescribeVolumes': () => ({
    Volumes: [
      { VolumeType: 'gp3', Size: 300, Iops: 3_000 },
      { VolumeType: 'gp2', Size: 100, Iops: 300 },
      { VolumeType: 'io1', Size: 100, Iops: 1_000 },
    ],
  }),
  'ec2:DescribeSnapshots': () => ({ Snapshots: [{ SnapshotId: 'snap-1' }, { SnapshotId: 'snap-2' }] }),
  'ec2:DescribeAddresses': () => ({ Addresses: [{ AllocationId: 'eipalloc-1' }] }),
  'ec2:DescribeVpcs': () => ({ Vpcs: [{ VpcId: vpcId }, { VpcId: 'vpc-1' }] }),
  'ec2:DescribeInternetGateways': () => ({ InternetGateways: [{ InternetGatewayId: 'igw-1' }] }),
  'ec2:DescribeSecurityGroups': () => ({ SecurityGroups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }] }),
  'ec2:DescribeNetworkInterfaces': () => ({
    NetworkInterfaces: ['ELB net/a/1', 'ELB app/b/2', 'ELB c', ''].map((Description, index) => ({
      NetworkInterfaceId: `eni-${index}`,
      AvailabilityZone: 'us-east-1a',
      Description,
    })),
  }),
  'ec2:DescribeVpcEndpoints': () => ({
    VpcEndpoints: ['Gateway', 'Interface'].map((VpcEndpointType) => ({ VpcEndpointType, VpcId: vpcId })),
  }),
  'ec2:DescribeNatGateways': () => ({ NatGateways: [{ NatGatewayId: 'nat-1', SubnetId: 'subnet-1' }] }),
  'ec2:DescribeSubnets': () => ({ Subnets: [{ SubnetId: 'subnet-1', AvailabilityZone: 'us-east-1a' }] }),
  'servicequotas:GetServiceQuota': ({ QuotaCode = '' }) => {
    if (QuotaCode === neverRaised) throw new Refusal('NoSuchResourceException', 400);
    return { Quota: quota(QuotaCode) };
  },
  'servicequotas:ListServiceQuotas': ({ ServiceCode = '' }) => ({ Quotas: listed[ServiceCode]?.map(quota) }),
  'servicequotas:GetAWSDefaultServiceQuota': ({ QuotaCode = '' }) => ({ Quota: quota(QuotaCode) }),
  'iam:GetAccountSummary': () => ({ SummaryMap: iamSummary }),
  'iam:ListOpenIDConnectProviders': () => ({ OpenIDConnectProviderList: [{ Arn: providerArn }] }),
  'iam:GetOpenIDConnectProvider': () => ({
    ClientIDList: ['openshift', 'sts.amazonaws.com'],
    Tags: [{ Key: 'red-hat-managed', Value: 'true' }],
  }),
  'iam:GetRole': ({ RoleName }) => ({ Role: roleNamed(RoleName) }),
  'iam:ListAttachedRolePolicies': ({ RoleName = '' }) => ({
    IsTruncated: false,
    AttachedPolicies: managedPolicies[RoleName]?.map((PolicyArn) => ({ PolicyName: 'Policy', PolicyArn })),
  }),
};

/** A request that every check has something to say of, but those of spot nodes and of what others were refused. */
export const preflightRequest: PreflightCheckerRequest = {
  region: 'us-east-1',
  cluster_config: {
    ...namedRoles,
    instance_types: types,
    node_count: 3,
    availability_zones: zones,
    vpc_id: vpcId,
    capacity_reservation_id: 'cr-01234567',
    ami_id: 'ami-01234567',
    root_volume_gib: 300,
    machine_cidr: '10.0.0.0/16',
    tags: { 'cost-center': '4711' },
    additional_security_group_ids: ['sg-01234567'],
    kms_key_arns: ['arn:aws:kms:us-east-1:123456789012:key/1234abcd'],
  },
};

/** The same for spot nodes. */
export const spotRequest: PreflightCheckerRequest = {
  ...preflightRequest,
  cluster_config: { ...preflightRequest.cluster_config, spot: true },
};
