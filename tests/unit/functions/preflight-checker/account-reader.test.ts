import { describe, expect, it } from '@jest/globals';
import type { AccountReader } from '../../../../functions/preflight-checker/account-reader.ts';
import { dependencies } from '../../../../functions/preflight-checker/dependencies.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

/** The reader as it is deployed, with AWS answering by command; remembers what was sent. */
function reader(
  answers: Record<string, (call: SentCall) => object>,
  region = 'eu-west-1',
  partition = 'aws',
) {
  const sent: SentCall[] = [];
  const answer = (call: SentCall) => {
    sent.push(call);
    return answers[call.command]?.(call) ?? {};
  };
  const functionIsIn = { partition, region: 'us-west-2' };
  const account = dependencies((client) => answerCalls(client, answer)).accountIn(region, functionIsIn);
  return { account, sent };
}

const throws = (code: string) => () => {
  throw sdkError(code);
};

describe('the opt-in status of a region', () => {
  const regions = {
    DescribeRegionsCommand: () => ({ Regions: [{ RegionName: 'me-south-1', OptInStatus: 'not-opted-in' }] }),
  };

  it('is read from the list of all regions', async () => {
    const { account, sent } = reader(regions, 'me-south-1');
    expect(await account.region('me-south-1')).toEqual({ optInStatus: 'not-opted-in' });
    expect(await account.region('eu-nowhere-1')).toBeUndefined();
    expect(sent[0]?.input).toMatchObject({ AllRegions: true });
  });

  // EC2 answers AuthFailure in a region that is not enabled, and a region that does not exist has no host.
  it.each(['me-south-1', 'eu-nowhere-1'])(
    'is asked in the region of the function, which is enabled, not in %s itself',
    async (region) => {
      const { account, sent } = reader(regions, region);
      await account.region(region);
      expect(sent.map(({ host }) => host)).toEqual(['ec2.us-west-2.amazonaws.com']);
    },
  );
});

