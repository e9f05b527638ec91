import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyNetwork } from '../../../../rosactl/commands/verify-network.ts';
import { verifyPreflight } from '../../../../rosactl/commands/verify-preflight.ts';
import type { CheckStatus } from '../../../../schemas/generated/check.js';
import { validate as isNetworkRequest } from '../../../../schemas/generated/network-verifier-request.js';
import { validate as isPreflightRequest } from '../../../../schemas/generated/preflight-checker-request.js';
import type { InvocationOutcome } from '../../../../shared/release/lambda-functions.ts';
import { sampleTopology } from '../../../../tools/docs/sample/topology.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';

const preflightFlags = { instanceTypes: 'm5.xlarge, r5.large', nodeCount: '3' };
const networkFlags = { vpcId: 'vpc-0a1b2c3d', subnetIds: 'subnet-0a1b2c3d,subnet-0b1b2c3d' };

let functions: FakeLambdaFunctions;
let asked: { name: string; alias: string; request: unknown }[];
let answer: InvocationOutcome;

const summaryOf = (status: CheckStatus) => ({
  status,
  passed: status === 'passed' ? 1 : 0,
  warning: status === 'warning' ? 1 : 0,
  failed: status === 'failed' ? 1 : 0,
});

/** What both checkers answer with one finding. */
const answered = (status: CheckStatus): InvocationOutcome => {
  const findings = [{ check_name: 'one_check', status, message: 'what was found', details: {} }];
  const summary = summaryOf(status);
  return {
    payload: { validation_results: findings, network_validation_results: findings, summary, dry_run: false },
  };
};

beforeEach(() => {
  functions = new FakeLambdaFunctions();
  asked = [];
  answer = answered('passed');
  functions.invoke = async (name, alias, request?: unknown) => {
    asked.push({ name, alias, request: JSON.parse(JSON.stringify(request)) });
    return answer;
  };
});

const preflight = (options: Record<string, string | true> = preflightFlags) =>
  verifyPreflight.run(fakeContext({ functions }), options);
const network = (options: Record<string, string | true> = networkFlags) =>
  verifyNetwork.run(fakeContext({ functions }), options);

describe('verify preflight', () => {
  it('asks about the cluster in this region, through prod', async () => {
    await preflight({ ...preflightFlags, maxNodeCount: '6', availabilityZones: 'us-east-1a' });
    expect(asked).toEqual([
      {
        name: 'rosa-preflight-checker',
        alias: 'prod',
        request: {
          region: 'us-east-1',
          cluster_config: {
            instance_types: ['m5.xlarge', 'r5.large'],
            node_count: 3,
            max_node_count: 6,
            availability_zones: ['us-east-1a'],
          },
        },
      },
    ]);
    expect(isPreflightRequest(asked[0]?.request)).toBe(true);
  });

  it('asks for all that has a flag', async () => {
    const vpcId = 'vpc-0a1b2c3d';
    await preflight({
      ...preflightFlags,
      spot: true,
      privateSubnetCount: '3',
      capacityReservationId: 'cr-0123456789abcdef0',
      amiId: 'ami-0a1b2c3d',
      rootVolumeGib: '300',
      machineCidr: '10.0.0.0/16',
      serviceCidr: '172.30.0.0/16',
      podCidr: '10.128.0.0/14',
      hostPrefix: '23',
      vpcId,
      additionalSecurityGroupIds: 'sg-0a1b2c3d, sg-0b1b2c3d',
      oidcIssuerUrl: 'https://oidc.example.com/x',
      kmsKeyArns: 'arn:aws:kms:us-east-1:123456789012:key/1',
    });
    expect(asked[0]?.request).toMatchObject({
      cluster_config: {
        spot: true,
        private_subnet_count: 3,
        capacity_reservation_id: 'cr-0123456789abcdef0',
        ami_id: 'ami-0a1b2c3d',
        root_volume_gib: 300,
        machine_cidr: '10.0.0.0/16',
        service_cidr: '172.30.0.0/16',
        pod_cidr: '10.128.0.0/14',
        host_prefix: 23,
        vpc_id: vpcId,
        additional_security_group_ids: ['sg-0a1b2c3d', 'sg-0b1b2c3d'],
        oidc_issuer_url: 'https://oidc.example.com/x',
        kms_key_arns: ['arn:aws:kms:us-east-1:123456789012:key/1'],
      },
    });
    expect(isPreflightRequest(asked[0]?.request)).toBe(true);
  });

  it('shows what was found', async () => {
    const { exitCode, lines, data } = await preflight();
    expect(exitCode).toBe(0);
    expect(lines).toEqual([
      'rosa-preflight-checker:prod',
      '  ✔ one_check: what was found',
      '',
      '✔ 0 failed, 0 warnings, 1 passed',
    ]);
    expect(data).toMatchObject({
      function: 'rosa-preflight-checker',
      alias: 'prod',
      validation_results: [{ check_name: 'one_check' }],
      summary: { status: 'passed' },
    });
  });

  it.each([
    [{}, '--instance-types and --node-count'],
    [{ nodeCount: '3' }, '--instance-types'],
  ])('is not asked with %j alone', async (options, missing) => {
    await expect(preflight(options)).rejects.toMatchObject({
      name: 'UsageError',
      message: `${missing} must be given, or the whole request with --request-file`,
    });
    expect(asked).toEqual([]);
  });

  it('takes only whole numbers of nodes', () => {
    const nodeCount = verifyPreflight.options.find(({ flags }) => flags.startsWith('--node-count'));
    expect(nodeCount?.problem?.('three')).toBe('It must be a whole number.');
    expect(nodeCount?.problem?.('3')).toBeUndefined();
  });
});

