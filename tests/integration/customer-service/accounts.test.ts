import {
  CreateNetworkInterfaceCommand,
  CreateVolumeCommand,
  DescribeImagesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { checkPreflight } from '../../../functions/preflight-checker/check-preflight.ts';
import { awsAccountReader } from '../../../functions/preflight-checker/reader/aws-account-reader.ts';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import type { ClusterConfig } from '../../../schemas/generated/preflight-checker-request.js';
import { administrator } from '../../../tools/journey/customer-account.ts';
import { home } from '../../support/fakes/account.ts';
import {
  installer,
  managedPolicies,
  namedRoles,
  rosaRoles,
  storage,
  worker,
} from '../../support/fakes/cluster-roles.ts';
import { deployTimeoutMs } from '../../support/laptop.ts';

let aws: LocalAws;
let ec2: EC2Client;
let iam: IAMClient;

beforeAll(async () => {
  aws = await startLocalAws();
  ec2 = new EC2Client(administrator(aws));
  iam = new IAMClient(administrator(aws));
}, deployTimeoutMs);
afterAll(() => aws?.close());

async function control(method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${aws.url}/_local-aws/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
}

const grant = (serviceCode: string, quotaCode: string, value: number | null) =>
  control('PUT', 'quotas', { serviceCode, quotaCode, value });

beforeEach(async () => {
  await Promise.all([control('DELETE', 'quotas'), control('DELETE', 'faults')]);
});

/** The findings of each check, by its name; and which failed. */
async function findings(cluster: Partial<ClusterConfig> = {}) {
  const quotas = new ServiceQuotasClient(administrator(aws));
  const reader = awsAccountReader({ ec2, homeEc2: ec2, iam, quotas, globalQuotas: quotas });
  const { validation_results } = await checkPreflight(
    { accountIn: () => reader, invocation: { ...home, remainingMs: () => 60_000 } },
    { region: 'us-east-1', cluster_config: { instance_types: ['m5.xlarge'], node_count: 3, ...cluster } },
  );
  const failed = validation_results.filter(({ status }) => status === 'failed');
  return Object.assign((name: string) => validation_results.filter(({ check_name }) => check_name === name), {
    failed: failed.map(({ check_name }) => check_name),
  });
}

describe('a new account', () => {
  it('lacks vCPUs and a service-linked role, and fails at nothing else', async () => {
    const of = await findings();
    expect(of.failed).toEqual(['quota_ec2_standard_vcpu', 'elb_service_linked_role']);
    expect(of('quota_ec2_standard_vcpu')).toMatchObject([
      { status: 'failed', details: { quota: 5, used: 0 } },
    ]);
  });

  it('has the storage it needs, and as much as Red Hat documents', async () => {
    expect((await findings())('quota_ebs_gp3_tib')).toMatchObject([
      { status: 'passed', details: { quota: 50, needed: 1.17, documented_minimum: 1 } },
    ]);
  });

  it('is asked each thing once', async () => {
    await control('DELETE', 'calls');
    await findings(namedRoles);
    const calls = (await (await control('GET', 'calls')).json()) as { service: string; action: string }[];
    const counts = new Map<string, number>();
    for (const { service, action } of calls)
      counts.set(`${service}:${action}`, (counts.get(`${service}:${action}`) ?? 0) + 1);
    const repeated = [...counts].filter(([, count]) => count > 1).map(([action]) => action);
    expect(repeated.sort()).toEqual([
      'iam:GetRole',
      'iam:ListAttachedRolePolicies',
      'servicequotas:GetServiceQuota',
      'servicequotas:ListServiceQuotas',
    ]);
    expect(counts.get('servicequotas:ListServiceQuotas')).toBe(3);
    expect(counts.get('servicequotas:GetServiceQuota')).toBeLessThanOrEqual(5);
  });
});

describe('what is in use', () => {
  beforeAll(async () => {
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({}));
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
    const subnet = Subnets[0]?.SubnetId;
    await ec2.send(
      new RunInstancesCommand({
        ImageId: Images[0]?.ImageId,
        InstanceType: 'm5.2xlarge',
        MinCount: 3,
        MaxCount: 3,
      }),
    );
    await ec2.send(
      new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', VolumeType: 'gp3', Size: 4096 }),
    );
    for (const Description of ['ELB net/one/1', 'ELB net/one/1', 'ELB net/two/2'])
      await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnet, Description }));
  });

  it.each([
    ['quota_ec2_standard_vcpu', 'ec2', 'L-1216C47A', 100, 'passed'],
    ['quota_ec2_standard_vcpu', 'ec2', 'L-1216C47A', 30, 'failed'],
    ['quota_nlb', 'elasticloadbalancing', 'L-69A177A2', 3, 'passed'],
    ['quota_nlb', 'elasticloadbalancing', 'L-69A177A2', 2, 'failed'],
    ['quota_ebs_gp3_tib', 'ebs', 'L-7A658B76', 5, 'failed'],
  ])('%s counts it against a quota of %s %s %i', async (name, service, code, value, status) => {
    await grant(service, code, value);
    const [finding] = (await findings())(name);
    expect(finding).toMatchObject({ status, details: { quota: value } });
    expect(Number(finding?.details.used)).toBeGreaterThan(0);
  });

  it('is not taken for 0 when AWS gives no value', async () => {
    await grant('vpc', 'L-DF5E4CA3', null);
    expect((await findings())('quota_enis')).toMatchObject([
      { status: 'warning', details: { reason_code: 'value_absent' } },
    ]);
  });
});

