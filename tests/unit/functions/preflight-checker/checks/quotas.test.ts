import { describe, expect, it } from '@jest/globals';
import type { AccountReader, Volume } from '../../../../../functions/preflight-checker/account-reader.ts';
import { preflightChecks } from '../../../../../functions/preflight-checker/checks/index.ts';
import type { ClusterConfig } from '../../../../../schemas/generated/preflight-checker-request.js';
import { type Account, fakeAccount, instance, preflight, quota } from '../../../../support/fakes/account.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';

const vpcId = 'vpc-0a1b2c3d4e5f60718';
const noBalancers = { network: 0, application: 0, classic: 0 };
const counts = { snapshots: 0, addresses: 0, vpcs: 0, internetGateways: 0, securityGroups: 0 };

const check = (name: string) => {
  const found = preflightChecks.find((one) => one.name === name);
  if (!found) throw new Error(`there is no check ${name}`);
  return found;
};

const inZone = (letter: string, count: number): string[] => Array(count).fill(`us-east-1${letter}`);

const volume = (type: string, sizeGib: number, iops?: number): Volume => ({ type, sizeGib, iops });

/** One quota: how to use some of it, what a cluster needs, and which value leads to which verdict. */
interface Case {
  name: string;
  key: string;
  /** Uses some of the quota. */
  account: Partial<Account>;
  cluster?: Partial<ClusterConfig>;
  used: number;
  needed: number;
  neededAtMost?: number;
  /** Verdicts by value. */
  verdicts: [number, 'passed' | 'warning' | 'failed'][];
  /** The call that counts, and its action. */
  counts?: [keyof AccountReader, string];
}

