import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  GetOpenIDConnectProviderCommand,
  ListOpenIDConnectProvidersCommand,
  RemoveClientIDFromOpenIDConnectProviderCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ListServiceQuotasCommand,
  RequestServiceQuotaIncreaseCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { type Clients, clientsFor, control, HOME_ACCOUNT } from './support.ts';

let aws: LocalAws;
let clients: Clients;

beforeAll(async () => {
  aws = await startLocalAws();
  clients = clientsFor(aws);
});
afterAll(() => aws.close());
afterEach(async () => {
  for (const path of ['faults', 'quotas', 'calls']) await control(aws, 'DELETE', path);
});

describe('faults', () => {
  const error = { code: 'RequestLimitExceeded', status: 503, message: 'Request limit exceeded.' };

  it('hit an action as often as they say and then let it through', async () => {
    await control(aws, 'POST', 'faults', { service: 'ec2', action: 'DescribeVpcs', error, times: 1 });
    const describeVpcs = () => clients.ec2.send(new DescribeVpcsCommand({}));
    await expect(describeVpcs()).rejects.toMatchObject({
      name: 'RequestLimitExceeded',
      message: error.message,
    });
    expect((await describeVpcs()).Vpcs).toHaveLength(1);
    expect((await control(aws, 'GET', 'faults')).json).toEqual([]);
  });

  it('last until they are cleared when they do not say', async () => {
    const fault = { code: 'TooManyRequestsException', status: 400, message: 'slow down' };
    await control(aws, 'POST', 'faults', {
      service: 'servicequotas',
      action: 'GetServiceQuota',
      error: fault,
    });
    const ask = () =>
      clients.quotas.send(new GetServiceQuotaCommand({ ServiceCode: 'vpc', QuotaCode: 'L-F678F1CE' }));
    await expect(ask()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await expect(ask()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await control(aws, 'DELETE', 'faults');
    expect((await ask()).Quota?.Value).toBe(5);
  });

  it('can only delay', async () => {
    await control(aws, 'POST', 'faults', { service: 'ec2', action: 'DescribeVpcs', latencyMs: 200 });
    const startedAt = performance.now();
    await clients.ec2.send(new DescribeVpcsCommand({}));
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(199);
  });

  it('are refused with a sentence when they make no sense', async () => {
    const { status, json } = await control(aws, 'POST', 'faults', { service: 'ec2', action: 'DescribeVpcs' });
    expect(status).toBe(400);
    expect(json.message).toContain('"latencyMs"');
  });
});

describe('the list of calls', () => {
  it('names each call since it was cleared', async () => {
    await clients.ec2.send(new DescribeVpcsCommand({}));
    expect((await control(aws, 'GET', 'calls')).json).toEqual([
      {
        service: 'ec2',
        action: 'DescribeVpcs',
        region: 'us-east-1',
        account: HOME_ACCOUNT,
        principalArn: `arn:aws:iam::${HOME_ACCOUNT}:user/local-admin`,
        status: 200,
        ms: expect.any(Number),
        changes: false,
      },
    ]);
  });
});

describe('Service Quotas', () => {
  const get = (ServiceCode: string, QuotaCode: string) =>
    clients.quotas.send(new GetServiceQuotaCommand({ ServiceCode, QuotaCode }));

  it('answers the published default until another value is set', async () => {
    expect((await get('ec2', 'L-1216C47A')).Quota).toMatchObject({
      Value: 5,
      Unit: 'None',
      Adjustable: true,
    });
    const set = { serviceCode: 'ec2', quotaCode: 'L-1216C47A', value: 200, region: 'us-east-1' };
    await control(aws, 'PUT', 'quotas', set);
    expect((await get('ec2', 'L-1216C47A')).Quota?.Value).toBe(200);
    const standard = new GetAWSDefaultServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: 'L-1216C47A' });
    expect((await clients.quotas.send(standard)).Quota?.Value).toBe(5);
  });

  it('answers without a value that could not be read', async () => {
    await control(aws, 'PUT', 'quotas', { serviceCode: 'vpc', quotaCode: 'L-F678F1CE', value: null });
    const { Quota } = await get('vpc', 'L-F678F1CE');
    expect(Quota?.Value).toBeUndefined();
    expect(Quota?.ErrorReason?.ErrorCode).toBe('DEPENDENCY_SERVICE_ERROR');
  });

  it('lists page by page', async () => {
    const first = await clients.quotas.send(
      new ListServiceQuotasCommand({ ServiceCode: 'ec2', MaxResults: 7 }),
    );
    const rest = new ListServiceQuotasCommand({ ServiceCode: 'ec2', NextToken: first.NextToken });
    expect(first.Quotas).toHaveLength(7);
    expect((await clients.quotas.send(rest)).Quotas).toHaveLength(5);
  });

  it('knows IAM in us-east-1 only', async () => {
    expect((await get('iam', 'L-858F3967')).Quota).toMatchObject({ Value: 100, GlobalQuota: true });
    const credentials = { accessKeyId: aws.environment.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'x' };
    const elsewhere = new ServiceQuotasClient({ endpoint: aws.url, region: 'eu-west-1', credentials });
    const asked = elsewhere.send(new GetServiceQuotaCommand({ ServiceCode: 'iam', QuotaCode: 'L-858F3967' }));
    await expect(asked).rejects.toMatchObject({ name: 'NoSuchResourceException' });
  });

  it('refuses a code that does not exist', async () => {
    await expect(get('ec2', 'L-00000000')).rejects.toMatchObject({ name: 'NoSuchResourceException' });
  });
});

