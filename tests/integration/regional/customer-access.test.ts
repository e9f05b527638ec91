import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { awsAccess } from '../../../regional/access/aws/aws-access.ts';
import { externalIdOf } from '../../../regional/accounts/customer-account.ts';
import { type CustomerAccount, prepareCustomerAccount } from '../../../tools/journey/customer-account.ts';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { letInClm, prepareRegionalPlatform } from '../../support/clm-caller.ts';
import {
  accountId,
  installerRole,
  invocationRole,
  oidcArn,
  registeredAccount,
  roleAccount,
} from '../../support/fakes/access.ts';
import { thumbprint } from '../../support/fakes/oidc-providers.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';
import { createResourceTable } from '../../support/resource-table.ts';
import { assume, clientsFor, zipOf } from '../local-aws/support.ts';

const table = 'rosa-regional';
const region = 'us-east-1';
const oidc = 'rosa-oidc-provisioner';

let laptop: Laptop;
let network: CustomerAccount;
let before: NodeJS.ProcessEnv;

/** Makes a role of the customer's that the platform's role may assume with an external id, that of the account. */
const makeRole = (roleArn: string, externalId = externalIdOf(accountId)) =>
  laptop.iam.send(
    new CreateRoleCommand({
      RoleName: roleArn.split('/').at(-1),
      AssumeRolePolicyDocument: letInClm(externalId),
    }),
  );

beforeAll(async () => {
  laptop = await Laptop.start();
  network = await prepareCustomerAccount(laptop.aws);
  await prepareRegionalPlatform(laptop.aws);
  await Promise.all([laptop.install({ clmRoleArn }), makeRole(invocationRole), makeRole(installerRole)]);
  const {
    accessKeyId,
    secretAccessKey,
    sessionToken = '',
  } = await assume(clientsFor(laptop.aws), clmRoleArn);
  before = { ...process.env };
  // What the worker of the regional service finds in its surroundings.
  Object.assign(process.env, laptop.aws.environment, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  });
  await createResourceTable(DynamoDBDocumentClient.from(new DynamoDBClient({})), table);
}, deployTimeoutMs);
afterAll(async () => {
  process.env = before;
  await laptop?.stop();
});

/** A process that has learned nothing yet. */
let access: ReturnType<typeof awsAccess>;
beforeEach(() => {
  access = awsAccess({ table, region, partition: 'aws' });
});
afterEach(() => laptop.clearFaults());

const within = { withinMs: 60_000 };
const byLambda = () => registeredAccount({ access_mode: 'lambda' });
const byRole = () => roleAccount({ access_mode: 'lambda' });
const unregistered = () => roleAccount({ access_mode: 'lambda', lambda_functions: undefined });

const provide = (account = byLambda(), cluster_id = 'c1') =>
  access.invoke(
    account,
    account.spec.registration.access_mode,
    'oidc-provisioner',
    { issuer_url: `https://oidc.example.com/${cluster_id}`, cluster_id, thumbprint },
    within,
  );

const messageOf = (answer: unknown): string => (answer as { failure: { message: string } }).failure.message;

async function callsOf(action: string): Promise<number> {
  const calls = (await (await fetch(`${laptop.aws.url}/_local-aws/calls`)).json()) as { action: string }[];
  return calls.filter((call) => call.action === action).length;
}

async function codeSha256(): Promise<string | undefined> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: oidc, Qualifier: 'prod' });
  return (await laptop.lambda.send(command)).CodeSha256;
}

describe('functions that let the platform in', () => {
  it('answer through the alias prod, and tell what ran', async () => {
    expect(await provide()).toMatchObject({
      outcome: 'answered',
      result: { status: 'created' },
      trace: {
        via: 'lambda',
        version: '1',
        functionArn: oidcArn,
        attempts: 1,
        release: expect.stringMatching(/^\d/),
      },
    });
  });

  it('answer all three operations of a cluster', async () => {
    const preflight = { region, cluster_config: { instance_types: ['m5.xlarge'], node_count: 3 } };
    const verify = { vpc_id: network.vpcId, subnet_ids: network.privateSubnetIds };
    expect(await access.invoke(byLambda(), 'lambda', 'preflight-checker', preflight, within)).toMatchObject({
      outcome: 'answered',
      result: { summary: { status: 'passed' } },
    });
    expect(await access.invoke(byLambda(), 'lambda', 'network-verifier', verify, within)).toMatchObject({
      outcome: 'answered',
      result: { summary: { status: 'passed' } },
    });
  });

  it('are asked again when Lambda limits the rate', async () => {
    const error = { code: 'TooManyRequestsException', status: 429, message: 'Rate Exceeded.' };
    await laptop.fault({ service: 'lambda', action: 'Invoke', times: 1, error });
    expect(await provide()).toMatchObject({ outcome: 'answered', trace: { attempts: 2 } });
  });

  it('refuse a wrong request by name', async () => {
    const request = { issuer_url: 'http://not-https', cluster_id: 'c1' };
    expect(await access.invoke(byLambda(), 'lambda', 'oidc-provisioner', request, within)).toMatchObject({
      failure: { kind: 'function-failed', errorType: 'InvalidRequestError', mayPass: false },
    });
  });
});

