import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createCluster } from '../../../../rosactl/commands/create-cluster.ts';
import type { CheckStatus } from '../../../../schemas/generated/check.js';
import { validate as isNetworkRequest } from '../../../../schemas/generated/network-verifier-request.js';
import { validate as isPreflightRequest } from '../../../../schemas/generated/preflight-checker-request.js';
import type { ClusterStatus, PlatformApi } from '../../../../shared/platform-api/platform-api.ts';
import { steppingClock } from '../../../support/fakes/clock.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import { FakeLambdaFunctions } from '../../../support/fakes/fake-lambda-functions.ts';
import { apiFailure, clusterStatus, fakePlatformApi } from '../../../support/fakes/platform-api.ts';
import type { Recorded } from '../../../support/fakes/recorded.ts';

type Flags = Record<string, string | true>;

const needed = { name: 'dev1', vpcId: 'vpc-0a1b2c3d', subnetIds: 'subnet-0a1b2c3d, subnet-0b1b2c3d' };
const nodes = { instanceTypes: 'm5.xlarge', nodeCount: '3' };

let platformApi: Recorded<PlatformApi>;
let functions: FakeLambdaFunctions;
let asked: { name: string; alias: string; request: unknown }[];
let findings: CheckStatus;
let folder: string;

/** What both checkers answer with one finding of the status. */
const answered = (status: CheckStatus) => {
  const all = [{ check_name: 'one_check', status, message: 'what was found' }];
  const summary = { status, passed: 0, warning: 0, failed: 0, [status]: 1 };
  return { payload: { validation_results: all, network_validation_results: all, summary } };
};

beforeEach(async () => {
  platformApi = fakePlatformApi();
  asked = [];
  findings = 'passed';
  functions = new FakeLambdaFunctions();
  functions.invoke = async (name, alias, request?: unknown) => {
    asked.push({ name, alias, request: JSON.parse(JSON.stringify(request)) });
    return answered(findings);
  };
  folder = await mkdtemp(join(tmpdir(), 'create-cluster-'));
});

afterEach(() => rm(folder, { recursive: true }));

const create = (flags: Flags = {}) => {
  const context = { ...fakeContext({ functions, platformApi }), clock: steppingClock() };
  return createCluster.run(context, { ...needed, ...flags });
};

const specFile = async (content: string): Promise<string> => {
  const file = join(folder, 'spec.json');
  await writeFile(file, content);
  return file;
};

const created = () => platformApi.calls.filter(({ name }) => name === 'createCluster');

describe('create cluster', () => {
  it('asks for the cluster in the region and says what is next', async () => {
    const { exitCode, lines, data } = await create({ openshiftVersion: '4.22' });
    expect(exitCode).toBe(0);
    expect(created()[0]?.args).toEqual([
      {
        name: 'dev1',
        region: 'us-east-1',
        vpcId: 'vpc-0a1b2c3d',
        subnetIds: ['subnet-0a1b2c3d', 'subnet-0b1b2c3d'],
        version: '4.22',
      },
    ]);
    expect(lines.at(-1)).toBe('✔ dev1 is being created. Next: rosactl describe cluster dev1');
    expect(data).toMatchObject({ cluster: { name: 'dev1', phase: 'Provisioning' } });
  });

  it('says what nodes it is to have', async () => {
    await create({ ...nodes, maxNodeCount: '6' });
    expect(created()[0]?.args).toMatchObject([
      { clusterConfig: { instance_types: ['m5.xlarge'], node_count: 3, max_node_count: 6 } },
    ]);
  });

  it('takes more of what the API wants from a file', async () => {
    const spec = { hostedCluster: { platform: { aws: { rolesRef: { ingressARN: 'arn' } } } } };
    await create({ specFile: await specFile(JSON.stringify(spec)) });
    expect(created()[0]?.args).toMatchObject([{ spec }]);
  });

  it.each(['{', '[]', '"text"'])('refuses a file that has %s', async (content) => {
    const run = create({ specFile: await specFile(content) });
    await expect(run).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/spec\.json cannot be used/),
    });
  });

  it.each<[Flags, RegExp]>([
    [{ specFile: '/nonexistent/spec.json' }, /ENOENT/],
    [{ instanceTypes: 'm5.xlarge' }, /--instance-types and --node-count/],
    [{ nodeCount: '3' }, /--instance-types and --node-count/],
    [{ maxNodeCount: '3' }, /--instance-types and --node-count/],
    [{ ...nodes, maxNodeCount: '2' }, /--max-node-count 2 is less than --node-count 3/],
    [{ verify: true }, /--verify needs --instance-types and --node-count/],
  ])('is a usage error with %j, and creates nothing', async (flags, message) => {
    await expect(create(flags)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(message),
    });
    expect(created()).toEqual([]);
  });

  it('wants the address of the Platform API', async () => {
    const run = createCluster.run(fakeContext(), needed);
    await expect(run).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/--platform-api-url/),
    });
  });

  it('shows with --dry-run what it would ask for, and creates nothing', async () => {
    const { exitCode, lines, data } = await create({ dryRun: true });
    expect(exitCode).toBe(0);
    expect(lines.join('\n')).toMatch(/nothing has been created[\s\S]*"vpcId": "vpc-0a1b2c3d"/);
    expect(data).toMatchObject({ cluster: null, request: { name: 'dev1' } });
    expect(created()).toEqual([]);
  });
});

