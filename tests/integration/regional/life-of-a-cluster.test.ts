import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  DeleteRolePolicyCommand,
  ListOpenIDConnectProvidersCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClusterStatus, PlatformApi } from '../../../shared/platform-api/platform-api.ts';
import { administrator } from '../../../tools/journey/customer-account.ts';
import { awsOfAccount } from '../../../tools/journey/regional-platform.ts';
import { alarmNow } from '../../support/alarm-value.ts';
import { BothSides } from '../../support/both-sides.ts';
import { addDist, builtOnce } from '../../support/built-project.ts';
import { letInClm } from '../../support/clm-caller.ts';
import { eventually } from '../../support/eventually.ts';
import { installerOfRedHat } from '../../support/fakes/legacy-access.ts';
import {
  installerRoleArn,
  letProvidersBeMade,
  prepareInstallerOfRedHat,
  prepareLegacyAccess,
} from '../../support/legacy-customer.ts';
import { brokenAccount } from '../../support/life/broken-account.ts';
import { type BrokenWay, brokenWays } from '../../support/life/broken-ways.ts';
import { RegionalRecords } from '../../support/regional-records.ts';
import { askRosactl } from '../../support/rosactl.ts';
import { followRunbook } from '../../support/runbooks/follow.ts';
import { Shell } from '../../support/runbooks/shell.ts';
import { signedFetch } from '../../support/signed-fetch.ts';

/** A deploy, a build, and seventeen accounts, on a busy machine with two cores. */
const slowMs = 300_000;

const customer = '123456789012';
const platform = '111122223333';
const worker = 'rosa-regional-worker';
const distributor = 'rosa-regional-distributor';
const failingAlarm = 'rosa-regional-clusters-failing';
const threeTimes = (way: string): string[] => [way, way, way];

let sides: BothSides;
let records: RegionalRecords;
let shell: Shell;
let created = 0;

beforeAll(async () => {
  const parameters = { installerCallerRoleArn: installerOfRedHat };
  [sides] = await Promise.all([
    BothSides.start({ enforceIam: true, functions: false, parameters }),
    builtOnce(),
  ]);
  const { aws, project, iam } = sides.laptop;
  records = new RegionalRecords(sides);
  const { environment } = await awsOfAccount(aws, platform);
  [shell] = await Promise.all([
    Shell.open(project.folder, { ...environment, ROSACTL_PLATFORM_API_URL: sides.apiUrl }),
    addDist(project.folder),
    prepareLegacyAccess(iam),
    prepareInstallerOfRedHat(aws),
  ]);
}, slowMs);
afterAll(async () => {
  await Promise.all([sides?.stop(), shell?.close()]);
});

/** Runs a command as the customer and reads its JSON. */
function rosactl(...argv: string[]) {
  const { aws, project } = sides.laptop;
  const environment = { ...aws.environment, ROSACTL_PLATFORM_API_URL: sides.apiUrl };
  return askRosactl({ folder: project.folder, environment }, ...argv);
}

/** Asks for a cluster of the customer's, and waits for its end. */
async function make(name = `dev${++created}`): Promise<{ id: string; status: ClusterStatus | undefined }> {
  const { id } = await sides.createCluster(name);
  return { id, status: await sides.end(id) };
}

/** A request for a cluster in a network that is not there. */
const hopeless = () => ({
  name: `dev${++created}`,
  region: 'us-east-1',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0'],
});

const ways = (status: ClusterStatus | undefined) => status?.operations.map(({ via }) => via);
const modeOf = async (id: string) => (await sides.platformApi.describeCluster(id))?.accessMode;

async function providersOf(clusterId: string): Promise<number> {
  const { OpenIDConnectProviderList = [] } = await sides.laptop.iam.send(
    new ListOpenIDConnectProvidersCommand({}),
  );
  return OpenIDConnectProviderList.filter(({ Arn }) => Arn?.endsWith(clusterId)).length;
}

const failedIn = ({ findings }: { findings: { status: string }[] }) =>
  findings.filter(({ status }) => status === 'failed');

/** The clusters of each mode, as they were made. */
const made: Record<'legacy' | 'dual', string> = { legacy: '', dual: '' };

