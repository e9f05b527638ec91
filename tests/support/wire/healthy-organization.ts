import { type Answers, Refusal } from './fake-aws.ts';

export const payer = '111111111111';
export const member = '222222222222';

const expiration = '2026-01-01T01:00:00Z';
const credentials = {
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: 'example',
  SessionToken: 'token',
  Expiration: expiration,
};

const account = {
  Id: member,
  Arn: `arn:aws:organizations::${payer}:account/o-1/${member}`,
  Name: 'osd-creds-mgmt-a1b2c3',
  Email: 'osd-creds-mgmt+a1b2c3@example.com',
  State: 'ACTIVE',
  Status: 'ACTIVE',
  JoinedMethod: 'CREATED',
};

const status = {
  Id: 'car-1',
  AccountName: account.Name,
  State: 'SUCCEEDED',
  RequestedTimestamp: 1_767_225_600,
  AccountId: member,
};

const user = {
  UserName: 'osdManagedAdmin',
  Path: '/',
  UserId: 'AIDA1',
  CreateDate: expiration,
  Arn: `arn:aws:iam::${member}:user/osdManagedAdmin`,
  Tags: [{ Key: 'clusterAccountName', Value: account.Name }],
};

const role = {
  RoleName: 'Admin',
  Path: '/',
  RoleId: 'AROA1',
  CreateDate: expiration,
  Arn: `arn:aws:iam::${member}:role/Admin`,
  Tags: [{ Key: 'owner', Value: 'me' }],
};

const attached = {
  IsTruncated: false,
  AttachedPolicies: [
    { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  ],
};

const policy = {
  PolicyName: 'Network-abc123',
  Arn: `arn:aws:iam::${member}:policy/Network-abc123`,
  DefaultVersionId: 'v2',
  Tags: [{ Key: 'owner', Value: 'me' }],
};

const version = { VersionId: 'v2', IsDefaultVersion: true, CreateDate: expiration };

const instance = { InstanceId: 'i-1', InstanceType: 't2.micro', State: { Name: 'running', Code: 16 } };

const image = (ImageId: string, CreationDate: string) => ({
  ImageId,
  CreationDate,
  RootDeviceName: '/dev/xvda',
  BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } }],
});