const cases: Case[] = [
  {
    name: 'quota_ebs_gp3_tib',
    key: 'ebs/L-7A658B76',
    account: { volumes: [volume('gp3', 2048), volume('gp2', 9999), volume('gp3', 1024)] },
    cluster: { node_count: 7, max_node_count: 15, root_volume_gib: 512 },
    used: 3,
    needed: 4,
    neededAtMost: 8,
    verdicts: [
      [11, 'passed'],
      [10, 'warning'],
      [7, 'warning'],
      [6, 'failed'],
      [0, 'failed'],
    ],
    counts: ['volumes', 'ec2:DescribeVolumes'],
  },
  {
    name: 'quota_ebs_gp2_tib',
    key: 'ebs/L-D18FCD1D',
    account: { volumes: [volume('gp2', 1536)] },
    used: 1.5,
    needed: 0,
    verdicts: [
      [50, 'passed'],
      [1, 'warning'],
    ],
    counts: ['volumes', 'ec2:DescribeVolumes'],
  },
  {
    name: 'quota_ebs_io1_tib',
    key: 'ebs/L-FD252861',
    account: { volumes: [volume('io1', 1024, 100)] },
    used: 1,
    needed: 0,
    verdicts: [
      [300, 'passed'],
      [50, 'warning'],
    ],
  },
  {
    name: 'quota_ebs_io1_iops',
    key: 'ebs/L-B3A130E6',
    account: { volumes: [volume('io1', 10, 100), volume('io1', 10, 50), volume('gp3', 10, 3000)] },
    used: 150,
    needed: 0,
    verdicts: [
      [300_000, 'passed'],
      [299_999, 'warning'],
      [149, 'warning'],
    ],
  },
  {
    name: 'quota_eip',
    key: 'ec2/L-0263D0A3',
    account: { counts: { ...counts, addresses: 5 } },
    used: 5,
    needed: 0,
    verdicts: [
      [5, 'passed'],
      [4, 'warning'],
    ],
    counts: ['addressCount', 'ec2:DescribeAddresses'],
  },
  {
    name: 'quota_vpcs',
    key: 'vpc/L-F678F1CE',
    account: { counts: { ...counts, vpcs: 5 } },
    used: 5,
    needed: 0,
    verdicts: [
      [5, 'passed'],
      [4, 'warning'],
    ],
    counts: ['vpcCount', 'ec2:DescribeVpcs'],
  },
  {
    name: 'quota_igws',
    key: 'vpc/L-A4707A72',
    account: { counts: { ...counts, internetGateways: 2 } },
    used: 2,
    needed: 0,
    verdicts: [
      [5, 'passed'],
      [3, 'warning'],
    ],
    counts: ['internetGatewayCount', 'ec2:DescribeInternetGateways'],
  },
  {
    name: 'quota_enis',
    key: 'vpc/L-DF5E4CA3',
    // Of the nodes' zones, a has most; what is in c does not matter.
    account: {
      interfaces: {
        zones: [...inZone('a', 4_980), ...inZone('b', 7), ...inZone('c', 6_000)],
        loadBalancers: noBalancers,
      },
    },
    cluster: {
      node_count: 4,
      max_node_count: 34,
      availability_zones: ['us-east-1a', 'us-east-1b'],
      load_balancers: { network: 2 },
    },
    used: 4_980,
    needed: 6,
    neededAtMost: 21,
    verdicts: [
      [5_001, 'passed'],
      [5_000, 'warning'],
      [4_986, 'warning'],
      [4_985, 'failed'],
    ],
    counts: ['networkInterfaces', 'ec2:DescribeNetworkInterfaces'],
  },
  {
    name: 'quota_sg_per_region',
    key: 'vpc/L-E79EC296',
    account: { counts: { ...counts, securityGroups: 98 } },
    used: 98,
    needed: 2,
    verdicts: [
      [100, 'passed'],
      [99, 'failed'],
    ],
    counts: ['securityGroupCount', 'ec2:DescribeSecurityGroups'],
  },
  {
    name: 'quota_sg_per_eni',
    key: 'vpc/L-2AFB9258',
    account: {},
    cluster: { additional_security_group_ids: ['sg-0a1b2c3d', 'sg-0a1b2c3e', 'sg-0a1b2c3d'] },
    used: 0,
    needed: 3,
    verdicts: [
      [3, 'passed'],
      [2, 'failed'],
    ],
  },
  {
    name: 'quota_rules_per_sg',
    key: 'vpc/L-0EA8095F',
    account: {},
    used: 0,
    needed: 12,
    verdicts: [
      [12, 'passed'],
      [11, 'failed'],
    ],
  },
  {
    name: 'quota_interface_endpoints',
    key: 'vpc/L-29B6F2EB',
    account: {
      endpoints: [
        { type: 'GatewayLoadBalancer', vpcId },
        { type: 'Interface', vpcId: 'vpc-0ther' },
        { type: 'Gateway', vpcId },
      ],
    },
    cluster: { vpc_id: vpcId },
    used: 1,
    needed: 1,
    verdicts: [
      [2, 'passed'],
      [1, 'failed'],
    ],
    counts: ['endpoints', 'ec2:DescribeVpcEndpoints'],
  },
  {
    name: 'quota_gateway_endpoints',
    key: 'vpc/L-1B52E74A',
    account: { endpoints: [{ type: 'Gateway', vpcId: 'vpc-0ther' }] },
    cluster: { vpc_id: vpcId },
    used: 1,
    needed: 1,
    verdicts: [
      [2, 'passed'],
      [1, 'warning'],
    ],
    counts: ['endpoints', 'ec2:DescribeVpcEndpoints'],
  },
  {
    name: 'quota_nlb',
    key: 'elasticloadbalancing/L-69A177A2',
    account: { interfaces: { zones: [], loadBalancers: { ...noBalancers, network: 3 } } },
    used: 3,
    needed: 1,
    verdicts: [
      [4, 'passed'],
      [3, 'failed'],
    ],
    counts: ['networkInterfaces', 'ec2:DescribeNetworkInterfaces'],
  },
  {
    name: 'quota_clb',
    key: 'elasticloadbalancing/L-E9E9831D',
    account: { interfaces: { zones: [], loadBalancers: { ...noBalancers, classic: 3 } } },
    cluster: { load_balancers: { classic: 2 } },
    used: 3,
    needed: 2,
    verdicts: [
      [20, 'passed'],
      [5, 'warning'],
      [4, 'failed'],
    ],
  },
  {
    name: 'quota_alb',
    key: 'elasticloadbalancing/L-53DA6B97',
    account: { interfaces: { zones: [], loadBalancers: { ...noBalancers, application: 3 } } },
    cluster: { load_balancers: { application: 1 } },
    used: 3,
    needed: 1,
    verdicts: [
      [50, 'passed'],
      [4, 'warning'],
      [3, 'failed'],
    ],
  },
  {
    name: 'quota_ec2_spot_vcpu',
    key: 'ec2/L-34B43A08',
    account: { instances: [instance('m5.xlarge'), instance('m5.xlarge', { InstanceLifecycle: 'spot' })] },
    cluster: { spot: true, max_node_count: 4 },
    used: 4,
    needed: 12,
    neededAtMost: 20,
    verdicts: [
      [24, 'passed'],
      [16, 'warning'],
      [15, 'failed'],
    ],
    counts: ['runningInstances', 'ec2:DescribeInstances'],
  },
];