describe('a customer whom the rosa command line has set up, in order', () => {
  beforeAll(async () => {
    const wayIn = { authentication: 'resource-policy', accessMode: 'oidc-sts' } as const;
    const account = { accountId: customer, region: 'us-east-1', oidcStsRoleArn: installerRoleArn };
    await sides.platformApi.registerAccount({ ...account, ...wayIn });
  });

  it('reads what the installer role lacks to make a cluster with', async () => {
    const { status } = await make();
    expect(status).toMatchObject({
      phase: 'Failed',
      message: expect.stringContaining(
        `the role ${installerRoleArn} may not call iam:CreateOpenIDConnectProvider. Allow it`,
      ),
    });
  });

  it('has a cluster made with that role alone; what it may not read is a warning and stays visible', async () => {
    await letProvidersBeMade(sides.laptop.iam);
    await sides.laptop.forgetCalls();
    const { id, status } = await make();
    made.legacy = id;
    expect(status?.phase).toBe('Ready');
    expect(ways(status)).toEqual(threeTimes('oidc-sts'));
    expect(status?.operations[0]).toMatchObject({
      outcome: 'warning',
      findings: expect.arrayContaining([
        expect.objectContaining({
          message: expect.stringContaining(`the role ${installerRoleArn} may not call ec2:DescribeVolumes`),
        }),
      ]),
    });
    const session = `arn:aws:sts::${customer}:assumed-role/mine-HCP-ROSA-Installer-Role/rosa-clm-${id}`;
    const calls = (await sides.laptop.calls()).filter(({ principalArn }) => principalArn === session);
    expect(calls.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['DescribeRegions', 'DescribeVpcs', 'CreateOpenIDConnectProvider']),
    );
  });

  it('is shown what a migration would do, and nothing is changed', async () => {
    const before = await sides.platformApi.describeAccount(customer);
    await sides.laptop.forgetCalls();
    const { status, answer } = await rosactl('migrate-account', '--dry-run');
    expect(failedIn(answer)).toEqual([]);
    expect(answer.registrationChanges).toContain('accessMode: oidc-sts -> dual');
    expect(status).toBe(0);
    const changes = (await sides.laptop.changes()).filter((call) => call !== 'execute-api:Invoke');
    expect([changes, await sides.platformApi.describeAccount(customer)]).toEqual([[], before]);
  }, 120_000);

  it('is migrated, and works in both ways', async () => {
    const { status, answer } = await rosactl('migrate-account');
    expect(answer).toMatchObject({ migrated: true, registration: { status: 'changed', accessMode: 'dual' } });
    expect(status).toBe(0);
    expect(await rosactl('test-migration')).toMatchObject({ status: 0, answer: { verdict: 'ready' } });
  }, 120_000);

  it('has new clusters made by the functions, of which version and code are kept', async () => {
    const { id, status } = await make();
    made.dual = id;
    expect(status?.phase).toBe('Ready');
    expect(ways(status)).toEqual(threeTimes('lambda'));
    const account = await sides.platformApi.describeAccount(customer);
    const { preflightChecker, networkVerifier, oidcProvisioner } = account?.lambdaVersions ?? {};
    expect(status?.operations.map(({ version, codeSha256 }) => ({ version, codeSha256 }))).toEqual([
      preflightChecker,
      networkVerifier,
      oidcProvisioner,
    ]);
    expect(account?.release).toBe(status?.operations[0]?.release);
    expect(Date.parse(account?.lastAnswerAt ?? '')).toBeGreaterThan(Date.now() - slowMs);
  });

  it('keeps the old cluster as it was made', async () => {
    expect([await modeOf(made.legacy), await modeOf(made.dual)]).toEqual(['oidc-sts', 'dual']);
    expect(ways(await sides.platformApi.clusterStatus(made.legacy))).toEqual(threeTimes('oidc-sts'));
  });
});

