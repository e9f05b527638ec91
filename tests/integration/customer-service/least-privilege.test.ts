import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateOpenIDConnectProviderCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  UntagOpenIDConnectProviderCommand,
} from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { networkChecks } from '../../../functions/network-verifier/checks/index.ts';
import { preflightChecks } from '../../../functions/preflight-checker/checks/index.ts';
import {
  administrator,
  type CustomerAccount,
  prepareCustomerAccount,
} from '../../../tools/journey/customer-account.ts';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { prepareRegionalPlatform, regionalPlatform } from '../../support/clm-caller.ts';
import { grantQuota, prepareDemandingAccount } from '../../support/demanding-account.ts';
import { executionCredentials } from '../../support/execution-credentials.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';
import { whileLacking } from '../../support/role-policies.ts';

interface Finding {
  check_name: string;
  status: string;
  details: { missing_action?: string };
}

const actionsOf = (checks: readonly { actions: readonly string[] }[]): string[] =>
  [...new Set(checks.flatMap(({ actions }) => actions))].sort();

const checkers = {
  preflight: { name: 'rosa-preflight-checker', checks: preflightChecks },
  network: { name: 'rosa-network-verifier', checks: networkChecks },
};

/** Not done in the other tests: of the laptop AWS's many snapshots it takes seconds. */
const countingSnapshots = 'ec2:DescribeSnapshots';

/** Where only some of the checks that may need an action do in this account. */
const usedBy: Record<string, string[]> = { 'servicequotas:GetAWSDefaultServiceQuota': ['quota_eip'] };

/** Checks that take an action in other circumstances: free addresses for endpoints are counted without egress only. */
const unusedBy: Record<string, string[]> = { 'ec2:DescribeVpcEndpoints': ['subnet_free_ips'] };

let laptop: Laptop;
let account: CustomerAccount;

beforeAll(async () => {
  laptop = await Laptop.start({ enforceIam: true });
  account = await prepareCustomerAccount(laptop.aws);
  await prepareRegionalPlatform(laptop.aws);
  await laptop.install({ clmRoleArn });
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

/** The name of a function's role. */
async function roleOf(name: string): Promise<string> {
  const { Role = '' } = await laptop.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  return Role.slice(Role.lastIndexOf('/') + 1);
}

/** Findings by check. */
const byCheck = (results: Finding[]): Map<string, Finding[]> => Map.groupBy(results, (one) => one.check_name);

describe('a checker whose role has lost one action', () => {
  let requests: Awaited<ReturnType<typeof prepareDemandingAccount>>;
  let healthy: Record<'preflight' | 'network', Map<string, Finding[]>>;

  const reports = {
    preflight: async () => {
      const { answer } = await laptop.invoke('rosa-preflight-checker', requests.preflight);
      return byCheck(answer.validation_results);
    },
    network: async () => {
      const { answer } = await laptop.invoke('rosa-network-verifier', requests.network);
      return byCheck(answer.network_validation_results);
    },
  };

  beforeAll(async () => {
    requests = await prepareDemandingAccount(laptop, account);
    healthy = { preflight: await reports.preflight(), network: await reports.network() };
  }, 120_000);

  /** Holds that without the action exactly those checks that need it say so. */
  async function expectNamed(action: string, of: keyof typeof checkers): Promise<void> {
    const { name, checks } = checkers[of];
    const report = await whileLacking(laptop.iam, await roleOf(name), action, reports[of]);
    const naming = [...report].filter(([, found]) =>
      found.some(({ details }) => details.missing_action === action),
    );
    const affected = naming.map(([check]) => check);
    const needing = checks.filter(({ actions }) => actions.includes(action)).map((check) => check.name);
    const speaking = needing.filter((check) => healthy[of].has(check) && !unusedBy[action]?.includes(check));
    expect(needing).toEqual(expect.arrayContaining(affected));
    expect(affected).toEqual(expect.arrayContaining(usedBy[action] ?? speaking));
    for (const [, found] of naming) {
      expect(found).toMatchObject([{ status: 'warning', details: { reason_code: 'access_denied' } }]);
    }
    const others = (all: Map<string, Finding[]>) => [...all].filter(([check]) => !affected.includes(check));
    expect(others(report)).toEqual(others(healthy[of]));
  }

  it.each(
    [
      ...actionsOf(preflightChecks).map((action) => ({ action, of: 'preflight' as const })),
      ...actionsOf(networkChecks).map((action) => ({ action, of: 'network' as const })),
    ].filter(({ action }) => action !== countingSnapshots),
  )(
    '$action: the $of checks that need it are warnings that name it, the others as they were',
    ({ action, of }) => expectNamed(action, of),
  );

  it(`${countingSnapshots}: so is the one that counts snapshots, when there may be few`, async () => {
    await grantQuota(laptop, 'ebs', 'L-309BACF6', 9_999);
    healthy.preflight = await reports.preflight();
    await expectNamed(countingSnapshots, 'preflight');
  });
});

describe('a provisioner whose role has lost one action', () => {
  const name = 'rosa-oidc-provisioner';
  const incomplete = { client_ids: ['mine'], thumbprint: 'a'.repeat(40) };
  const wanted = { thumbprint: 'b'.repeat(40) };
  const untagged = (cluster: string) =>
    new UntagOpenIDConnectProviderCommand({
      OpenIDConnectProviderArn: `arn:aws:iam::123456789012:oidc-provider/oidc.example.com/${cluster}`,
      TagKeys: ['rosa_cluster_id'],
    });

  it.each([
    'iam:GetOpenIDConnectProvider',
    'iam:UpdateOpenIDConnectProviderThumbprint',
    'iam:AddClientIDToOpenIDConnectProvider',
    'iam:TagOpenIDConnectProvider',
    'iam:CreateOpenIDConnectProvider',
  ])('%s: it fails by name, and finishes when it has it again', async (action) => {
    const cluster = action.slice('iam:'.length).toLowerCase();
    const isNew = action === 'iam:CreateOpenIDConnectProvider';
    if (!isNew) await laptop.invoke(name, { ...oidcRequest(cluster), ...incomplete });
    if (!isNew) await laptop.iam.send(untagged(cluster));
    const request = { ...oidcRequest(cluster), ...wanted };
    const lacking = await whileLacking(laptop.iam, await roleOf(name), action, () =>
      laptop.invoke(name, request),
    );
    expect(lacking.answer).toMatchObject({
      errorType: 'AccessDeniedError',
      errorMessage: expect.stringContaining(action),
    });
    const { answer } = await laptop.invoke(name, request);
    expect(answer.status).toBe(isNew ? 'created' : 'updated');
  });
});

describe('a role that has lost a permission', () => {
  it('makes the provisioner fail with AccessDeniedError naming the action', async () => {
    const name = 'rosa-oidc-provisioner';
    const RoleName = await roleOf(name);
    await laptop.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'ProvideOidcProviders' }));
    const { answer } = await laptop.invoke(name, oidcRequest('lost'));
    expect(answer).toMatchObject({
      errorType: 'AccessDeniedError',
      errorMessage: expect.stringContaining('iam:GetOpenIDConnectProvider'),
    });
  });
});
