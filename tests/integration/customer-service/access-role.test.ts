import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { administrator } from '../../../tools/journey/customer-account.ts';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { prepareRegionalPlatform, regionalPlatform } from '../../support/clm-caller.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';
import { customer } from '../../support/platform-api/for-laptop.ts';

const externalId = `rosa-lambda-access:${customer}`;
const roleArn = `arn:aws:iam::${customer}:role/RosaRegionalPlatformAccess-us-east-1`;
const assumeRole = { clmRoleArn, clmAuthentication: 'assume-role', clmExternalId: externalId };
const name = 'rosa-oidc-provisioner';
const dryRun = { issuer_url: 'https://oidc.example.com/one', cluster_id: 'one', dry_run: true };

let laptop: Laptop;
let printed: string;

beforeAll(async () => {
  laptop = await Laptop.start({ enforceIam: true });
  await prepareRegionalPlatform(laptop.aws);
  printed = await laptop.deploy('prod', assumeRole);
}, deployTimeoutMs);
afterAll(() => laptop?.stop());

/** Credentials that a caller gets for a role. */
async function assume(caller: STSClient, RoleArn: string, ExternalId?: string) {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ExternalId });
  const {
    AccessKeyId = '',
    SecretAccessKey = '',
    SessionToken,
  } = (await caller.send(command)).Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** Assumes the access role as the platform does, from its own account. */
async function enter(ExternalId: string | undefined) {
  const settings = administrator(laptop.aws);
  const credentials = await assume(new STSClient(settings), clmRoleArn);
  return assume(new STSClient({ ...settings, credentials }), roleArn, ExternalId);
}

/** SDK settings of the platform once it is in. */
const inside = async () => ({ ...administrator(laptop.aws), credentials: await enter(externalId) });

describe('with every call judged by IAM, the platform', () => {
  it('may invoke prod by the role that it assumes', async () => {
    const lambda = new LambdaClient(await inside());
    const Payload = Buffer.from(JSON.stringify(dryRun));
    const answer = await lambda.send(new InvokeCommand({ FunctionName: name, Qualifier: 'prod', Payload }));
    expect(JSON.parse(answer.Payload?.transformToString() ?? 'null')).toMatchObject({ dry_run: true });
  });

  it.each(['$LATEST', '1'])('may not invoke %s', async (Qualifier) => {
    const lambda = new LambdaClient(await inside());
    const invoking = lambda.send(new InvokeCommand({ FunctionName: name, Qualifier }));
    await expect(invoking).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('may read which code prod and a version stand for, by name and by ARN', async () => {
    const lambda = new LambdaClient(await inside());
    const arn = `arn:aws:lambda:us-east-1:${customer}:function:${name}`;
    for (const FunctionName of [`${arn}:prod`, `${arn}:1`, arn]) {
      const { CodeSha256 } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      expect(CodeSha256).toMatch(/=$/);
    }
  });

  it('may read the records of the functions, and find the functions by tag', async () => {
    const settings = await inside();
    const logGroupName = `/aws/lambda/${name}`;
    const logs = new CloudWatchLogsClient(settings);
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
    expect(events).not.toEqual([]);
    const tagging = new ResourceGroupsTaggingAPIClient(settings);
    const { ResourceTagMappingList } = await tagging.send(
      new GetResourcesCommand({ TagFilters: [{ Key: 'rosa:component' }] }),
    );
    expect(ResourceTagMappingList).not.toEqual([]);
  });

  it('may do nothing else', async () => {
    const settings = await inside();
    const others = [
      new LambdaClient(settings).send(new ListFunctionsCommand({})),
      new EC2Client(settings).send(new DescribeVpcsCommand({})),
      new CloudWatchLogsClient(settings).send(new FilterLogEventsCommand({ logGroupName: '/another' })),
    ];
    const outcomes = await Promise.allSettled(others);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it.each([
    ['without an external id', undefined],
    ["with another account's", 'rosa-lambda-access:999999999999'],
  ])('may not assume the role %s', async (_how, id) => {
    await expect(enter(id)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('may not invoke prod directly: no alias lets anybody in', async () => {
    const invoke = await regionalPlatform(laptop.aws, customer);
    await expect(invoke(name, dryRun)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(printed).toContain(`with the external id ${externalId}`);
  });
});

describe('others', () => {
  it('may not assume the role, with the external id or without', async () => {
    const administratorOfCustomer = new STSClient(administrator(laptop.aws));
    const assuming = assume(administratorOfCustomer, roleArn, externalId);
    await expect(assuming).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('a deploy of another stage', () => {
  it('that forgets how the platform comes in is refused, and the role stays', async () => {
    await expect(laptop.deploy('staging')).rejects.toThrow(/clmAuthentication is "assume-role"/);
    await expect(enter(externalId)).resolves.toMatchObject({ accessKeyId: expect.any(String) });
  });
});
