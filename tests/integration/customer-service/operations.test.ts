import { ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { validate as isNetworkResult } from '../../../schemas/generated/network-verifier-result.js';
import { validate as isOidcResult } from '../../../schemas/generated/oidc-provisioner-result.js';
import { validate as isPreflightResult } from '../../../schemas/generated/preflight-checker-result.js';
import { runServerless } from '../../../tools/deploy.ts';
import { type CustomerAccount, prepareCustomerAccount } from '../../../tools/journey/customer-account.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';

const preflight = 'rosa-preflight-checker';
const network = 'rosa-network-verifier';
const oidc = 'rosa-oidc-provisioner';

const preflightRequest = {
  region: 'us-east-1',
  cluster_config: { instance_types: ['m5.xlarge'], node_count: 3 },
};
const oidcRequest = (cluster: string) => ({
  issuer_url: `https://oidc.example.com/${cluster}`,
  cluster_id: cluster,
});

let laptop: Laptop;
let account: CustomerAccount;

beforeAll(async () => {
  laptop = await Laptop.start();
  account = await prepareCustomerAccount(laptop.aws);
  await laptop.install();
}, deployTimeoutMs);
afterAll(() => laptop?.stop());
afterEach(() => laptop.clearFaults());

const networkRequest = () => ({ vpc_id: account.vpcId, subnet_ids: account.privateSubnetIds });

describe('through the alias prod', () => {
  it('the preflight checker says the account is ready, in a result of its schema', async () => {
    const { answer, functionError } = await laptop.invoke(preflight, preflightRequest);
    expect(functionError).toBeUndefined();
    expect(isPreflightResult(answer)).toBe(true);
    expect(answer.summary).toMatchObject({ status: 'passed', failed: 0, warning: 0 });
  });

  it('the network verifier says the VPC is right, in a result of its schema', async () => {
    const { answer, functionError } = await laptop.invoke(network, networkRequest());
    expect(functionError).toBeUndefined();
    expect(isNetworkResult(answer)).toBe(true);
    expect(answer.summary).toMatchObject({ status: 'passed', failed: 0, warning: 0 });
  });

  it('the network verifier, not attached to the VPC, probes nothing and says how to attach it', async () => {
    const { answer, functionError } = await laptop.invoke(network, {
      ...networkRequest(),
      active_probe: true,
    });
    expect(functionError).toBeUndefined();
    expect(isNetworkResult(answer)).toBe(true);
    expect(answer.summary).toMatchObject({ status: 'warning', failed: 0, warning: 1 });
    const [attach] = answer.network_validation_results.filter(
      ({ status }: { status: string }) => status === 'warning',
    );
    expect(attach).toMatchObject({
      check_name: 'egress_probe',
      message: expect.stringContaining(`--network-verifier-subnet-ids ${account.privateSubnetIds.join(',')}`),
      details: { reason_code: 'not_verifiable' },
    });
  });

  it('the OIDC provisioner makes a provider once, in results of its schema', async () => {
    const first = await laptop.invoke(oidc, oidcRequest('made-once'));
    const second = await laptop.invoke(oidc, oidcRequest('made-once'));
    expect([first.answer.status, second.answer.status]).toEqual(['created', 'already_exists']);
    expect(isOidcResult(first.answer) && isOidcResult(second.answer)).toBe(true);
  });

  it('the OIDC provisioner completes a provider and removes nothing', async () => {
    await laptop.invoke(oidc, {
      ...oidcRequest('completed'),
      thumbprint: 'a'.repeat(40),
      client_ids: ['mine'],
    });
    const { answer } = await laptop.invoke(oidc, { ...oidcRequest('completed'), thumbprint: 'B'.repeat(40) });
    expect(answer).toMatchObject({
      status: 'updated',
      changes: [
        { field: 'thumbprints', added: ['b'.repeat(40)] },
        { field: 'client_ids', added: ['openshift', 'sts.amazonaws.com'] },
      ],
    });
    const again = await laptop.invoke(oidc, { ...oidcRequest('completed'), client_ids: ['mine'] });
    expect(again.answer.status).toBe('already_exists');
  });

  it('a dry run makes nothing', async () => {
    const { answer } = await laptop.invoke(oidc, { ...oidcRequest('dry'), dry_run: true });
    expect(answer).toMatchObject({ status: 'created', dry_run: true });
    const { OpenIDConnectProviderList = [] } = await laptop.iam.send(
      new ListOpenIDConnectProvidersCommand({}),
    );
    expect(OpenIDConnectProviderList.filter(({ Arn }) => Arn?.endsWith('/dry'))).toEqual([]);
  });

  it('20 provisioners at once leave one provider, one "created" and no error', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => laptop.invoke(oidc, oidcRequest('raced'))),
    );
    expect(outcomes.filter(({ functionError }) => functionError)).toEqual([]);
    const statuses = outcomes.map(({ answer }) => answer.status);
    expect(statuses.filter((status) => status === 'created')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'already_exists')).toHaveLength(19);
    const { OpenIDConnectProviderList = [] } = await laptop.iam.send(
      new ListOpenIDConnectProvidersCommand({}),
    );
    expect(OpenIDConnectProviderList.filter(({ Arn }) => Arn?.endsWith('/raced'))).toHaveLength(1);
  }, 120_000);
});

