import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeSubnetsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateUserCommand,
  GetRoleCommand,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AddPermissionCommand, GetFunctionCommand, GetPolicyCommand } from '@aws-sdk/client-lambda';
import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import {
  assume,
  type Clients,
  clientsFor,
  createFunction,
  createRole,
  HOME_ACCOUNT,
  invoke,
  messagesIn,
  OTHER_ACCOUNT,
} from './support.ts';

const PROVIDERS = `arn:aws:iam::${HOME_ACCOUNT}:oidc-provider`;
const SESSION = `arn:aws:sts::${HOME_ACCOUNT}:assumed-role/narrow/test`;

let aws: LocalAws;
let administrator: Clients;
let narrow: Clients;

beforeAll(async () => {
  aws = await startLocalAws({ enforceIam: true });
  administrator = clientsFor(aws);
  const arn = await createRole(
    administrator,
    'narrow',
    [
      { Effect: 'Allow', Action: ['ec2:DescribeVpcs', 'servicequotas:GetServiceQuota'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'iam:CreateOpenIDConnectProvider',
        Resource: `${PROVIDERS}/allowed.example/*`,
      },
      { Effect: 'Allow', Action: 'iam:GetRole', Resource: `arn:aws:iam::${HOME_ACCOUNT}:role/narrow` },
    ],
    { AWS: `arn:aws:iam::${HOME_ACCOUNT}:root` },
  );
  narrow = clientsFor(aws, await assume(administrator, arn));
});
afterAll(() => aws.close());

const denial = (action: string, resource: string) =>
  `User: ${SESSION} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

describe('a role with few permissions', () => {
  it('may do what its policy allows', async () => {
    expect((await narrow.ec2.send(new DescribeVpcsCommand({}))).Vpcs).toHaveLength(1);
    expect((await narrow.iam.send(new GetRoleCommand({ RoleName: 'narrow' }))).Role?.RoleName).toBe('narrow');
  });

  it('may always ask who it is', async () => {
    expect((await narrow.sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(SESSION);
  });

  it('is refused by EC2 in EC2 words', async () => {
    await expect(narrow.ec2.send(new DescribeSubnetsCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: `You are not authorized to perform this operation. ${denial('ec2:DescribeSubnets', '*')}`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('is refused by IAM in IAM words', async () => {
    await expect(narrow.iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: denial('iam:ListUsers', '*'),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('is refused by a JSON service in its words', async () => {
    const group = 'arn:aws:logs:us-east-1:123456789012:log-group:/x:log-stream:';
    await expect(narrow.logs.send(new CreateLogGroupCommand({ logGroupName: '/x' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: denial('logs:CreateLogGroup', group),
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('is refused by Lambda in its words', async () => {
    await expect(
      narrow.lambda.send(new GetFunctionCommand({ FunctionName: 'f', Qualifier: 'prod' })),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: denial('lambda:GetFunction', 'arn:aws:lambda:us-east-1:123456789012:function:f:prod'),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('may create only the providers its policy names, and tag none', async () => {
    const create = (host: string, Tags?: { Key: string; Value: string }[]) =>
      narrow.iam.send(
        new CreateOpenIDConnectProviderCommand({
          Url: `https://${host}/a`,
          ThumbprintList: ['0'.repeat(40)],
          Tags,
        }),
      );
    await create('allowed.example');
    await expect(create('other.example')).rejects.toMatchObject({
      message: denial('iam:CreateOpenIDConnectProvider', `${PROVIDERS}/other.example/a`),
    });
    await expect(create('allowed.example', [{ Key: 'a', Value: 'b' }])).rejects.toMatchObject({
      message: denial('iam:TagOpenIDConnectProvider', `${PROVIDERS}/allowed.example/a`),
    });
  });

  it('reads a load balancer quota without its value', async () => {
    const { Quota } = await narrow.quotas.send(
      new GetServiceQuotaCommand({ ServiceCode: 'elasticloadbalancing', QuotaCode: 'L-69A177A2' }),
    );
    expect(Quota?.Value).toBeUndefined();
    expect(Quota?.ErrorReason?.ErrorCode).toBe('DEPENDENCY_ACCESS_DENIED_ERROR');
  });

  it('may do more as soon as its policy says so', async () => {
    const PolicyDocument = JSON.stringify({
      Statement: [{ Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' }],
    });
    await administrator.iam.send(
      new PutRolePolicyCommand({
        RoleName: 'narrow',
        PolicyName: 'more',
        PolicyDocument: PolicyDocument.replace('{', '{"Version":"2012-10-17",'),
      }),
    );
    expect((await narrow.iam.send(new ListUsersCommand({}))).Users).toHaveLength(1);
  });
});