describe.each(cases)('$name', ({ name, key, account, cluster = {}, used, needed, ...rest }) => {
  const finding = async (value: number | undefined) => {
    const results = await preflight(
      check(name),
      fakeAccount({ ...account, quotas: { [key]: quota(value) } }),
      cluster,
    );
    expect(results).toHaveLength(1);
    return results[0];
  };

  it.each(rest.verdicts)('with a quota of %i is %s', async (value, status) => {
    expect(await finding(value)).toMatchObject({
      status,
      details: { quota: value, used, needed, needed_at_most: rest.neededAtMost ?? needed },
    });
  });

  it('says, when there is too little, what is needed and how to ask for it', async () => {
    const [value = 0] = rest.verdicts.at(-1) ?? [];
    const message = (await finding(value))?.message ?? '';
    expect(message).toContain(`(quota ${value}, in use ${used})`);
    expect(message).toMatch(needed === 0 ? /^No / : /(are|is) needed/);
    expect(message).toContain(`--quota-code ${key.split('/')[1]} --desired-value`);
  });

  it('is not determined when AWS gives no value, which is not 0', async () => {
    const result = await finding(undefined);
    expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'value_absent' } });
    expect(result?.details).not.toHaveProperty('quota');
  });

  it.each([rest.counts ?? [], ['quota', 'servicequotas:ListServiceQuotas']].filter((one) => one.length > 0))(
    'is not determined when %s is denied',
    async (call, action) => {
      const denied = fakeAccount(account);
      denied.fail(call as keyof AccountReader, awsError(action as string, 'UnauthorizedOperation'));
      expect(await preflight(check(name), denied, cluster)).toMatchObject([
        { status: 'warning', details: { reason_code: 'access_denied', missing_action: action } },
      ]);
    },
  );
});

describe('a quota that the cluster has nothing to do with', () => {
  it.each([
    'quota_sg_per_eni',
    'quota_interface_endpoints',
    'quota_gateway_endpoints',
    'quota_ec2_spot_vcpu',
    'quota_ec2_special_vcpu',
    'quota_policies_per_role',
  ])('%s is neither read nor reported', async (name) => {
    const account = fakeAccount();
    expect(await preflight(check(name), account)).toEqual([]);
    expect(account.calls).toEqual([]);
  });
});

describe('quota_gateway_endpoints', () => {
  it('passes a full quota when the VPC has a gateway endpoint already', async () => {
    const account = fakeAccount({
      endpoints: [{ type: 'Gateway', vpcId }],
      quotas: { 'vpc/L-1B52E74A': quota(1) },
    });
    const results = await preflight(check('quota_gateway_endpoints'), account, { vpc_id: vpcId });
    expect(results).toMatchObject([{ status: 'passed', details: { needed: 0 } }]);
  });
});