describe('three clusters that fail one after the other', () => {
  let ids: string[];

  const setAlarm = (StateValue: 'ALARM' | 'OK') =>
    records.cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName: failingAlarm, StateValue, StateReason: 'as alarmNow says' }),
    );

  /** What CloudWatch would do: the laptop AWS keeps alarms and metrics, and evaluates none. */
  async function failThree(): Promise<void> {
    expect(await alarmNow(records.cloudWatch, failingAlarm)).toMatchObject({ rings: false });
    ids = await Promise.all(
      [1, 2, 3].map(async () => (await sides.platformApi.createCluster(hopeless())).id),
    );
    expect(await records.unended(ids)).toEqual([]);
    const alarm = () => alarmNow(records.cloudWatch, failingAlarm);
    expect(await eventually(alarm, ({ rings }) => rings)).toEqual({ value: 3, rings: true });
    await setAlarm('ALARM');
  }

  async function succeed(): Promise<void> {
    expect((await make()).status?.phase).toBe('Ready');
    await setAlarm('OK');
    const counts = async () =>
      (await records.of(distributor)).flatMap(({ ConsecutiveFailedClusters: count }) => count ?? []);
    expect((await eventually(counts, (all) => all.at(-1) === 0)).at(-1)).toBe(0);
  }

  it(
    'ring the alarm, whose runbook helps, word for word; one that gets ready ends it',
    async () => {
      await followRunbook(shell, {
        runbook: 'clusters-failing',
        bring: failThree,
        shows: /"consecutive_failures":3,"accounts":1/,
        meanwhile: succeed,
      });
    },
    slowMs,
  );

  it('are named in the log, with what they failed of', async () => {
    const [record] = await records.of(distributor, 'clusters fail one after the other');
    expect(record).toMatchObject({ level: 'ERROR', next: 'docs/runbooks/clusters-failing.md' });
    const failures = record?.failures as { account: string; cluster: string; message: string }[];
    expect(new Set(failures.map(({ account }) => account))).toEqual(new Set([customer]));
    expect(failures.map(({ cluster }) => cluster).toSorted()).toEqual(ids.toSorted());
    for (const { message } of failures) expect(message).toContain('network-verifier found');
  });
});

describe('a cluster that is deleted while a function is at work', () => {
  const name = 'short-lived';
  let id: string;

  it('is gone when that has ended, and nothing more is done for it', async () => {
    const target = `:${customer}:function:rosa-network-verifier`;
    await sides.laptop.fault({ service: 'lambda', action: 'Invoke', target, latencyMs: 3_000, times: 1 });
    ({ id } = await sides.createCluster(name));
    const look = () => sides.platformApi.clusterStatus(id);
    await eventually(look, (status) => status?.operations.length === 1);
    expect(await sides.platformApi.deleteCluster(id)).toBe('deleting');
    expect(await eventually(look, (status) => status === undefined)).toBeUndefined();
    expect(await providersOf(id)).toBe(0);
    const steps = await records.of(worker, 'step ended');
    expect(steps.filter(({ cluster_id }) => cluster_id === id).map(({ operation }) => operation)).toEqual([
      'preflight-checker',
    ]);
  });

  it('leaves its name to another one', async () => {
    const again = await make(name);
    expect(again.id).not.toBe(id);
    expect(again.status?.phase).toBe('Ready');
  });
});

describe('a function whose role has lost a permission', () => {
  const rolePolicy = { RoleName: '', PolicyName: 'Denied' };
  const denied =
    /^rosa-oidc-provisioner:prod failed with AccessDeniedError: .*iam:CreateOpenIDConnectProvider/;

  beforeAll(async () => {
    const { Role = '' } = await sides.laptop.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'rosa-oidc-provisioner' }),
    );
    rolePolicy.RoleName = Role.split('/').at(-1) ?? '';
    const Statement = [{ Effect: 'Deny', Action: 'iam:CreateOpenIDConnectProvider', Resource: '*' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await sides.laptop.iam.send(new PutRolePolicyCommand({ ...rolePolicy, PolicyDocument }));
  });
  afterAll(() => sides.laptop.iam.send(new DeleteRolePolicyCommand(rolePolicy)));

  it('is gone around in mode dual, for that step alone', async () => {
    const { status } = await make();
    expect(status?.phase).toBe('Ready');
    expect(ways(status)).toEqual(['lambda', 'lambda', 'oidc-sts']);
    expect(status?.operations[2]?.fallback).toEqual({
      kind: 'function-failed',
      message: expect.stringMatching(denied),
    });
  });

  it('fails the cluster in mode lambda, to which the migration leads, with what to do', async () => {
    const { answer } = await rosactl('migrate-account', '--complete');
    expect(answer).toMatchObject({ outcome: 'changed', accessMode: { before: 'dual', after: 'lambda' } });
    const { status } = await make();
    expect(status).toMatchObject({ phase: 'Failed', operations: [{}, {}, { outcome: 'error' }] });
    expect(status?.operations[2]?.error).toMatchObject({
      errorType: 'AccessDeniedError',
      message: expect.stringMatching(denied),
    });
  });
});