describe('verify network', () => {
  it('asks about the network, with nothing required that was not asked for', async () => {
    await network();
    expect(asked).toEqual([
      {
        name: 'rosa-network-verifier',
        alias: 'prod',
        request: {
          vpc_id: 'vpc-0a1b2c3d',
          subnet_ids: ['subnet-0a1b2c3d', 'subnet-0b1b2c3d'],
          requirements: {},
        },
      },
    ]);
    expect(isNetworkRequest(asked[0]?.request)).toBe(true);
  });

  it('asks for all that the schema knows', async () => {
    await network({
      ...networkFlags,
      privateSubnetsOptional: true,
      publicSubnetsRequired: true,
      zeroEgress: true,
      machineCidr: '10.0.0.0/16',
      serviceCidr: '172.30.0.0/16',
      podCidr: '10.128.0.0/14',
      publicSubnetIds: 'subnet-0b1b2c3d',
      private: true,
      proxy: true,
      multiAz: true,
      openshiftVersion: '4.22.4',
      nodeCount: '3',
      maxNodeCount: '12',
      hostPrefix: '24',
      additionalSecurityGroupIds: 'sg-0a1b2c3d,sg-0b1b2c3d',
      endpointServiceZoneIds: 'use1-az1',
    });
    expect(asked[0]?.request).toMatchObject({
      requirements: {
        public_subnet_ids: ['subnet-0b1b2c3d'],
        private: true,
        proxy: true,
        multi_az: true,
        openshift_version: '4.22.4',
        node_count: 3,
        max_node_count: 12,
        host_prefix: 24,
        additional_security_group_ids: ['sg-0a1b2c3d', 'sg-0b1b2c3d'],
        endpoint_service_zone_ids: ['use1-az1'],
        private_subnets_required: false,
        public_subnets_required: true,
        zero_egress: true,
        machine_cidr: '10.0.0.0/16',
        service_cidr: '172.30.0.0/16',
        pod_cidr: '10.128.0.0/14',
      },
    });
    expect(isNetworkRequest(asked[0]?.request)).toBe(true);
  });

  it('asks for a public API with a flag of its own', async () => {
    await network({ ...networkFlags, public: true });
    expect(asked[0]?.request).toMatchObject({ requirements: { private: false } });
  });

  it('asks for an active probe with a flag of its own', async () => {
    await network({ ...networkFlags, activeProbe: true });
    expect(asked[0]?.request).toMatchObject({ vpc_id: 'vpc-0a1b2c3d', active_probe: true });
    expect(isNetworkRequest(asked[0]?.request)).toBe(true);
  });

  it('asks another stage when told to', async () => {
    await network({ ...networkFlags, alias: 'staging' });
    expect(asked[0]?.alias).toBe('staging');
  });

  it.each([
    ['passed', {}, 0],
    ['warning', {}, 0],
    ['warning', { strict: true }, 1],
    ['failed', {}, 1],
  ] as const)('that ends as %s with %j exits %d', async (status, options, expected) => {
    answer = answered(status);
    expect((await network({ ...networkFlags, ...options })).exitCode).toBe(expected);
  });

  it('fails by the name of the error that the function answers', async () => {
    const payload = {
      errorType: 'InvalidRequestError',
      errorMessage: 'subnet_ids/0 is not the id of a subnet',
    };
    answer = { errorType: 'InvalidRequestError', payload };
    await expect(network()).rejects.toMatchObject({
      name: 'FunctionFailure',
      errorType: 'InvalidRequestError',
      message: expect.stringContaining('subnet_ids/0 is not the id of a subnet'),
    });
  });
});