describe('the roles of a cluster', () => {
  beforeAll(async () => {
    for (const { name, trustPolicy, tags } of rosaRoles()) {
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trustPolicy, Tags }));
    }
    await iam.send(
      new CreateOpenIDConnectProviderCommand({
        Url: namedRoles.oidc_issuer_url,
        ClientIDList: ['openshift', 'sts.amazonaws.com'],
        ThumbprintList: ['a'.repeat(40)],
        Tags: [{ Key: 'red-hat-managed', Value: 'true' }],
      }),
    );
    for (const name of [installer, worker])
      await iam.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn: managedPolicies[name]?.[0] }));
  });

  it('are found, with their tags and trust policies', async () => {
    const of = await findings(namedRoles);
    for (const name of [
      ...['account_roles', 'operator_roles', 'role_tags', 'role_trust_policy'],
      ...['permissions_boundary', 'oidc_provider_ready', 'quota_policies_per_role'],
    ])
      expect({ name, found: of(name) }).toMatchObject({ name, found: [{ status: 'passed' }] });
  });

  it('fail where one lacks its managed policy', async () => {
    expect((await findings(namedRoles))('role_managed_policies')).toMatchObject([
      { status: 'failed', details: { role: storage } },
    ]);
  });
});

describe('one call that fails', () => {
  it.each([
    ['servicequotas', 'ListServiceQuotas', 'TooManyRequestsException', 429, 'quota_enis', 'throttled'],
    ['ec2', 'DescribeVolumes', 'UnauthorizedOperation', 403, 'quota_ebs_gp3_tib', 'access_denied'],
    ['iam', 'GetAccountSummary', 'ServiceFailure', 500, 'quota_iam_roles', 'service_error'],
  ])(
    '%s:%s with %s leaves the other checks as they are',
    async (service, action, code, status, name, reason) => {
      await control('POST', 'faults', { service, action, error: { code, status, message: 'for a test' } });
      const of = await findings();
      expect(of(name)).toMatchObject([{ status: 'warning', details: { reason_code: reason } }]);
      expect(of('region_enabled')).toMatchObject([{ status: 'passed' }]);
      expect(of('instance_type_offered')).toMatchObject([{ status: 'passed' }]);
    },
  );
});

describe('what the request names and the region does not have', () => {
  it.each([
    ['capacity_reservation', { capacity_reservation_id: 'cr-0123456789abcdef0' }],
    ['ami_visible', { ami_id: 'ami-0123456789abcdef0' }],
    ['availability_zones', { availability_zones: ['us-east-1z'] }],
  ])('%s fails', async (name, cluster) => {
    expect((await findings(cluster))(name)).toMatchObject([{ status: 'failed' }]);
  });
});

describe('the default encryption of volumes', () => {
  it("passes AWS's own key", async () => {
    await ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
    expect((await findings())('ebs_default_encryption')).toMatchObject([
      { status: 'passed', details: { encrypted_by_default: true, kms_key: 'alias/aws/ebs' } },
    ]);
  });
});
