import { fileURLToPath } from 'node:url';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { ListFunctionsCommand, ListTagsCommand, TagResourceCommand } from '@aws-sdk/client-lambda';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { runServerless } from '../../../tools/deploy.ts';
import { eventually } from '../../support/eventually.ts';
import { type SignedRequest, signedFetch } from '../../support/signed-fetch.ts';
import {
  assume,
  type Clients,
  type Credentials,
  clientsFor,
  control,
  createFunction,
  createRole,
  HOME_ACCOUNT,
  messagesIn,
  OTHER_ACCOUNT,
  printedBy,
} from './support.ts';

const folder = fileURLToPath(new URL('../../support/event-service', import.meta.url));

let aws: LocalAws;
let home: Clients;
let homeKey: Credentials;
let other: Clients;
let otherKey: Credentials;
let outputs: Record<string, string>;

const deploy = () => {
  const environment = {
    ...aws.environment,
    AWS_ACCESS_KEY_ID: otherKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: otherKey.secretAccessKey,
    AWS_SESSION_TOKEN: otherKey.sessionToken ?? '',
  };
  return runServerless(['deploy'], { stage: 'prod', environment, folder });
};

beforeAll(async () => {
  aws = await startLocalAws({ enforceIam: true });
  home = clientsFor(aws);
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } =
    aws.environment;
  homeKey = { accessKeyId, secretAccessKey };
  otherKey = await assume(home, `arn:aws:iam::${OTHER_ACCOUNT}:role/OrganizationAccountAccessRole`);
  other = clientsFor(aws, otherKey);
  await deploy();
  const { Stacks } = await other.cloudFormation.send(
    new DescribeStacksCommand({ StackName: 'event-service' }),
  );
  const pairs = (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  outputs = Object.fromEntries(pairs);
}, 120_000);
afterAll(() => aws?.close());

const TableName = 'event-service';

describe('a service that is deployed into a second account', () => {
  it('has the table that its template describes', async () => {
    const { Table } = await other.dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableArn: `arn:aws:dynamodb:us-east-1:${OTHER_ACCOUNT}:table/event-service`,
      GlobalSecondaryIndexes: [{ IndexName: 'by-kind' }],
      SSEDescription: { Status: 'ENABLED' },
    });
    const { TimeToLiveDescription } = await other.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
    const backups = await other.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
    expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
      PointInTimeRecoveryStatus: 'ENABLED',
    });
  });

  it('has queues that its functions reach by the URL their template refers to', async () => {
    const { Attributes } = await other.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: outputs.WorkQueueUrl, AttributeNames: ['All'] }),
    );
    expect(outputs.WorkQueueUrl).toBe(`${aws.url}/${OTHER_ACCOUNT}/event-service-work.fifo`);
    expect(Attributes).toMatchObject({
      FifoThroughputLimit: 'perMessageGroupId',
      RedrivePolicy: expect.stringContaining('event-service-dead.fifo'),
    });
  });

  it('hands a written item from the stream by way of the FIFO queue to its worker, with its own role', async () => {
    const Item = { pk: { S: 'task#x' }, sk: { S: 'one' }, kind: { S: 'task' } };
    await other.dynamodb.send(new PutItemCommand({ TableName, Item }));
    const Key = { pk: { S: 'mark#one' }, sk: { S: 'one' } };
    const mark = () => other.dynamodb.send(new GetItemCommand({ TableName, Key }));
    await eventually(mark, ({ Item: found }) => found !== undefined);
    const calls = (await control(aws, 'GET', 'calls')).json as { function?: string; principalArn: string }[];
    const principals = calls.filter((call) => call.function).map(({ principalArn }) => principalArn);
    expect(new Set(principals)).toEqual(
      new Set([
        `arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/EventServiceRole/event-service-distributor`,
        `arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/EventServiceRole/event-service-worker`,
      ]),
    );
  });

  it('keeps its logs in its own account', async () => {
    // The log is written when the function has ended, and the mark before that.
    const group = '/aws/lambda/event-service-worker';
    await eventually(
      () => messagesIn(other, group),
      (messages) => messages.length > 0,
    );
    expect(await messagesIn(home, group)).toEqual([]);
  });

  it('runs on its schedule, or when it is told to', async () => {
    const [rule] = (await control(aws, 'GET', 'schedules')).json;
    expect(rule).toMatchObject({ accountId: OTHER_ACCOUNT, expression: 'rate(5 minutes)', enabled: true });
    expect((await control(aws, 'POST', 'schedules', { rule: rule.name })).status).toBe(204);
    const printed = await printedBy<{ event: object }>(other, 'event-service-distributor');
    expect(printed.at(-1)?.event).toEqual({
      version: '0',
      id: expect.any(String),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: OTHER_ACCOUNT,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'us-east-1',
      resources: [rule.arn],
      detail: {},
    });
    const unknown = await control(aws, 'POST', 'schedules', { rule: 'nightly' });
    expect(unknown).toMatchObject({ status: 400, json: { message: expect.stringContaining('"nightly"') } });
  });

  it('gets no events that its role may not read, until it may', async () => {
    const deny = (...Action: string[]) => {
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action, Resource: '*' }],
      });
      const names = { RoleName: 'EventServiceRole', PolicyName: 'denied' };
      return other.iam.send(new PutRolePolicyCommand({ ...names, PolicyDocument }));
    };
    const complaints = jest.spyOn(console, 'error').mockReturnValue();
    await deny('sqs:ReceiveMessage');
    const Item = { pk: { S: 'task#x' }, sk: { S: 'held' }, kind: { S: 'task' } };
    await other.dynamodb.send(new PutItemCommand({ TableName, Item }));
    const waiting = async () => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const];
      const asked = new GetQueueAttributesCommand({ QueueUrl: outputs.WorkQueueUrl, AttributeNames });
      return (await other.sqs.send(asked)).Attributes?.ApproximateNumberOfMessages;
    };
    await eventually(waiting, (count) => count === '1');
    await deny('s3:GetObject');
    await eventually(waiting, (count) => count === '0');
    const said = complaints.mock.calls.flat().join();
    complaints.mockRestore();
    expect(said).toContain('event-service-worker gets no events: its role may not sqs:ReceiveMessage on');
  });
});