describe('quota_enis', () => {
  const enis = (zones: (string | undefined)[], cluster: Partial<ClusterConfig> = {}) =>
    preflight(
      check('quota_enis'),
      fakeAccount({
        interfaces: { zones, loadBalancers: noBalancers },
        quotas: { 'vpc/L-DF5E4CA3': quota(5_000) },
      }),
      cluster,
    );

  it('looks at the zone that has most when none are given, as if all nodes were there', async () => {
    const results = await enis([...inZone('a', 3), ...inZone('b', 5)], { node_count: 6 });
    expect(results).toMatchObject([{ status: 'passed', details: { used: 5, needed: 9 } }]);
  });

  it('is not determined when AWS does not tell the zone of one', async () => {
    expect(await enis(['us-east-1a', undefined])).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});

describe('quota_ec2_spot_vcpu', () => {
  const instanceTypes = [
    { name: 'm5.xlarge', vcpus: 4 },
    { name: 'g4dn.xlarge', vcpus: 4 },
  ];

  it('judges each class that is asked for by its own quota and its spot instances', async () => {
    const account = fakeAccount({
      instanceTypes,
      instances: [instance('g4dn.xlarge', { InstanceLifecycle: 'spot' }), instance('g4dn.xlarge')],
      quotas: { 'ec2/L-34B43A08': quota(12), 'ec2/L-3819A6DF': quota(12) },
    });
    const results = await preflight(check('quota_ec2_spot_vcpu'), account, {
      spot: true,
      instance_types: ['m5.xlarge', 'g4dn.xlarge'],
    });
    expect(results).toMatchObject([
      { status: 'passed', details: { quota_code: 'L-34B43A08', used: 0 } },
      { status: 'failed', details: { quota_code: 'L-3819A6DF', used: 4 } },
    ]);
    expect(results[1]?.message).toContain('12 spot vCPUs of G and VT instances are needed');
  });
});

describe('quota_ec2_special_vcpu', () => {
  const instanceTypes = [
    { name: 'g4dn.xlarge', vcpus: 4 },
    { name: 'p4d.24xlarge', vcpus: 96 },
    { name: 'm5.xlarge', vcpus: 4 },
  ];
  const special = (types: string[], quotas: Account['quotas'], rest: Partial<Account> = {}) =>
    preflight(check('quota_ec2_special_vcpu'), fakeAccount({ instanceTypes, quotas, ...rest }), {
      instance_types: types,
    });

  it('judges each class that is asked for by its own quota and use', async () => {
    const results = await special(
      ['m5.xlarge', 'g4dn.xlarge', 'p4d.24xlarge'],
      { 'ec2/L-DB2E81BA': quota(16), 'ec2/L-417A185B': quota(0) },
      { instances: [instance('g4dn.xlarge'), instance('m5.xlarge')] },
    );
    expect(results).toMatchObject([
      { status: 'passed', details: { quota_code: 'L-DB2E81BA', used: 4, needed: 12 } },
      { status: 'failed', details: { quota_code: 'L-417A185B', quota: 0, needed: 288 } },
    ]);
    expect(results[1]?.message).toContain('288 vCPUs of P instances are needed');
  });

  it('warns when the cluster may outgrow the quota', async () => {
    const account = fakeAccount({ instanceTypes, quotas: { 'ec2/L-DB2E81BA': quota(12) } });
    const cluster = { instance_types: ['g4dn.xlarge'], max_node_count: 3 };
    expect(await preflight(check('quota_ec2_special_vcpu'), account, cluster)).toMatchObject([
      { status: 'warning', details: { needed: 12, needed_at_most: 16 } },
    ]);
  });

  it('is not determined without a value', async () => {
    expect(await special(['g4dn.xlarge'], { 'ec2/L-DB2E81BA': quota(undefined) })).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});

describe('quota_ebs_snapshots', () => {
  const snapshots = (value: number | undefined) => {
    const account = fakeAccount({
      counts: { ...counts, snapshots: 123 },
      quotas: { 'ebs/L-309BACF6': quota(value) },
    });
    return { account, results: preflight(check('quota_ebs_snapshots'), account) };
  };

  it('passes a quota of the documented minimum without counting any', async () => {
    const { account, results } = snapshots(10_000);
    expect(await results).toMatchObject([{ status: 'passed', details: { quota: 10_000 } }]);
    expect(account.calls.map(({ name }) => name)).toEqual(['quota']);
  });

  it('warns of a lower one, with how many there are', async () => {
    expect(await snapshots(500).results).toMatchObject([
      { status: 'warning', details: { quota: 500, used: 123, documented_minimum: 10_000 } },
    ]);
  });

  it('is not determined when AWS gives no value, or no count that is needed', async () => {
    expect(await snapshots(undefined).results).toMatchObject([{ details: { reason_code: 'value_absent' } }]);
    const account = fakeAccount({ quotas: { 'ebs/L-309BACF6': quota(500) } });
    account.fail('snapshotCount', awsError('ec2:DescribeSnapshots', 'UnauthorizedOperation'));
    const again = await preflight(check('quota_ebs_snapshots'), account);
    expect(again).toMatchObject([{ details: { missing_action: 'ec2:DescribeSnapshots' } }]);
  });
});

describe('quota_nat_per_az', () => {
  const nat = (natZones: Account['natZones'], zones?: string[], value: number | undefined = 2) =>
    preflight(
      check('quota_nat_per_az'),
      fakeAccount({ natZones, quotas: { 'vpc/L-FE5A380F': quota(value) } }),
      { availability_zones: zones },
    );

  it('passes zones with room for another', async () => {
    const results = await nat(['us-east-1a', 'us-east-1b']);
    expect(results).toMatchObject([{ status: 'passed', details: { used: { 'us-east-1a': 1 } } }]);
  });

  it('warns, and never fails, when a zone is full, and names it', async () => {
    const [result] = await nat(['us-east-1a', 'us-east-1a', 'us-east-1b']);
    expect(result).toMatchObject({ status: 'warning' });
    expect(result?.message).toContain('in us-east-1a: the quota is 2');
  });

  it('looks at the zones of the nodes alone when they are given', async () => {
    expect(await nat(['us-east-1a', 'us-east-1a'], ['us-east-1b'])).toMatchObject([{ status: 'passed' }]);
  });

  it('is not determined when the zone of one is unknown, or it may not look', async () => {
    expect(await nat([undefined])).toMatchObject([{ details: { reason_code: 'value_absent' } }]);
    const account = fakeAccount();
    account.fail('natGatewayZones', awsError('ec2:DescribeNatGateways', 'UnauthorizedOperation'));
    expect(await preflight(check('quota_nat_per_az'), account)).toMatchObject([
      { status: 'warning', details: { missing_action: 'ec2:DescribeNatGateways' } },
    ]);
  });
});

describe.each([
  ['quota_iam_roles', 'Roles', 11, 'L-FE177D64'],
  ['quota_iam_instance_profiles', 'InstanceProfiles', 1, 'L-6E65F664'],
])('%s', (name, key, needed, code) => {
  const iam = (summary: Record<string, number>) =>
    preflight(check(name), fakeAccount({ iamSummary: summary }));

  it.each([
    ['passed', needed + 10],
    ['failed', needed + 9],
  ])('is %s when IAM tells 10 of a quota of %i', async (status, value) => {
    const [result] = await iam({ [key]: 10, [`${key}Quota`]: value });
    expect(result).toMatchObject({ status, details: { quota: value, used: 10, needed, quota_code: code } });
  });

  it.each([
    ['the count', { [`${key}Quota`]: 5 }],
    ['the quota', { [key]: 5 }],
  ])('is not determined when IAM does not tell %s', async (_, summary) => {
    expect(await iam(summary)).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });

  it('is not determined when the summary is denied', async () => {
    const account = fakeAccount();
    account.fail('iamSummary', awsError('iam:GetAccountSummary', 'AccessDenied'));
    expect(await preflight(check(name), account)).toMatchObject([
      { status: 'warning', details: { missing_action: 'iam:GetAccountSummary' } },
    ]);
  });
});