describe('create cluster --verify', () => {
  it('asks both checkers as their schemas have it, and then creates', async () => {
    const { exitCode, lines, data } = await create({ ...nodes, verify: true });
    expect(exitCode).toBe(0);
    const [preflight, network] = asked;
    expect(preflight).toMatchObject({ name: 'rosa-preflight-checker', alias: 'prod' });
    expect(isPreflightRequest(preflight?.request)).toBe(true);
    expect(network).toMatchObject({ name: 'rosa-network-verifier', alias: 'prod' });
    expect(isNetworkRequest(network?.request)).toBe(true);
    expect(lines.join('\n')).toMatch(/✔ one_check[\s\S]*✔ dev1 is being created/);
    expect(data).toMatchObject({ verification: { preflight: { summary: { passed: 1 } }, network: {} } });
  });

  it('goes on with a warning', async () => {
    findings = 'warning';
    expect((await create({ ...nodes, verify: true })).exitCode).toBe(0);
    expect(created()).toHaveLength(1);
  });

  it('stops when a check has failed, and creates nothing', async () => {
    findings = 'failed';
    const { exitCode, lines, data } = await create({ ...nodes, verify: true, wait: true });
    expect(exitCode).toBe(1);
    expect(asked).toHaveLength(2);
    expect(lines.at(-1)).toMatch(/^Nothing was created/);
    expect(data).toMatchObject({ cluster: null, verification: { network: { summary: { failed: 1 } } } });
    expect(created()).toEqual([]);
  });

  it('takes nodes and requirements of a v1 spec, too', async () => {
    const spec = {
      cluster_config: { instance_types: ['m5.xlarge'], node_count: 2 },
      requirements: { zero_egress: true },
    };
    await create({ verify: true, specFile: await specFile(JSON.stringify(spec)) });
    expect(asked.map(({ request }) => request)).toMatchObject([
      { cluster_config: spec.cluster_config },
      { requirements: spec.requirements },
    ]);
  });
});

describe('create cluster --wait', () => {
  it('ends when the cluster is ready', async () => {
    platformApi = fakePlatformApi({ statuses: [clusterStatus('Provisioning'), clusterStatus('Ready')] });
    const { exitCode, lines, data } = await create({ wait: true });
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toBe('✔ dev1 is ready.');
    expect(data).toMatchObject({ cluster: { phase: 'Ready' }, waited: 'ready' });
  });

  it.each<[string, ClusterStatus | undefined, RegExp]>([
    ['has failed', clusterStatus('Failed', 'NoCapacity'), /NoCapacity[\s\S]*rosactl delete cluster dev1/],
    ['is not ready in time', clusterStatus('Provisioning'), /35 minutes[\s\S]*rosactl describe cluster dev1/],
    ['is deleted meanwhile', undefined, /dev1 is gone/],
  ])('exits 1 when the cluster %s, and says what to do', async (_what, status, told) => {
    platformApi = fakePlatformApi({ statuses: [status] });
    const { exitCode, lines } = await create({ wait: true });
    expect(exitCode).toBe(1);
    expect(lines.join('\n')).toMatch(told);
  });

  it('exits 1 with the findings when a check of the platform has failed', async () => {
    const finding = { check: 'vpc_dns_support', status: 'failed', message: 'DNS is off' };
    const operations = [
      { operation: 'network-verifier', outcome: 'failed', via: 'lambda', findings: [finding] },
    ];
    platformApi = fakePlatformApi({ statuses: [{ phase: 'Failed', conditions: [], operations }] });
    const { exitCode, lines, data } = await create({ wait: true });
    expect(exitCode).toBe(1);
    expect(lines.join('\n')).toMatch(
      /✖ network-verifier failed, via lambda\n +✖ vpc_dns_support: DNS is off/,
    );
    expect(data).toMatchObject({ cluster: { operations: [{ findings: [finding] }] }, waited: 'failed' });
  });

  it('outlives an API that is out of order for a while', async () => {
    platformApi = fakePlatformApi({ statuses: [clusterStatus('Ready')] });
    platformApi.fail('clusterStatus', apiFailure('unavailable'), 3);
    expect((await create({ wait: true })).exitCode).toBe(0);
  });
});

describe('what a cluster is made of', () => {
  const problem = (flag: string, value: string) =>
    createCluster.options.find(({ flags }) => flags.startsWith(`${flag} `))?.problem?.(value);

  it.each([
    ['--name', 'dev1'],
    ['--vpc-id', 'vpc-0a1b2c3d4e5f60718'],
    ['--subnet-ids', 'subnet-0a1b2c3d, subnet-0b1b2c3d'],
    ['--node-count', '500'],
  ])('may be %s %s', (flag, value) => {
    expect(problem(flag, value)).toBeUndefined();
  });

  it.each([
    ['--name', 'nineteen-characters'],
    ['--name', 'Dev1'],
    ['--vpc-id', 'vpc-1'],
    ['--vpc-id', 'vpc-0a1b2c3d,vpc-0b1b2c3d'],
    ['--subnet-ids', 'subnet-0a1b2c3d,'],
    ['--subnet-ids', 'vpc-0a1b2c3d'],
    ['--node-count', '0'],
    ['--node-count', '501'],
    ['--max-node-count', '1.5'],
  ])('may not be %s %s', (flag, value) => {
    expect(problem(flag, value)).toEqual(expect.any(String));
  });
});