describe('OpenID Connect providers', () => {
  const url = 'https://oidc.example/abc';
  const arn = `arn:aws:iam::${HOME_ACCOUNT}:oidc-provider/oidc.example/abc`;

  it('are created by exactly one of many racing requests', async () => {
    const create = () =>
      clients.iam.send(
        new CreateOpenIDConnectProviderCommand({ Url: url, ThumbprintList: ['a'.repeat(40)] }),
      );
    const results = await Promise.allSettled(Array.from({ length: 20 }, create));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(19);
    expect(new Set(refused.map(({ reason }) => reason.name))).toEqual(
      new Set(['EntityAlreadyExistsException']),
    );
    expect(
      (await clients.iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList,
    ).toHaveLength(1);
  });

  it('gain and lose client ids, any number of times', async () => {
    const ids = { OpenIDConnectProviderArn: arn, ClientID: 'openshift' };
    const known = async () =>
      (await clients.iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })))
        .ClientIDList;
    for (const _ of [1, 2]) await clients.iam.send(new AddClientIDToOpenIDConnectProviderCommand(ids));
    expect(await known()).toEqual(['openshift']);
    for (const _ of [1, 2]) await clients.iam.send(new RemoveClientIDFromOpenIDConnectProviderCommand(ids));
    expect((await known()) ?? []).toEqual([]);
  });

  it('take no client id when they do not exist', async () => {
    const missing = { OpenIDConnectProviderArn: `${arn}x`, ClientID: 'a' };
    await expect(
      clients.iam.send(new AddClientIDToOpenIDConnectProviderCommand(missing)),
    ).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('what is missing', () => {
  it('says so instead of failing oddly', async () => {
    const simulate = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: 'arn:aws:iam::123456789012:role/x',
      ActionNames: ['a:b'],
    });
    await expect(clients.iam.send(simulate)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('iam:SimulatePrincipalPolicy'),
    });
    const increase = new RequestServiceQuotaIncreaseCommand({
      ServiceCode: 'ec2',
      QuotaCode: 'L-1216C47A',
      DesiredValue: 9,
    });
    await expect(clients.quotas.send(increase)).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it("keeps moto's internal endpoints to itself", async () => {
    expect((await control(aws, 'GET', 'caller?accessKeyId=x')).status).toBe(404);
  });
});