describe('a function that the platform cannot use', () => {
  /** What became of two clusters of one account, one of each mode. */
  interface Outcome {
    platformApi: PlatformApi;
    dual: string;
    lambda: string;
  }

  const outcomes = new Map<BrokenWay, Outcome>();
  let waiting: string;

  async function breakOne(way: BrokenWay, index: number): Promise<void> {
    const accountId = String(200000000001 + index);
    const platformApi = await brokenAccount(sides, accountId, way);
    const { id: dual } = await platformApi.createCluster(hopeless());
    await platformApi.changeAccount(accountId, { accessMode: 'lambda' });
    const { id: lambda } = await platformApi.createCluster(hopeless());
    outcomes.set(way, { platformApi, dual, lambda });
  }

  beforeAll(async () => {
    // Lambda does not work for the customer, whose mode is lambda.
    const target = `:${customer}:function:rosa-network-verifier`;
    const error = { code: 'ServiceException', status: 500, message: 'An internal error occurred.' };
    await sides.laptop.fault({ service: 'lambda', action: 'Invoke', target, error });
    waiting = (await sides.createCluster(`dev${++created}`)).id;
    // Three at a time: each request to the API is a process.
    const left = [...brokenWays.entries()];
    const breakNext = async () => {
      for (let next = left.shift(); next; next = left.shift()) await breakOne(next[1], next[0]);
    };
    await Promise.all([breakNext(), breakNext(), breakNext()]);
    const ending = [...outcomes].flatMap(([way, { dual, lambda }]) =>
      way.attempts ? [dual, lambda] : [dual],
    );
    expect(await records.unended(ending)).toEqual([]);
  }, slowMs);

  it.each(brokenWays)('since it $way: in mode dual the installer role makes the cluster', async (way) => {
    const { platformApi, dual } = outcomes.get(way) as Outcome;
    const status = await platformApi.clusterStatus(dual);
    expect(status?.phase).toBe('Ready');
    expect(ways(status)).toEqual(threeTimes('oidc-sts'));
    expect(status?.operations[0]?.fallback).toEqual({
      kind: way.kind,
      message: expect.stringMatching(way.says),
    });
    expect(status?.conditions[0]?.message).toContain('via oidc-sts, since the functions could not be used');
  });

  it.each(brokenWays.filter(({ attempts }) => attempts))(
    'since it $way: in mode lambda the cluster fails, and the customer reads what to do',
    async (way) => {
      const { platformApi, lambda } = outcomes.get(way) as Outcome;
      const status = await platformApi.clusterStatus(lambda);
      expect(status?.phase).toBe('Failed');
      expect(status?.operations).toMatchObject([
        { via: 'lambda', attempts: way.attempts, error: { kind: way.kind } },
      ]);
      expect(status?.operations[0]?.error?.message).toMatch(way.says);
      expect(status?.message).toContain(status?.operations[0]?.error?.message);
    },
  );

  it('since Lambda does not work: in mode lambda the cluster waits, and goes on when it does', async () => {
    const before = await sides.platformApi.clusterStatus(waiting);
    expect(before).toMatchObject({
      phase: 'Provisioning',
      message: expect.stringMatching(
        /checking the network; tried \d+ times, trying again: .*ServiceException/,
      ),
    });
    await sides.laptop.clearFaults();
    expect(await records.unended([waiting])).toEqual([]);
    const after = await sides.platformApi.clusterStatus(waiting);
    expect(after?.phase).toBe('Ready');
    expect(after?.operations[1]?.attempts).toBeGreaterThan(4);
  }, 120_000);

  it('is recorded for each step, by kind, in the log and in the metric', async () => {
    const steps = await records.of(worker, 'step ended');
    for (const [{ kind, says }, { dual }] of outcomes) {
      expect(steps.filter(({ cluster_id }) => cluster_id === dual)[0]).toMatchObject({
        ...{ operation: 'preflight-checker', via: 'oidc-sts', access_mode: 'dual' },
        ...{ fallback_kind: kind, fallback_reason: expect.stringMatching(says) },
      });
    }
    for (const kind of new Set(brokenWays.map((way) => way.kind))) {
      const count = steps.filter(({ fallback_kind }) => fallback_kind === kind).length;
      expect([kind, await records.sum('Fallbacks', { kind })]).toEqual([kind, count]);
    }
  });
});