describe('a role that the platform assumes', () => {
  it('lets it invoke the functions, and read which code ran', async () => {
    const sha256 = await codeSha256();
    expect(await provide(byRole())).toMatchObject({
      outcome: 'answered',
      trace: { via: 'lambda', version: '1', codeSha256: sha256 },
    });
  });

  it('has its functions found by their tags, once for every process', async () => {
    await laptop.forgetCalls();
    expect(await provide(unregistered())).toMatchObject({
      outcome: 'answered',
      trace: { functionArn: oidcArn },
    });
    expect(await callsOf('GetResources')).toBe(1);
    access = awsAccess({ table, region, partition: 'aws' });
    expect(await provide(unregistered())).toMatchObject({
      outcome: 'answered',
      trace: { functionArn: oidcArn },
    });
    expect(await callsOf('GetResources')).toBe(1);
  });

  it('lets operations be started, and their results be read in the log', async () => {
    const request = { issuer_url: 'https://oidc.example.com/later', cluster_id: 'later', thumbprint };
    const start = await access.start(byRole(), 'oidc-provisioner', request, within);
    if (start.outcome !== 'started') throw new Error(start.failure.message);
    const look = () => access.poll(byRole(), 'oidc-provisioner', start.started, within);
    let answer = await look();
    for (let looks = 0; answer.outcome === 'pending' && looks < 100; looks++) {
      await delay(100);
      answer = await look();
    }
    expect(answer).toMatchObject({
      outcome: 'answered',
      result: { status: 'created' },
      trace: { requestId: start.started.requestId, version: '1' },
    });
  });
});

describe('a role that asks for another external id', () => {
  it('does not let the platform in, which says what the role must trust', async () => {
    const othersRole = `arn:aws:iam::${accountId}:role/OfSomebodyElse`;
    await makeRole(othersRole, externalIdOf('999999999999'));
    const answer = await provide(roleAccount({ access_mode: 'lambda', invocation_role_arn: othersRole }));
    expect(answer).toMatchObject({ failure: { kind: 'denied', mayPass: false } });
    expect(messageOf(answer)).toContain(`sts:AssumeRole on ${othersRole}`);
    expect(messageOf(answer)).toContain('external id');
  });
});

describe("the installer's role", () => {
  const legacy = () => registeredAccount({ access_mode: 'oidc-sts' });

  it('does the same from here', async () => {
    expect(await provide(legacy(), 'by-role')).toMatchObject({
      outcome: 'answered',
      result: {
        status: 'created',
        oidc_provider_arn: `arn:aws:iam::${accountId}:oidc-provider/oidc.example.com/by-role`,
      },
      trace: { via: 'oidc-sts' },
    });
    expect(await provide(byLambda(), 'by-role')).toMatchObject({ result: { status: 'already_exists' } });
  });

  it('verifies the network of the account as its function does', async () => {
    const verify = { vpc_id: network.vpcId, subnet_ids: network.privateSubnetIds };
    expect(await access.invoke(legacy(), 'oidc-sts', 'network-verifier', verify, within)).toMatchObject({
      outcome: 'answered',
      result: { summary: { status: 'passed' } },
    });
  });
});

describe("a tag on somebody else's function", () => {
  const name = 'theirs';

  it('is refused, and both functions are named', async () => {
    const { Role } = await laptop.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: oidc }));
    await laptop.lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipOf('export const handler = async () => ({ stolen: true });') },
        Tags: { 'rosa:component': 'oidc-provisioner' },
      }),
    );
    // Another registration, for which nothing is remembered.
    const account = roleAccount({
      access_mode: 'lambda',
      lambda_functions: undefined,
      oidc_sts_role_arn: undefined,
    });
    const answer = await provide(account).finally(() =>
      laptop.lambda.send(new DeleteFunctionCommand({ FunctionName: name })),
    );
    expect(answer).toMatchObject({ failure: { kind: 'foreign-function', mayPass: false } });
    expect(messageOf(answer)).toContain(`:function:${name}`);
    expect(messageOf(answer)).toContain(`:function:${oidc}`);
  });
});

// The cases follow one another: each takes more away.
describe('functions that can no longer be used, in order', () => {
  it('without their permission, they are not; in mode dual the role is, and the reason is kept', async () => {
    await laptop.lambda.send(
      new RemovePermissionCommand({
        FunctionName: oidc,
        Qualifier: 'prod',
        StatementId: 'AllowRosaRegionalPlatformInvoke',
      }),
    );
    expect(await provide()).toMatchObject({
      failure: { kind: 'denied', errorType: 'AccessDeniedException' },
    });
    expect(await provide(registeredAccount(), 'fallen-back')).toMatchObject({
      outcome: 'answered',
      result: { status: 'created' },
      trace: { via: 'oidc-sts' },
      fallback: { reason: { kind: 'denied' } },
    });
  });

  it('without the alias, that is said to who may look, and to the others what it may be', async () => {
    await laptop.lambda.send(new DeleteAliasCommand({ FunctionName: oidc, Name: 'prod' }));
    const seen = await provide(byRole());
    expect(seen).toMatchObject({ failure: { kind: 'not-found', mayPass: false } });
    expect(messageOf(seen)).toContain(`Lambda function ${oidc} has no alias prod`);
    expect(messageOf(await provide())).toContain('alias prod is gone');
  });

  it('without the function, that is said as the design has it', async () => {
    await laptop.lambda.send(new DeleteFunctionCommand({ FunctionName: oidc }));
    expect(messageOf(await provide(byRole()))).toBe(
      `Lambda function ${oidc} not found; run \`rosactl setup-account\``,
    );
    expect(messageOf(await provide(unregistered()))).toBe(
      `Lambda function ${oidc} not found; run \`rosactl setup-account\``,
    );
  });

  it('in mode dual the role is used, and the reason is kept', async () => {
    expect(await provide(roleAccount(), 'without-function')).toMatchObject({
      outcome: 'answered',
      trace: { via: 'oidc-sts' },
      fallback: { reason: { kind: 'not-found' } },
    });
  });
});