describe('a role with a managed policy', () => {
  const managed = (name: string) => `arn:aws:iam::aws:policy/${name}`;

  it('may do what that allows, within what its boundary does', async () => {
    const RoleName = 'managed';
    const principal = { AWS: `arn:aws:iam::${HOME_ACCOUNT}:root` };
    const arn = await createRole(administrator, RoleName, [], principal);
    const PolicyArn = managed('IAMReadOnlyAccess');
    await administrator.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const { iam } = clientsFor(aws, await assume(administrator, arn));
    expect((await iam.send(new ListUsersCommand({}))).Users).toBeDefined();
    await expect(iam.send(new CreateUserCommand({ UserName: 'u' }))).rejects.toThrow('not authorized');

    const PermissionsBoundary = managed('AWSDenyAll');
    await administrator.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    await expect(iam.send(new ListUsersCommand({}))).rejects.toThrow('not authorized');
  });
});

describe('a key nobody has', () => {
  const unknown = () => clientsFor(aws, { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' });

  it('is refused', async () => {
    await expect(unknown().iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    await expect(unknown().ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'AuthFailure',
    });
  });
});

describe("a function's role", () => {
  it('judges the calls the function makes, and writes no log when it may not', async () => {
    const role = await createRole(administrator, 'silent');
    const code = 'export const handler = async () => { console.log("unheard"); return 1; };';
    await createFunction(administrator, { name: 'silent', role, code });
    expect((await invoke(administrator, 'silent')).json).toBe(1);
    expect(await messagesIn(administrator, '/aws/lambda/silent')).toEqual([]);
  });

  it('needs rights on its own log group only', async () => {
    const group = `arn:aws:logs:us-east-1:${HOME_ACCOUNT}:log-group:/aws/lambda/heard:*`;
    const Action = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
    const role = await createRole(administrator, 'heard', [{ Effect: 'Allow', Action, Resource: group }]);
    await createFunction(administrator, {
      name: 'heard',
      role,
      code: 'export const handler = () => console.log("hello");',
    });
    await invoke(administrator, 'heard');
    expect((await messagesIn(administrator, '/aws/lambda/heard')).join('')).toContain('hello');
  });
});

describe("a statement of a function's resource policy", () => {
  const add = (StatementId: string, Principal: string) =>
    administrator.lambda.send(
      new AddPermissionCommand({
        FunctionName: 'shared',
        StatementId,
        Action: 'lambda:InvokeFunction',
        Principal,
      }),
    );
  const arnOf = (account: string, identity: string) => `arn:aws:iam::${account}:${identity}`;

  beforeAll(async () => {
    const role = await createRole(administrator, 'shared');
    await assume(administrator, arnOf(OTHER_ACCOUNT, 'role/OrganizationAccountAccessRole'));
    await createFunction(administrator, { name: 'shared', role, code: 'export const handler = () => 1;' });
  });

  it.each([
    ['role', arnOf(HOME_ACCOUNT, 'role/absent')],
    ['user', arnOf(HOME_ACCOUNT, 'user/absent')],
    ['role of another account', arnOf(OTHER_ACCOUNT, 'role/absent')],
    ['role with another path', arnOf(HOME_ACCOUNT, 'role/path/shared')],
    ['role of another partition', 'arn:aws-cn:iam::123456789012:role/shared'],
  ])('cannot name a %s that does not exist', async (_, principal) => {
    await expect(add('Absent', principal)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The provided principal was invalid. Please check the principal and try again.',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('can name roles and users that exist, in whichever account, and every other kind of principal', async () => {
    const entered = await assume(administrator, arnOf(OTHER_ACCOUNT, 'role/OrganizationAccountAccessRole'));
    const other = clientsFor(aws, entered);
    const principals = [
      arnOf(HOME_ACCOUNT, 'role/shared'),
      await createRole(other, 'clm'),
      (await other.iam.send(new CreateUserCommand({ UserName: 'person' }))).User?.Arn ?? '',
      arnOf(OTHER_ACCOUNT, 'root'),
      // Nobody has entered this account, so nothing is known of it.
      arnOf('444455556666', 'role/unknown'),
      's3.amazonaws.com',
    ];
    for (const [index, principal] of principals.entries()) await add(`Present${index}`, principal);
    const { Policy = '' } = await administrator.lambda.send(new GetPolicyCommand({ FunctionName: 'shared' }));
    expect(JSON.parse(Policy).Statement).toHaveLength(principals.length);
  });
});