describe('a quota', () => {
  const raised = { GetServiceQuotaCommand: () => ({ Quota: { Value: 64 } }) };
  const neverRaised = {
    GetServiceQuotaCommand: throws('NoSuchResourceException'),
    GetAWSDefaultServiceQuotaCommand: () => ({ Quota: { Value: 5 } }),
  };

  it('is the applied value, read in the region of the cluster', async () => {
    const { account, sent } = reader(raised);
    expect(await account.quota('ec2', 'L-1216C47A')).toMatchObject({
      value: 64,
      isDefault: false,
      region: 'eu-west-1',
    });
    expect(sent).toEqual([
      {
        host: 'servicequotas.eu-west-1.amazonaws.com',
        command: 'GetServiceQuotaCommand',
        input: { ServiceCode: 'ec2', QuotaCode: 'L-1216C47A' },
      },
    ]);
  });

  it.each([
    ['aws', 'us-east-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('of IAM is read, in partition %s, in %s', async (partition, home) => {
    const { account, sent } = reader(raised, 'eu-west-1', partition);
    expect(await account.quota('iam', 'L-858F3967')).toMatchObject({ region: home });
    expect(sent[0]?.host).toContain(home);
  });

  it('falls back to the default of AWS, and says so', async () => {
    expect(await reader(neverRaised).account.quota('ec2', 'L-1')).toMatchObject({
      value: 5,
      isDefault: true,
    });
  });

  it('has no value and a reason when AWS gives none', async () => {
    const ErrorReason = { ErrorCode: 'DEPENDENCY_ACCESS_DENIED_ERROR' };
    const { account } = reader({ GetServiceQuotaCommand: () => ({ Quota: { ErrorReason } }) });
    expect(await account.quota('ec2', 'L-1')).toMatchObject({
      value: undefined,
      errorReason: 'DEPENDENCY_ACCESS_DENIED_ERROR',
    });
  });

  it('is undefined when the service does not know the code at all', async () => {
    const unknown = { ...neverRaised, GetAWSDefaultServiceQuotaCommand: throws('NoSuchResourceException') };
    expect(await reader(unknown).account.quota('ec2', 'L-1')).toBeUndefined();
  });

  it('does not fall back when the call is denied', async () => {
    const denied = { ...neverRaised, GetServiceQuotaCommand: throws('AccessDeniedException') };
    await expect(reader(denied).account.quota('ec2', 'L-1')).rejects.toMatchObject({
      action: 'servicequotas:GetServiceQuota',
      failure: 'denied',
    });
  });
});

describe('a listing of the account', () => {
  it('has the instance types of every page', async () => {
    const type = (name: string) => ({ InstanceType: name, VCpuInfo: { DefaultVCpus: 2 } });
    const { account } = reader({
      DescribeInstanceTypesCommand: ({ input }) =>
        input.NextToken
          ? { InstanceTypes: [type('t3.large')] }
          : { InstanceTypes: [type('m5.large')], NextToken: 'more' },
    });
    const types = await account.instanceTypes(['m5.large', 't3.large']);
    expect(types.map(({ name }) => name)).toEqual(['m5.large', 't3.large']);
  });

  it('has the instances of every page and reservation, pending and running ones only', async () => {
    const of = (InstanceId: string) => ({ InstanceId, InstanceType: 'm5.large' });
    const { account, sent } = reader({
      DescribeInstancesCommand: ({ input }) =>
        input.NextToken
          ? { Reservations: [{ Instances: [of('i-3')] }] }
          : {
              Reservations: [{ Instances: [of('i-1'), of('i-2')] }],
              NextToken: 'more',
            },
    });
    const instances = await account.runningInstances();
    expect(instances.map(({ InstanceId }) => InstanceId)).toEqual(['i-1', 'i-2', 'i-3']);
    expect(sent[0]?.input.Filters).toEqual([{ Name: 'instance-state-name', Values: ['pending', 'running'] }]);
  });
});

describe('quotas of a service that has many', () => {
  const quotas = {
    ListServiceQuotasCommand: ({ input }: SentCall) =>
      input.NextToken
        ? { Quotas: [{ QuotaCode: 'L-2', Value: 0 }] }
        : { Quotas: [{ QuotaCode: 'L-1', Value: 7 }], NextToken: 'more' },
    GetAWSDefaultServiceQuotaCommand: () => ({ Quota: { Value: 5 } }),
  };

  it('are read with one listing, every page of it, however many are asked for', async () => {
    const { account, sent } = reader(quotas);
    const found = await Promise.all(['L-1', 'L-2'].map((code) => account.quota('vpc', code)));
    expect(found).toMatchObject([
      { value: 7, isDefault: false, region: 'eu-west-1' },
      { value: 0, isDefault: false },
    ]);
    expect(sent.map(({ command }) => command)).toEqual(Array(2).fill('ListServiceQuotasCommand'));
    expect(sent[0]?.input).toMatchObject({ ServiceCode: 'vpc', MaxResults: 100 });
  });

  it('fall back to the default of AWS when the listing leaves one out', async () => {
    expect(await reader(quotas).account.quota('ebs', 'L-3')).toMatchObject({ value: 5, isDefault: true });
  });

  it('are not determined when there is no list, or the call is denied', async () => {
    await expect(reader({}).account.quota('vpc', 'L-1')).rejects.toMatchObject({ reason: 'value_absent' });
    const denied = reader({ ListServiceQuotasCommand: throws('AccessDeniedException') });
    await expect(denied.account.quota('vpc', 'L-1')).rejects.toMatchObject({
      action: 'servicequotas:ListServiceQuotas',
    });
  });

  it('of load balancers name the permission that Service Quotas lacks', async () => {
    const ErrorReason = { ErrorCode: 'DEPENDENCY_ACCESS_DENIED_ERROR', ErrorMessage: 'no' };
    const Quotas = [{ QuotaCode: 'L-1', ErrorReason }];
    const { account } = reader({ ListServiceQuotasCommand: () => ({ Quotas }) });
    await expect(account.quota('elasticloadbalancing', 'L-1')).rejects.toMatchObject({
      action: 'elasticloadbalancing:DescribeAccountLimits',
      failure: 'denied',
    });
  });
});

describe.each<[keyof AccountReader, string, string, object, unknown, object?]>([
  ['vpcCount', 'DescribeVpcsCommand', 'Vpcs', {}, 3],
  ['internetGatewayCount', 'DescribeInternetGatewaysCommand', 'InternetGateways', {}, 3],
  ['securityGroupCount', 'DescribeSecurityGroupsCommand', 'SecurityGroups', {}, 3],
  ['snapshotCount', 'DescribeSnapshotsCommand', 'Snapshots', {}, 3, { OwnerIds: ['self'] }],
  [
    'volumes',
    'DescribeVolumesCommand',
    'Volumes',
    { VolumeType: 'io1', Size: 8, Iops: 100, State: 'available' },
    Array(3).fill({ type: 'io1', sizeGib: 8, iops: 100 }),
    { Filters: [{ Name: 'volume-type', Values: ['gp2', 'gp3', 'io1'] }] },
  ],
  [
    'endpoints',
    'DescribeVpcEndpointsCommand',
    'VpcEndpoints',
    { VpcEndpointType: 'Gateway', VpcId: 'vpc-1', State: 'available' },
    Array(3).fill({ type: 'Gateway', vpcId: 'vpc-1' }),
  ],
  [
    'networkInterfaces',
    'DescribeNetworkInterfacesCommand',
    'NetworkInterfaces',
    { Description: 'ELB net/one/1', AvailabilityZone: 'a' },
    { zones: ['a', 'a', 'a'], loadBalancers: { network: 1, application: 0, classic: 0 } },
  ],
])('%s', (name, command, field, item, expected, input = {}) => {
  const ask = (account: AccountReader) => (account[name] as () => Promise<unknown>)();

  it('looks at every page, as large as can be', async () => {
    const { account, sent } = reader({
      [command]: (call) =>
        call.input.NextToken ? { [field]: [item] } : { [field]: [item, item], NextToken: 'more' },
    });
    expect(await ask(account)).toEqual(expected);
    expect(sent).toHaveLength(2);
    expect(sent[0]?.input).toMatchObject({ MaxResults: 1_000, ...input });
  });

  it('takes an answer without a list for no answer, and an empty list for none', async () => {
    await expect(ask(reader({}).account)).rejects.toMatchObject({ reason: 'value_absent' });
    const empty = await ask(reader({ [command]: () => ({ [field]: [] }) }).account);
    expect(JSON.stringify(empty)).not.toMatch(/[1-9]/);
  });
});

describe('load balancers', () => {
  it('are counted by kind, whatever the number of their interfaces', async () => {
    const descriptions = ['ELB net/a/1', 'ELB app/a/1', 'ELB app/a/1', 'ELB old', 'ELB gwy/a/1', 'mine', ''];
    const NetworkInterfaces = descriptions.map((Description) => ({ Description }));
    const { account } = reader({ DescribeNetworkInterfacesCommand: () => ({ NetworkInterfaces }) });
    expect(await account.networkInterfaces()).toMatchObject({
      loadBalancers: { network: 1, application: 1, classic: 1 },
    });
  });
});

describe('NAT gateways', () => {
  it('are told by the zones of their subnets', async () => {
    const { account, sent } = reader({
      DescribeNatGatewaysCommand: () => ({ NatGateways: [{ SubnetId: 's-1' }, { SubnetId: 's-2' }] }),
      DescribeSubnetsCommand: () => ({ Subnets: [{ SubnetId: 's-1', AvailabilityZone: 'eu-west-1a' }] }),
    });
    expect(await account.natGatewayZones()).toEqual(['eu-west-1a', undefined]);
    expect(sent[0]?.input.Filter).toEqual([{ Name: 'state', Values: ['pending', 'available', 'deleting'] }]);
  });
});

describe('what the region has', () => {
  it('zones of every type', async () => {
    const AvailabilityZones = [
      { ZoneName: 'a', ZoneType: 'local-zone', State: 'available', OptInStatus: 'opted-in' },
    ];
    const { account, sent } = reader({ DescribeAvailabilityZonesCommand: () => ({ AvailabilityZones }) });
    expect(await account.zones()).toEqual([
      { name: 'a', type: 'local-zone', state: 'available', optInStatus: 'opted-in' },
    ]);
    expect(sent[0]?.input).toEqual({ AllAvailabilityZones: true });
    await expect(reader({}).account.zones()).rejects.toMatchObject({ reason: 'value_absent' });
  });

  it('instance types, more than a page holds, asked for at once', async () => {
    const { account, sent } = reader({
      DescribeInstanceTypesCommand: () => ({ InstanceTypes: [] }),
    });
    await account.instanceTypes(Array.from({ length: 150 }, (_, index) => `t${index}.large`));
    expect(sent.map(({ input }) => (input.Filters as { Values: string[] }[])[0]?.Values.length)).toEqual([
      100, 50,
    ]);
  });

  it('a capacity reservation, or none', async () => {
    const CapacityReservations = [
      { State: 'active', InstanceType: 'm5.xlarge', AvailabilityZone: 'a', AvailableInstanceCount: 2 },
    ];
    const there = reader({ DescribeCapacityReservationsCommand: () => ({ CapacityReservations }) });
    expect(await there.account.capacityReservation('cr-1')).toEqual({
      state: 'active',
      instanceType: 'm5.xlarge',
      zone: 'a',
      available: 2,
    });
    const gone = reader({
      DescribeCapacityReservationsCommand: throws('InvalidCapacityReservationId.NotFound'),
    });
    expect(await gone.account.capacityReservation('cr-1')).toBeUndefined();
  });

  it('free places of its own on-demand reservations: all of them while one is not active', async () => {
    const fields = { InstanceType: 'm5.xlarge', TotalInstanceCount: 9 };
    const CapacityReservations = [
      { ...fields, CapacityReservationId: 'cr-1', State: 'active', AvailableInstanceCount: 2 },
      { ...fields, CapacityReservationId: 'cr-2', State: 'scheduled', AvailableInstanceCount: 0 },
      { ...fields, CapacityReservationId: 'cr-3', State: 'active', AvailableInstanceCount: 0 },
      { ...fields, CapacityReservationId: 'cr-4', State: 'active', ReservationType: 'capacity-block' },
    ];
    const { account, sent } = reader({
      DescribeCapacityReservationsCommand: () => ({ CapacityReservations }),
    });
    expect(await account.unusedReservations('123456789012')).toEqual([
      { reservationId: 'cr-1', instanceType: 'm5.xlarge', places: 2 },
      { reservationId: 'cr-2', instanceType: 'm5.xlarge', places: 9 },
    ]);
    expect(sent[0]?.input.Filters).toEqual([
      { Name: 'owner-id', Values: ['123456789012'] },
      { Name: 'state', Values: ['assessing', 'scheduled', 'pending', 'active', 'delayed'] },
    ]);
  });

  it('no free places that AWS does not tell in full', async () => {
    const CapacityReservations = [{ CapacityReservationId: 'cr-1', State: 'active' }];
    const { account } = reader({ DescribeCapacityReservationsCommand: () => ({ CapacityReservations }) });
    await expect(account.unusedReservations('1')).rejects.toMatchObject({ reason: 'value_absent' });
  });

  it('an image that can be seen, or not', async () => {
    const images = (answer: () => object) => reader({ DescribeImagesCommand: answer }).account;
    const owner = '531415883065';
    expect(await images(() => ({ Images: [{ OwnerId: owner }] })).image('ami-1')).toEqual({ owner });
    expect(await images(() => ({ Images: [] })).image('ami-1')).toBeUndefined();
    expect(await images(throws('InvalidAMIID.NotFound')).image('ami-1')).toBeUndefined();
    await expect(images(() => ({})).image('ami-1')).rejects.toMatchObject({ reason: 'value_absent' });
  });

  it('Elastic IP addresses and the default encryption of volumes', async () => {
    const { account } = reader({
      DescribeAddressesCommand: () => ({ Addresses: [{}, {}] }),
      GetEbsEncryptionByDefaultCommand: () => ({ EbsEncryptionByDefault: true }),
      GetEbsDefaultKmsKeyIdCommand: () => ({ KmsKeyId: 'alias/aws/ebs' }),
    });
    expect(await account.addressCount()).toBe(2);
    expect(await account.ebsEncryption()).toEqual({ byDefault: true, keyId: 'alias/aws/ebs' });
    await expect(reader({}).account.addressCount()).rejects.toMatchObject({ reason: 'value_absent' });
  });
});

describe('what IAM has', () => {
  it('counts, a provider, and the policies of a role on every page', async () => {
    const { account } = reader({
      GetAccountSummaryCommand: () => ({ SummaryMap: { Roles: 3 } }),
      GetOpenIDConnectProviderCommand: () => ({ ClientIDList: ['a'], Tags: [{ Key: 'k', Value: 'v' }] }),
      ListAttachedRolePoliciesCommand: ({ input }) =>
        input.Marker
          ? { AttachedPolicies: [{ PolicyArn: 'b' }] }
          : { AttachedPolicies: [{ PolicyArn: 'a' }], IsTruncated: true, Marker: 'more' },
    });
    expect(await account.iamSummary()).toEqual({ Roles: 3 });
    expect(await account.oidcProvider('arn')).toEqual({ clientIds: ['a'], tags: { k: 'v' } });
    expect(await account.attachedPolicies('mine')).toEqual(['a', 'b']);
  });

  it('no such provider or role, or no answer', async () => {
    const { account } = reader({
      GetOpenIDConnectProviderCommand: throws('NoSuchEntityException'),
      ListAttachedRolePoliciesCommand: throws('NoSuchEntityException'),
    });
    expect(await account.oidcProvider('arn')).toBeUndefined();
    expect(await account.attachedPolicies('mine')).toBeUndefined();
    await expect(account.iamSummary()).rejects.toMatchObject({ reason: 'value_absent' });
  });
});

describe('the number of OIDC providers', () => {
  it('is the length of the list', async () => {
    const list = [{ Arn: 'a' }, { Arn: 'b' }];
    const { account } = reader({
      ListOpenIDConnectProvidersCommand: () => ({ OpenIDConnectProviderList: list }),
    });
    expect(await account.oidcProviderCount()).toBe(2);
  });

  it('is not 0 when AWS gives no list', async () => {
    expect(await reader({}).account.oidcProviderCount()).toBeUndefined();
  });
});

describe('a role', () => {
  it('is read with its tags, its boundary and its trust policy, which IAM encodes', async () => {
    const Role = {
      Arn: 'arn:aws:iam::1:role/a',
      Tags: [{ Key: 'red-hat-managed', Value: 'true' }],
      AssumeRolePolicyDocument: encodeURIComponent('{"Statement":[]}'),
      PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::1:policy/b' },
    };
    expect(await reader({ GetRoleCommand: () => ({ Role }) }).account.role('a')).toEqual({
      name: 'a',
      arn: 'arn:aws:iam::1:role/a',
      tags: { 'red-hat-managed': 'true' },
      trustPolicy: '{"Statement":[]}',
      permissionsBoundary: 'arn:aws:iam::1:policy/b',
    });
  });

  it('does not exist, is not told, or is not to be seen', async () => {
    const missing = reader({ GetRoleCommand: throws('NoSuchEntityException') });
    expect(await missing.account.role('a')).toBeUndefined();
    await expect(reader({}).account.role('a')).rejects.toMatchObject({ reason: 'value_absent' });
    const denied = reader({ GetRoleCommand: throws('AccessDenied') }).account.role('a');
    await expect(denied).rejects.toMatchObject({ action: 'iam:GetRole' });
  });
});