describe('what is wrong in the account', () => {
  it('a VPC that does not exist is a failed check, not an exception', async () => {
    const { answer, functionError } = await laptop.invoke(network, {
      ...networkRequest(),
      vpc_id: 'vpc-0badc0de',
    });
    expect(functionError).toBeUndefined();
    expect(isNetworkResult(answer)).toBe(true);
    expect(answer.network_validation_results[0]).toMatchObject({
      check_name: 'vpc_exists',
      status: 'failed',
    });
  });

  it('a quota AWS gives no value of is a warning, never 0 and never passed', async () => {
    const body = JSON.stringify({ serviceCode: 'iam', quotaCode: 'L-858F3967', value: null });
    await fetch(`${laptop.aws.url}/_local-aws/quotas`, { method: 'PUT', body });
    const { answer } = await laptop.invoke(preflight, preflightRequest);
    const finding = answer.validation_results.find(
      ({ check_name }: { check_name: string }) => check_name === 'quota_oidc_providers',
    );
    expect(finding).toMatchObject({ status: 'warning', details: { reason_code: 'value_absent' } });
  });
});

describe('when AWS refuses a call', () => {
  const refuse = (service: string, action: string, code: string, status: number) =>
    laptop.fault({ service, action, error: { code, status, message: `${code} for a test` } });

  it('a denied check is a warning that names the action, and the others still run', async () => {
    await refuse('ec2', 'DescribeNatGateways', 'UnauthorizedOperation', 403);
    const { answer } = await laptop.invoke(network, networkRequest());
    const warnings = answer.network_validation_results.filter(
      ({ status }: { status: string }) => status === 'warning',
    );
    expect(warnings.map(({ check_name }: { check_name: string }) => check_name)).toEqual([
      'private_subnet_egress_route',
      'nat_gateway_state',
      'nat_gateway_connectivity',
      'nat_gateway_public_path',
      'nat_gateway_az',
      'egress_path',
    ]);
    for (const { details, message } of warnings) {
      expect(details).toMatchObject({
        reason_code: 'access_denied',
        missing_action: 'ec2:DescribeNatGateways',
      });
      expect(message).toContain('ec2:DescribeNatGateways');
    }
    expect(answer.summary.failed).toBe(0);
  });

  it('a throttled check is a warning that says so', async () => {
    await refuse('ec2', 'DescribeVpcs', 'RequestLimitExceeded', 503);
    const { answer } = await laptop.invoke(network, networkRequest());
    expect(answer.network_validation_results[0]).toMatchObject({
      check_name: 'vpc_exists',
      status: 'warning',
      details: { reason_code: 'throttled' },
    });
  });

  it.each([
    ['GetOpenIDConnectProvider', 'AccessDenied', 403, 'AccessDeniedError'],
    ['CreateOpenIDConnectProvider', 'AccessDenied', 403, 'AccessDeniedError'],
    ['CreateOpenIDConnectProvider', 'LimitExceeded', 409, 'ConflictError'],
    ['CreateOpenIDConnectProvider', 'ServiceFailure', 500, 'DependencyError'],
    ['CreateOpenIDConnectProvider', 'Throttling', 400, 'ThrottledError'],
  ])('the provisioner fails by name when %s answers %s', async (action, code, status, name) => {
    await refuse('iam', action, code, status);
    const { answer, functionError } = await laptop.invoke(oidc, oidcRequest('refused'));
    expect(functionError).toBe('Unhandled');
    expect(answer).toMatchObject({ errorType: name, errorMessage: expect.stringContaining(`iam:${action}`) });
    const { OpenIDConnectProviderList = [] } = await laptop.iam.send(
      new ListOpenIDConnectProvidersCommand({}),
    );
    expect(OpenIDConnectProviderList.filter(({ Arn }) => Arn?.endsWith('/refused'))).toEqual([]);
  });

  it('the provisioner insists while IAM is busy with another change', async () => {
    const busy = { code: 'ConcurrentModification', status: 409, message: 'busy' };
    await laptop.fault({ service: 'iam', action: 'CreateOpenIDConnectProvider', error: busy, times: 2 });
    const { answer } = await laptop.invoke(oidc, oidcRequest('insisted'));
    expect(answer.status).toBe('created');
  });
});