/** An organization with one member that has one of everything. */
export const healthyOrganization: Answers = {
  'organizations:DescribeOrganization': () => ({ Organization: { Id: 'o-1', MasterAccountId: payer } }),
  'organizations:CreateAccount': () => ({
    CreateAccountStatus: { ...status, State: 'IN_PROGRESS', AccountId: undefined },
  }),
  'organizations:DescribeCreateAccountStatus': () => ({ CreateAccountStatus: status }),
  'organizations:ListCreateAccountStatus': () => ({ CreateAccountStatuses: [status] }),
  'organizations:ListAccounts': () => ({
    Accounts: [{ ...account, Id: payer, Name: 'payer', Email: 'payer@example.com' }, account],
  }),
  'organizations:DescribeAccount': () => ({ Account: account }),
  'sts:AssumeRole': ({ RoleArn = '', RoleSessionName }) => ({
    Credentials: credentials,
    AssumedRoleUser: {
      AssumedRoleId: `AROA1:${RoleSessionName}`,
      Arn: `${RoleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${RoleSessionName}`,
    },
  }),
  'sts:GetCallerIdentity': () => ({ Account: member, Arn: user.Arn, UserId: user.UserId }),
  'sts:GetFederationToken': () => ({ Credentials: credentials }),
  'iam:GetUser': () => ({ User: user }),
  'iam:ListUsers': () => ({ IsTruncated: false, Users: [user, { ...user, UserName: 'other' }] }),
  'iam:CreateUser': () => ({ User: user }),
  'iam:DeleteUser': () => ({}),
  'iam:TagUser': () => ({}),
  'iam:ListAttachedUserPolicies': () => attached,
  'iam:AttachUserPolicy': () => ({}),
  'iam:DetachUserPolicy': () => ({}),
  'iam:ListAccessKeys': () => ({
    IsTruncated: false,
    AccessKeyMetadata: [{ AccessKeyId: 'AKIAEXAMPLE', Status: 'Active', CreateDate: expiration }],
  }),
  'iam:CreateAccessKey': () => ({
    AccessKey: {
      UserName: user.UserName,
      AccessKeyId: 'AKIAEXAMPLE',
      Status: 'Active',
      SecretAccessKey: 'example',
    },
  }),
  'iam:DeleteAccessKey': () => ({}),
  'iam:GetRole': () => ({ Role: role }),
  'iam:ListRoles': () => ({
    IsTruncated: false,
    Roles: [
      role,
      { ...role, RoleName: 'AWSServiceRoleForSupport', Path: '/aws-service-role/support.amazonaws.com/' },
    ],
  }),
  'iam:CreateRole': () => ({ Role: role }),
  'iam:DeleteRole': () => ({}),
  'iam:ListAttachedRolePolicies': () => attached,
  'iam:AttachRolePolicy': () => ({}),
  'iam:DetachRolePolicy': () => ({}),
  'iam:GetPolicy': () => ({ Policy: policy }),
  'iam:GetPolicyVersion': () => ({ PolicyVersion: { ...version, Document: '%7B%22a%22%3A1%7D' } }),
  'iam:ListPolicyVersions': () => ({
    IsTruncated: false,
    Versions: [version, { ...version, VersionId: 'v1', IsDefaultVersion: false }],
  }),
  'iam:CreatePolicy': () => ({ Policy: policy }),
  'iam:CreatePolicyVersion': () => ({ PolicyVersion: version }),
  'iam:DeletePolicyVersion': () => ({}),
  'iam:DeletePolicy': () => ({}),
  'ec2:DescribeRegions': () => ({ Regions: [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1' }] }),
  'ec2:DescribeInstances': () => ({ Reservations: [{ Instances: [instance] }] }),
  'ec2:DescribeImages': () => ({
    Images: [image('ami-old', '2025-01-01T00:00:00.000Z'), image('ami-new', '2026-01-01T00:00:00.000Z')],
  }),
  'ec2:RunInstances': () => ({ Instances: [{ ...instance, State: { Name: 'pending' } }] }),
  'ec2:DescribeInstanceStatus': () => ({
    InstanceStatuses: [{ InstanceId: 'i-1', InstanceState: { Name: 'running', Code: 16 } }],
  }),
  'ec2:TerminateInstances': () => ({ TerminatingInstances: [{ InstanceId: 'i-1' }] }),
  'ec2:DescribeVolumes': () => ({ Volumes: [{ VolumeId: 'vol-1', State: 'available' }] }),
  'ec2:DeleteVolume': () => ({}),
  'ec2:DescribeSnapshots': () => ({ Snapshots: [{ SnapshotId: 'snap-1' }] }),
  'ec2:DeleteSnapshot': () => ({}),
  'ec2:DescribeVpcEndpointServiceConfigurations': () => ({
    ServiceConfigurations: [{ ServiceId: 'vpce-svc-1', ServiceState: 'Available' }],
  }),
  'ec2:DeleteVpcEndpointServiceConfigurations': () => ({}),
  'support:CreateCase': () => ({ caseId: 'case-1' }),
  'support:DescribeCases': () => ({
    cases: [
      { caseId: 'case-1', subject: 'about it', status: 'opened', timeCreated: '2026-01-01T00:00:00.000Z' },
      { caseId: 'case-2', subject: 'about it', status: 'resolved', timeCreated: '2026-01-02T00:00:00.000Z' },
      {
        caseId: 'case-3',
        subject: 'about it all',
        status: 'opened',
        timeCreated: '2026-01-03T00:00:00.000Z',
      },
    ],
  }),
  'secretsmanager:GetSecretValue': () => ({
    Name: 'ns/a-secret',
    SecretString: '{"aws_user_name":"osdManagedAdmin"}',
  }),
  'secretsmanager:CreateSecret': () => ({ Name: 'ns/a-secret' }),
  'secretsmanager:PutSecretValue': () => ({ Name: 'ns/a-secret' }),
  'secretsmanager:DeleteSecret': () => ({ Name: 'ns/a-secret' }),
  'secretsmanager:ListSecrets': () => ({
    SecretList: [{ Name: 'ns/a-secret' }, { Name: 'ns/b-secret' }, { Name: 'other/ns/a-secret' }],
  }),
};

/** What a service says of what it does not have. */
export const absent = {
  iam: new Refusal('NoSuchEntity', 404),
  ec2: new Refusal('InvalidInstanceID.NotFound', 400),
  secretsmanager: new Refusal('ResourceNotFoundException', 400),
  support: new Refusal('CaseIdNotFound', 400),
};