describe('the fleet', () => {
  const accountsSeenBy = async (aws: Parameters<typeof administrator>[0]) => {
    const { credentials } = administrator(aws);
    const response = await signedFetch(`${sides.apiUrl}/api/v1/accounts`, { credentials });
    // biome-ignore lint/suspicious/noExplicitAny: the contract's own test judges the shape
    return (await response.json()) as any;
  };
  const counted = (items: { access_mode: string }[], mode: string) =>
    items.filter(({ access_mode }) => access_mode === mode).length;

  it('shows a customer its own account: mode, release, last answer, and how far it is', async () => {
    const { items, progress } = await accountsSeenBy(sides.laptop.aws);
    expect(items).toMatchObject([
      {
        account_id: customer,
        access_mode: 'lambda',
        release: expect.any(String),
        last_answer_at: expect.any(String),
      },
    ]);
    expect(progress.accounts).toMatchObject({
      total: 1,
      access_modes: [{ access_mode: 'lambda', share: 1 }, {}, {}],
    });
    const clusters = await sides.platformApi.listClusters();
    const count = (access_mode: string) =>
      clusters.filter(({ accessMode }) => accessMode === access_mode).length;
    expect(progress.clusters).toMatchObject({
      total: clusters.length,
      access_modes: ['lambda', 'dual', 'oidc-sts'].map((access_mode) => ({
        access_mode,
        count: count(access_mode),
      })),
    });
  });

  it('shows an operator every account', async () => {
    const { items, progress } = await accountsSeenBy(await awsOfAccount(sides.laptop.aws, platform));
    expect(items).toHaveLength(brokenWays.length + 1);
    expect(progress.accounts).toMatchObject({
      total: items.length,
      access_modes: [{ access_mode: 'lambda', count: counted(items, 'lambda') }, {}, {}],
    });
    expect(progress.clusters.total).toBe((await records.phases()).size);
  });
});

describe('a customer who goes back, and comes again, in order', () => {
  const accessRole = 'RosaRegionalPlatformAccess-us-east-1';
  const names = async () => (await sides.platformApi.listClusters()).map(({ name }) => name);

  it('has new clusters made with the installer role again; the others keep their mode', async () => {
    const before = await Promise.all([made.legacy, made.dual].map(modeOf));
    const { answer } = await rosactl('migrate-account', '--rollback');
    expect(answer).toMatchObject({ outcome: 'changed', accessMode: { before: 'lambda', after: 'oidc-sts' } });
    const { id, status } = await make();
    expect([status?.phase, await modeOf(id)]).toEqual(['Ready', 'oidc-sts']);
    expect(ways(status)).toEqual(threeTimes('oidc-sts'));
    expect(await Promise.all([made.legacy, made.dual].map(modeOf))).toEqual(before);
  });

  it('is not let go while it has clusters, which are named', async () => {
    const reason = await sides.platformApi.unregisterAccount(customer).catch(({ message }) => message);
    expect(reason).toContain('Delete them, wait until they are gone, and try again');
    for (const name of await names()) expect(reason).toContain(name);
  });

  it('is let go after them', async () => {
    for (const { id } of await sides.platformApi.listClusters()) await sides.platformApi.deleteCluster(id);
    expect(await eventually(names, (left) => left.length === 0)).toEqual([]);
    expect(await sides.platformApi.unregisterAccount(customer)).toBe('unregistered');
    expect(await sides.platformApi.describeAccount(customer)).toBeUndefined();
  });

  it('is set up again, now with a role that the platform assumes', async () => {
    const { status, answer } = await rosactl('setup-account', '--authentication', 'assume-role');
    expect(answer).toMatchObject({
      authentication: 'assume-role',
      registration: { status: 'registered', accessMode: 'lambda' },
    });
    expect(status).toBe(0);
  }, 120_000);

  it('has clusters made through that role, of which version and code hash are read', async () => {
    await sides.laptop.forgetCalls();
    const { id, status } = await make();
    expect(status?.phase).toBe('Ready');
    const session = `arn:aws:sts::${customer}:assumed-role/${accessRole}/rosa-clm-${id}`;
    const calls = (await sides.laptop.calls()).filter(({ principalArn }) => principalArn === session);
    expect(calls.filter(({ action }) => action === 'Invoke')).toHaveLength(3);
    const of = { FunctionName: 'rosa-oidc-provisioner', Qualifier: 'prod' };
    const { Version, CodeSha256 } = await sides.laptop.lambda.send(new GetFunctionConfigurationCommand(of));
    expect(status?.operations[2]).toMatchObject({ via: 'lambda', version: Version, codeSha256: CodeSha256 });
  });

  it('reads what to do when the role asks for another external id', async () => {
    const PolicyDocument = letInClm('rosa-lambda-access:999999999999');
    await sides.laptop.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: accessRole, PolicyDocument }));
    expect((await make()).status).toMatchObject({
      phase: 'Failed',
      message: expect.stringMatching(/sts:AssumeRole on .*external id.*: run `rosactl setup-account`/),
    });
  });
});