describe('a request in a file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rosactl-verify-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const file = async (content: string) => {
    const path = join(folder, 'request.json');
    await writeFile(path, content);
    return path;
  };

  it('is sent as it is', async () => {
    const request = { vpc_id: 'vpc-0a1b2c3d', subnet_ids: ['subnet-0a1b2c3d'], dry_run: true };
    await network({ requestFile: await file(JSON.stringify(request)) });
    expect(asked[0]?.request).toEqual(request);
  });

  it.each([
    ['is not there', undefined, /cannot be used: ENOENT/],
    ['is not JSON', 'vpc_id: vpc-0a1b2c3d', /cannot be used: .*JSON/],
    ['is no object', '42', /has no JSON object/],
    ['is a list', '[]', /has no JSON object/],
  ])('that %s is a usage error', async (_what, content, message) => {
    const requestFile = content === undefined ? join(folder, 'none.json') : await file(content);
    await expect(preflight({ requestFile })).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(message),
    });
    expect(asked).toEqual([]);
  });

  it.each([verifyPreflight, verifyNetwork])('contradicts every flag it stands for: $name', ({ options }) => {
    const camelCase = (flag: string) =>
      flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const names = options.map(({ flags }) => camelCase(flags.split(' ')[0]?.slice(2) ?? ''));
    const requestFile = options.find(({ flags }) => flags.startsWith('--request-file'));
    const others = names.filter((name) => !['requestFile', 'alias', 'strict', 'report'].includes(name));
    expect(new Set(requestFile?.conflicts)).toEqual(new Set(others));
  });
});

describe('a report', () => {
  let folder: string;
  let report: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rosactl-report-'));
    report = join(folder, 'report.html');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is written as a page that says who answered', async () => {
    answer = { ...answered('failed'), version: '7' };
    const { exitCode } = await preflight({ ...preflightFlags, report });
    const page = await readFile(report, 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    for (const words of [
      'Preflight check',
      'one_check',
      'rosa-preflight-checker:prod, version 7',
      '123456789012',
    ]) {
      expect(page).toContain(words);
    }
    expect(exitCode).toBe(1);
  });

  it('is named to people and to programs', async () => {
    const { lines, data } = await preflight({ ...preflightFlags, report });
    expect(lines.at(-1)).toBe(`The report is in ${report}`);
    expect(data).toMatchObject({ summary: { status: 'passed' }, report });
  });

  it('takes the place of an older one and leaves nothing beside it', async () => {
    await writeFile(report, 'older');
    await preflight({ ...preflightFlags, report });
    expect(await readFile(report, 'utf8')).toContain('one_check');
    expect(await readdir(folder)).toEqual(['report.html']);
  });

  it('of a network has a drawing: the function is asked for the topology, in requests of files, too', async () => {
    const payload = { ...(answered('passed').payload as object), topology: sampleTopology };
    answer = { payload };
    const requestFile = join(folder, 'request.json');
    await writeFile(requestFile, JSON.stringify({ vpc_id: 'vpc-0a1b2c3d', subnet_ids: ['subnet-0a1b2c3d'] }));
    await network({ requestFile, report });
    expect(asked[0]?.request).toMatchObject({ vpc_id: 'vpc-0a1b2c3d', include_topology: true });
    expect(isNetworkRequest(asked[0]?.request)).toBe(true);
    expect(await readFile(report, 'utf8')).toMatch(/<svg role="img" aria-label="Drawing of vpc-/);
  });

  it('of a network says why there is no drawing when the function does not know what that is', async () => {
    functions.invoke = async (_name, _alias, request?: unknown) => {
      const message = 'include_topology is not a field of this request';
      const refused = { errorType: 'InvalidRequestError', payload: { errorMessage: message } };
      return 'include_topology' in (request as object) ? refused : answer;
    };
    expect((await network({ ...networkFlags, report })).exitCode).toBe(0);
    const page = await readFile(report, 'utf8');
    expect(page).toContain('There is no drawing: rosa-network-verifier:prod is of a release that cannot');
    expect(page).not.toContain('<svg');
  });

  it('is not asked for, and no topology either, without the flag', async () => {
    const { lines, data } = await network();
    expect(asked[0]?.request).not.toHaveProperty('include_topology');
    expect(data).not.toHaveProperty('report');
    expect(lines.join()).not.toContain('report');
  });

  it('that has no folder to be in is a usage error, before anything is asked', async () => {
    const missing = join(folder, 'none', 'report.html');
    await expect(network({ ...networkFlags, report: missing })).rejects.toMatchObject({
      name: 'UsageError',
      message: `the report cannot be written to ${missing}: there is no folder ${join(folder, 'none')}. Make it, or name another`,
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['a folder', () => folder, /it is a folder\. Name a file in it/],
    ['below a file', () => join(report, 'report.html'), /there is no folder/],
  ])('cannot be %s', async (_what, place, message) => {
    await writeFile(report, 'a file');
    await expect(preflight({ ...preflightFlags, report: place() })).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(message),
    });
    expect(asked).toEqual([]);
  });

  it('that cannot be written after all is a usage error with its cause', async () => {
    functions.invoke = async () => {
      await rm(folder, { recursive: true });
      return answer;
    };
    await expect(preflight({ ...preflightFlags, report })).rejects.toMatchObject({
      name: 'UsageError',
      cause: { code: 'ENOENT' },
    });
  });
});
