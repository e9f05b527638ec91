import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateOpenIDConnectProviderCommand, DeleteRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  administrator,
  type CustomerAccount,
  prepareCustomerAccount,
} from '../../../tools/journey/customer-account.ts';
import {
  clmRoleArn,
  prepareRegionalPlatform,
  regionalPlatform,
} from '../../../tools/journey/regional-platform.ts';
import { executionCredentials } from '../../support/execution-credentials.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';

let laptop: Laptop;
let account: CustomerAccount;

beforeAll(async () => {
  laptop = await Laptop.start({ enforceIam: true });
  account = await prepareCustomerAccount(laptop.aws);
  await prepareRegionalPlatform(laptop.aws);
  await laptop.deploy('prod', { clmRoleArn });
}, deployTimeoutMs);
afterAll(() => laptop?.stop());

const oidcRequest = (cluster: string) => ({
  issuer_url: `https://oidc.example.com/${cluster}`,
  cluster_id: cluster,
});

/** SDK settings with the credentials Lambda gives a function. */
const asFunction = async (name: string) => ({
  ...administrator(laptop.aws),
  credentials: await executionCredentials(laptop, name),
});

describe('with every call judged by IAM', () => {
  it('the preflight checker works with its own role', async () => {
    const request = { region: 'us-east-1', cluster_config: { instance_types: ['m5.xlarge'], node_count: 3 } };
    const { answer } = await laptop.invoke('rosa-preflight-checker', request);
    expect(answer.summary).toMatchObject({ status: 'passed', failed: 0, warning: 0 });
  });

  it('the network verifier works with its own role', async () => {
    const request = { vpc_id: account.vpcId, subnet_ids: account.privateSubnetIds };
    const { answer } = await laptop.invoke('rosa-network-verifier', request);
    expect(answer.summary).toMatchObject({ status: 'passed', failed: 0, warning: 0 });
  });

  it('the OIDC provisioner makes and completes a provider with its own role', async () => {
    const first = await laptop.invoke('rosa-oidc-provisioner', {
      ...oidcRequest('own'),
      client_ids: ['mine'],
    });
    const second = await laptop.invoke('rosa-oidc-provisioner', {
      ...oidcRequest('own'),
      thumbprint: 'a'.repeat(40),
    });
    expect([first.answer.status, second.answer.status]).toEqual(['created', 'updated']);
  });

  it('every function writes its audit records with its own role', async () => {
    for (const name of ['rosa-preflight-checker', 'rosa-network-verifier', 'rosa-oidc-provisioner']) {
      const records = await laptop.logRecords(name);
      expect(records.filter(({ message }) => message === 'operation completed')).not.toEqual([]);
    }
  });
});

describe("with the network verifier's credentials", () => {
  it('reading its VPC is allowed', async () => {
    const ec2 = new EC2Client(await asFunction('rosa-network-verifier'));
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [account.vpcId] }));
    expect(Vpcs).toHaveLength(1);
  });

  it('making an OIDC provider is refused, by name', async () => {
    const iam = new IAMClient(await asFunction('rosa-network-verifier'));
    const create = iam.send(
      new CreateOpenIDConnectProviderCommand({ Url: 'https://oidc.example.com/stolen' }),
    );
    await expect(create).rejects.toMatchObject({
      name: expect.stringMatching(/^AccessDenied/),
      message: expect.stringContaining('iam:CreateOpenIDConnectProvider'),
    });
  });

  it('reading another region is refused', async () => {
    const ec2 = new EC2Client({ ...(await asFunction('rosa-network-verifier')), region: 'eu-west-1' });
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
  });
});

describe("with the OIDC provisioner's credentials", () => {
  it('a provider without the tag red-hat-managed is refused', async () => {
    const iam = new IAMClient(await asFunction('rosa-oidc-provisioner'));
    const Tags = [{ Key: 'owner', Value: 'somebody' }];
    const create = iam.send(
      new CreateOpenIDConnectProviderCommand({ Url: 'https://oidc.example.com/untagged', Tags }),
    );
    await expect(create).rejects.toMatchObject({
      message: expect.stringContaining('iam:TagOpenIDConnectProvider'),
    });
  });

  it('reading a VPC is refused', async () => {
    const ec2 = new EC2Client(await asFunction('rosa-oidc-provisioner'));
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
  });
});

describe('the CLM role of another account', () => {
  it('may invoke prod', async () => {
    const invoke = await regionalPlatform(laptop.aws, '123456789012');
    await expect(invoke('rosa-oidc-provisioner', oidcRequest('from-outside'))).resolves.toMatchObject({
      result: { status: 'created' },
    });
  });

  it.each(['$LATEST', '1'])('may not invoke %s', async (qualifier) => {
    const invoke = await regionalPlatform(laptop.aws, '123456789012', qualifier);
    await expect(invoke('rosa-oidc-provisioner', oidcRequest('not-prod'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('a role that has lost a permission', () => {
  it('makes the provisioner fail with AccessDeniedError naming the action', async () => {
    const name = 'rosa-oidc-provisioner';
    const { Role = '' } = await laptop.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    await laptop.iam.send(
      new DeleteRolePolicyCommand({ RoleName: Role.split('/').at(-1), PolicyName: 'ProvideOidcProviders' }),
    );
    const { answer } = await laptop.invoke(name, oidcRequest('lost'));
    expect(answer).toMatchObject({
      errorType: 'AccessDeniedError',
      errorMessage: expect.stringContaining('iam:GetOpenIDConnectProvider'),
    });
  });
});
