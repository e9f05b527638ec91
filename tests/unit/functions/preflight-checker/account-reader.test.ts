import { describe, expect, it } from '@jest/globals';
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
    const { account, sent } = reader({
      DescribeInstancesCommand: ({ input }) =>
        input.NextToken
          ? { Reservations: [{ Instances: [{ InstanceId: 'i-3' }] }] }
          : {
              Reservations: [{ Instances: [{ InstanceId: 'i-1' }, { InstanceId: 'i-2' }] }],
              NextToken: 'more',
            },
    });
    const instances = await account.runningInstances();
    expect(instances.map(({ InstanceId }) => InstanceId)).toEqual(['i-1', 'i-2', 'i-3']);
    expect(sent[0]?.input.Filters).toEqual([{ Name: 'instance-state-name', Values: ['pending', 'running'] }]);
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
  it('exists, does not exist, or is not to be seen', async () => {
    expect(await reader({}).account.roleExists('a')).toBe(true);
    expect(await reader({ GetRoleCommand: throws('NoSuchEntityException') }).account.roleExists('a')).toBe(
      false,
    );
    const denied = reader({ GetRoleCommand: throws('AccessDenied') }).account.roleExists('a');
    await expect(denied).rejects.toMatchObject({ action: 'iam:GetRole' });
  });
});