describe('its REST API', () => {
  const address = (path: string) => `${aws.url}/_aws/execute-api/${outputs.ApiId}/prod${path}`;
  const ask = async (path: string, request: Partial<SignedRequest> = {}) => {
    const response = await signedFetch(address(path), { credentials: otherKey, ...request });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  };

  it('hands a signed request on in the form of a proxy integration', async () => {
    const { status, headers, body } = await ask('/api/v1/accounts?a=1&b=x%20y&a=2', {
      method: 'POST',
      headers: { 'X-Custom': 'v', 'x-amzn-account': 'forged' },
      body: '{"name":"é"}',
    });
    expect(status).toBe(200);
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-amz-apigw-id')).toBeTruthy();
    const event = body as APIGatewayProxyEvent;
    expect(event).toMatchObject({
      resource: '/{proxy+}',
      path: '/api/v1/accounts',
      httpMethod: 'POST',
      queryStringParameters: { b: 'x y' },
      pathParameters: { proxy: 'api/v1/accounts' },
      stageVariables: null,
      body: '{"name":"é"}',
      isBase64Encoded: false,
    });
    expect(event.headers).toMatchObject({
      'X-Custom': 'v',
      Host: `${outputs.ApiId}.execute-api.us-east-1.amazonaws.com`,
    });
    expect(Object.keys(event.headers).map((name) => name.toLowerCase())).not.toContain('authorization');
    expect(event.requestContext).toMatchObject({
      accountId: OTHER_ACCOUNT,
      apiId: outputs.ApiId,
      stage: 'prod',
      path: '/prod/api/v1/accounts',
      resourcePath: '/{proxy+}',
      requestId: headers.get('x-amzn-requestid'),
      requestTime: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
    });
    expect(event.requestContext.identity).toMatchObject({
      accountId: OTHER_ACCOUNT,
      userArn: `arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/OrganizationAccountAccessRole/test`,
      user: expect.stringMatching(/^AROA\w+:test$/),
      caller: expect.stringMatching(/^AROA\w+:test$/),
      accessKey: otherKey.accessKeyId,
      sourceIp: '127.0.0.1',
    });
  });

  it('says which account a caller from elsewhere is of', async () => {
    const { body } = await ask('/whoami', { credentials: homeKey });
    expect(body.requestContext.identity).toMatchObject({
      accountId: HOME_ACCOUNT,
      userArn: `arn:aws:iam::${HOME_ACCOUNT}:user/local-admin`,
      user: expect.stringMatching(/^[a-z0-9]+$/i),
    });
  });

  it('refuses a caller from elsewhere whose own account does not allow it', async () => {
    const role = await createRole(home, 'nobody', [], { AWS: `arn:aws:iam::${HOME_ACCOUNT}:root` });
    const { status, headers, body } = await ask('/a', { credentials: await assume(home, role) });
    expect(status).toBe(403);
    expect(headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
    expect(body.Message).toMatch(
      /is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api/,
    );
  });

  it.each([
    [
      'of a key that nobody has',
      { credentials: { accessKeyId: 'AKIAX', secretAccessKey: 'x' } },
      'UnrecognizedClientException',
    ],
    ['signed for another region', { region: 'eu-west-1' }, 'InvalidSignatureException'],
    ['signed an hour ago', { signingDate: new Date(Date.now() - 3_600_000) }, 'InvalidSignatureException'],
  ])('refuses a request %s', async (_, request, type) => {
    const { status, headers } = await ask('/fixed', request);
    expect([status, headers.get('x-amzn-errortype')]).toEqual([403, type]);
  });

  it('answers what is not signed or not there as API Gateway does', async () => {
    const plain = async (path: string) => {
      const response = await fetch(path);
      return [response.status, await response.json()];
    };
    expect(await plain(address('/fixed'))).toEqual([403, { message: 'Missing Authentication Token' }]);
    expect(await plain(address('/'))).toEqual([403, { message: 'Missing Authentication Token' }]);
    expect(await plain(address('/').replace('/prod/', '/dev/'))).toEqual([403, { message: 'Forbidden' }]);
    expect(await plain(`${aws.url}/_aws/execute-api/nothing/prod/a`)).toEqual([
      403,
      { message: 'Forbidden' },
    ]);
    expect((await plain(address('/open')))[0]).toBe(200);
  });

  it.each([
    ['204 and headers', { statusCode: 204, headers: { etag: '"1"' } }, 204],
    ['an answer that is none', 'fine', 502],
    ['a status that is none', { statusCode: 'fine' }, 502],
  ])('gives back %s', async (_, answer, expected) => {
    const { status, body } = await ask(`/a?answer=${encodeURIComponent(JSON.stringify(answer))}`);
    expect(status).toBe(expected);
    if (expected === 502) expect(body).toEqual({ message: 'Internal server error' });
  });

  it('does not wait for a function that takes too long', async () => {
    const response = await fetch(address('/slow'));
    expect([response.status, await response.json()]).toEqual([
      504,
      { message: 'Endpoint request timed out' },
    ]);
  });

  it('takes no body over 10 MB', async () => {
    const { status } = await ask('/a', { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect(status).toBe(413);
  });
});

describe('a role of one account in another', () => {
  const clm = `arn:aws:iam::${OTHER_ACCOUNT}:role/CLM`;
  const access = `arn:aws:iam::${HOME_ACCOUNT}:role/Access`;
  let caller: Clients;

  beforeAll(async () => {
    const all = [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }];
    await createRole(other, 'CLM', all, { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` });
    const reads = ['lambda:ListFunctions', 'lambda:ListTags', 'tag:GetResources'];
    await createRole(home, 'Access', [{ Effect: 'Allow', Action: reads, Resource: '*' }], { AWS: clm });
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: clm },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'rosa-lambda-access:1' } },
    };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await home.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'Access', PolicyDocument }));
    caller = clientsFor(aws, await assume(other, clm));
    const role = await createRole(home, 'function');
    await createFunction(home, { name: 'tagged', role, code: 'export const handler = () => 1;' });
    await createFunction(home, { name: 'untagged', role, code: 'export const handler = () => 1;' });
    const Resource = `arn:aws:lambda:us-east-1:${HOME_ACCOUNT}:function:tagged`;
    await home.lambda.send(new TagResourceCommand({ Resource, Tags: { 'rosa:component': 'preflight' } }));
  });

  it('is let in with the external id that the role asks for, and not without', async () => {
    await expect(assume(caller, access)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/CLM/test is not authorized to perform: sts:AssumeRole on resource: ${access}`,
    });
    await expect(assume(caller, access, 'other')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume(home, access, 'rosa-lambda-access:1')).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    expect((await assume(caller, access, 'rosa-lambda-access:1')).sessionToken).toBeTruthy();
  });

  it('finds functions there by their tags, and by listing them', async () => {
    const inside = clientsFor(aws, await assume(caller, access, 'rosa-lambda-access:1'));
    const TagFilters = [{ Key: 'rosa:component', Values: ['preflight'] }];
    const { ResourceTagMappingList } = await inside.tagging.send(
      new GetResourcesCommand({ TagFilters, ResourceTypeFilters: ['lambda:function'] }),
    );
    const Resource = `arn:aws:lambda:us-east-1:${HOME_ACCOUNT}:function:tagged`;
    expect(ResourceTagMappingList).toEqual([
      { ResourceARN: Resource, Tags: [{ Key: 'rosa:component', Value: 'preflight' }] },
    ]);
    const { Functions = [] } = await inside.lambda.send(new ListFunctionsCommand({}));
    expect(Functions.map(({ FunctionName }) => FunctionName).toSorted()).toEqual(['tagged', 'untagged']);
    expect((await inside.lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({
      'rosa:component': 'preflight',
    });
  });
});