describe('a bad request', () => {
  const subnet = 'subnet-0a1b2c3d';
  const valid = { vpc_id: 'vpc-0a1b2c3d', subnet_ids: [subnet] };

  beforeEach(() => laptop.forgetCalls());

  it.each([
    ['null', oidc, 'null', ['JSON object']],
    ['an array', oidc, '[]', ['JSON object']],
    ['an array of requests', preflight, '[{"region":"us-east-1"}]', ['JSON object']],
    ['a text', network, '"text"', ['JSON object']],
    ['nothing', oidc, {}, ['issuer_url', 'cluster_id']],
    [
      'an http issuer',
      oidc,
      { ...oidcRequest('x'), issuer_url: 'http://oidc.example.com/x' },
      ['issuer_url', 'https'],
    ],
    [
      'an issuer with user info',
      oidc,
      { ...oidcRequest('x'), issuer_url: 'https://u:p@oidc.example.com' },
      ['issuer_url'],
    ],
    [
      'an issuer with a port',
      oidc,
      { ...oidcRequest('x'), issuer_url: 'https://oidc.example.com:8443' },
      ['issuer_url'],
    ],
    [
      'an issuer with a query',
      oidc,
      { ...oidcRequest('x'), issuer_url: 'https://oidc.example.com/?y=z' },
      ['issuer_url'],
    ],
    ['39 hex digits', oidc, { ...oidcRequest('x'), thumbprint: 'a'.repeat(39) }, ['thumbprint']],
    [
      '40 other letters',
      oidc,
      { ...oidcRequest('x'), thumbprint: 'g'.repeat(40), extra: 1 },
      ['thumbprint', 'extra'],
    ],
    ['no field', preflight, {}, ['region', 'cluster_config']],
    ['a number as region', preflight, { ...preflightRequest, region: 5 }, ['region']],
    [
      'mistyped nested fields',
      preflight,
      { region: 'us-east-1', cluster_config: { instance_types: [], node_count: '3', nodes: 1 } },
      ['cluster_config.instance_types', 'cluster_config.node_count', 'cluster_config.nodes'],
    ],
    ['a name as VPC id', network, { ...valid, vpc_id: 'my-vpc' }, ['vpc_id']],
    ['0 subnets', network, { ...valid, subnet_ids: [] }, ['subnet_ids', '1 to 50']],
    ['100 subnets', network, { ...valid, subnet_ids: Array(100).fill(subnet) }, ['subnet_ids', '1 to 50']],
    ['one bad subnet id', network, { ...valid, subnet_ids: [subnet, 'subnet-1'] }, ['subnet_ids[1]']],
    [
      'a range that is none',
      network,
      { ...valid, requirements: { pod_cidr: '10.0.0.0/33' } },
      ['requirements.pod_cidr'],
    ],
    [
      'almost 6 MB',
      network,
      { ...valid, subnet_ids: Array(220_000).fill('x'.repeat(24)) },
      ['subnet_ids', 'bytes'],
    ],
  ])(
    'of %s is refused with the offending fields and without a call to AWS',
    async (_what, name, request, words) => {
      const { answer, functionError } = await laptop.invoke(name, request);
      expect(functionError).toBe('Unhandled');
      expect(answer.errorType).toBe('InvalidRequestError');
      for (const word of words) expect(answer.errorMessage).toContain(word);
      expect(await laptop.callsByFunctions()).toEqual([]);
    },
  );
});

describe('serverless invoke local', () => {
  it.each([
    ['oidcProvisioner', 'oidc-provisioner'],
    ['preflightChecker', 'preflight-checker'],
    ['networkVerifier', 'network-verifier'],
  ])('runs %s with its example request', async (key, folder) => {
    const command = ['invoke', 'local', '-f', key, '-p', `functions/${folder}/smoke-request.json`];
    const { environment } = laptop.aws;
    const printed = await runServerless(command, {
      stage: 'dev',
      environment,
      folder: laptop.project.folder,
    });
    expect(printed).toMatch(/"dry_run": true/);
    expect(printed).not.toContain('errorMessage');
  });
});

describe('the log of a function', () => {
  it('has one audit record for each invocation, completed or failed', async () => {
    const done = await laptop.invoke(oidc, oidcRequest('logged'));
    await laptop.invoke(oidc, { cluster_id: 'log-refused' });
    const records = await laptop.logRecords(oidc);
    const completed = records.filter(
      ({ message, input_parameters: input }) =>
        message === 'operation completed' && (input as { cluster_id?: string }).cluster_id === 'logged',
    );
    expect(completed).toEqual([
      expect.objectContaining({
        operation: 'oidc-provisioner',
        request_id: expect.any(String),
        timestamp: expect.any(String),
        duration: expect.any(Number),
        result: done.answer,
        errors: [],
      }),
    ]);
    const refused = records.filter(({ message, input_parameters: input }) => {
      return message === 'operation failed' && (input as { refused?: boolean }).refused;
    });
    expect(refused.at(-1)).toMatchObject({ result: { errorType: 'InvalidRequestError' } });
  });

  it('has the lines Lambda writes around it', async () => {
    await laptop.invoke(preflight, { ...preflightRequest, dry_run: true });
    const lines = await laptop.logLines(preflight);
    for (const start of ['START RequestId', 'END RequestId', 'REPORT RequestId']) {
      expect(lines.some((line) => line.startsWith(start))).toBe(true);
    }
  });
});
