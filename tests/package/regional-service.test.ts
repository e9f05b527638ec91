import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type PackagedService, packageService } from '../support/packaged-service.ts';
import { runFolder } from '../support/run-folder.ts';
import { lint, type Statement, statementsIn } from '../support/template-checks.ts';

const functions = ['api', 'distributor', 'worker'] as const;

const packaged = (parameters: Record<string, string> = {}): Promise<PackagedService> =>
  packageService({ oidcIssuerBaseUrl: 'https://oidc.example.com', ...parameters }, 'regional');

let service: PackagedService;
beforeAll(async () => {
  service = await packaged();
}, 120_000);
afterAll(() => service?.remove());

const propertiesOf = (logicalId: string) => {
  const resource = service.template.Resources[logicalId];
  if (!resource) throw new Error(`the template has no ${logicalId}`);
  return resource.Properties;
};

const codeOf = async (key: string): Promise<[string, string]> => {
  const entries = Object.entries(unzipSync(await service.zip(key)));
  expect(entries).toHaveLength(1);
  const [[file, bytes] = ['', new Uint8Array()]] = entries;
  return [file, strFromU8(bytes)];
};

describe.each(functions)('the package of %s', (key) => {
  it('is one ES module, without a schema compiler or a path of the machine in it', async () => {
    const [file, code] = await codeOf(key);
    expect(file).toBe(`functions/${key}/handler.mjs`);
    expect(code).not.toMatch(/new Function\(/);
    expect(code).not.toContain(runFolder());
    expect(code).not.toContain(process.cwd());
  });

  it('can be loaded, with tracing and without', async () => {
    const [, code] = await codeOf(key);
    const file = join(service.folder, `${key}.mjs`);
    await writeFile(file, code);
    const script = `const { handler } = await import(${JSON.stringify(file)}); console.log(typeof handler)`;
    for (const ROSA_TRACING of ['false', 'true']) {
      const env = {
        ROSA_VERSION: '0.0.0',
        ROSA_TRACING,
        AWS_REGION: 'us-east-1',
        TABLE_NAME: 'table',
        WORK_QUEUE_URL: 'https://example.com/work',
        TIMERS_QUEUE_URL: 'https://example.com/timers',
        CLM_ROLE_ARN: 'arn:aws:iam::111122223333:role/CLMServiceRole',
        OIDC_ISSUER_BASE_URL: 'https://oidc.example.com',
        PARTITION: 'aws',
        OUTAGE_PAUSE_SECONDS: '60',
      };
      const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        env,
      });
      expect({ key, ROSA_TRACING, stdout: run.stdout.trim().split('\n').at(-1) }).toEqual({
        key,
        ROSA_TRACING,
        stdout: 'function',
      });
    }
  });
});

describe('the packages', () => {
  it('are small', async () => {
    const most = { api: 300_000, distributor: 300_000, worker: 900_000 };
    for (const key of functions) expect((await service.zip(key)).byteLength).toBeLessThan(most[key]);
  });

  it('and the template are equal to the byte when they are made again', async () => {
    const again = await packaged();
    for (const key of functions) expect((await again.zip(key)).equals(await service.zip(key))).toBe(true);
    const { template } = again;
    await again.remove();
    expect(Object.keys(template.Resources)).toEqual(Object.keys(service.template.Resources));
  }, 120_000);
});

/** What each role may do, by the statements' resources. */
const allowed = (roleId: string): string[] =>
  statementsIn(propertiesOf(roleId).Policies)
    .flatMap(({ Action = [] }: Statement) => Action)
    .toSorted();

const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const kms = ['kms:Decrypt', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];
const optional = [...kms, 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
const tracing = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
const common = [...logs, ...optional, ...tracing];

describe('the roles', () => {
  it('let the API at the table and nothing else', () => {
    const items = ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Query', 'UpdateItem'];
    expect(allowed('ApiRole')).toEqual([...common, ...items.map((one) => `dynamodb:${one}`)].toSorted());
  });

  it('let the distributor read the stream, the index and the timers, send work, and count failures', () => {
    const stream = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    const table = [...stream, 'Query', 'GetItem', 'PutItem', 'UpdateItem'].map((one) => `dynamodb:${one}`);
    const queues = ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage', 'SendMessage'];
    expect(allowed('DistributorRole')).toEqual(
      [...common, ...table, ...queues.map((one) => `sqs:${one}`)].toSorted(),
    );
    const tally = statementsIn(propertiesOf('DistributorRole').Policies).find(({ Action }) =>
      Action?.includes('dynamodb:PutItem'),
    );
    expect(tally).toMatchObject({
      Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['ClusterTally#alerts'] } },
    });
  });

  it('let the worker, as the CLM role, into what customers open to it', () => {
    expect(propertiesOf('WorkerRole').RoleName).toBe('CLMServiceRole');
    const byId = statementsIn(propertiesOf('WorkerRole').Policies).filter(({ Sid }) => Sid);
    expect(byId).toMatchObject([
      {
        Sid: 'InvokeCustomersFunctions',
        Action: ['lambda:InvokeFunction'],
        Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:*:*:function:*:prod' },
      },
      {
        Sid: 'AssumeCustomersRoles',
        Action: ['sts:AssumeRole'],
        Condition: { StringLike: { 'sts:ExternalId': 'rosa-lambda-access:*' } },
      },
      { Sid: 'CacheDirectories', Resource: { 'Fn::Sub': '${Table.Arn}' } },
    ]);
    const actions = allowed('WorkerRole');
    expect(actions.filter((one) => one.startsWith('iam:') || one.startsWith('ec2:'))).toEqual([]);
  });

  it('are for one function each, and allow nothing by a wildcard in the name of an action', () => {
    const actions = statementsIn(service.template.Resources).flatMap(({ Effect, Action = [] }) =>
      Effect === 'Allow' ? Action : [],
    );
    expect(actions.length).toBeGreaterThan(30);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });
});

describe('the API', () => {
  it('takes signed requests alone, of any account', () => {
    expect(propertiesOf('AnyMethod')).toMatchObject({ HttpMethod: 'ANY', AuthorizationType: 'AWS_IAM' });
    expect(propertiesOf('RestApi').Policy).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'execute-api:Invoke',
          Resource: 'execute-api:/*',
        },
      ],
    });
  });

  it('lets no other stranger in', () => {
    const { RestApi: _, ...others } = service.template.Resources;
    const principals = statementsIn(others)
      .filter(({ Effect, Principal }) => Effect === 'Allow' && Principal)
      .map(({ Principal }) => JSON.stringify(Principal));
    for (const principal of principals) expect(principal).toMatch(/^\{"Service":"[a-z]+\.amazonaws\.com"\}$/);
  });

  const deploymentOf = ({ template }: PackagedService) =>
    Object.entries(template.Resources).find(([, { Type }]) => Type === 'AWS::ApiGateway::Deployment');

  it('limits the rate, writes an access log, and is deployed anew when that changes', async () => {
    const [name, deployment] = deploymentOf(service) ?? [];
    expect(deployment?.Properties).toMatchObject({
      StageName: 'prod',
      StageDescription: {
        ThrottlingRateLimit: 100,
        ThrottlingBurstLimit: 200,
        AccessLogSetting: { Format: expect.stringContaining('$context.identity.accountId') },
      },
    });
    const other = await packaged({ throttlingRateLimit: '5' });
    const [otherName] = deploymentOf(other) ?? [];
    await other.remove();
    expect(otherName).toMatch(/^Deployment[0-9a-f]{12}$/);
    expect(otherName).not.toBe(name);
  }, 60_000);
});

describe('the table', () => {
  it('is encrypted, backed up, protected, and outlives the stack', () => {
    expect(service.template.Resources.Table).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    });
  });
});

describe('the queues', () => {
  it('keep what could not be done five times, and hide work for longer than the worker takes', () => {
    for (const id of ['WorkQueue', 'TimersQueue'])
      expect(propertiesOf(id).RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
    const { Timeout } = propertiesOf('WorkerLambdaFunction') as { Timeout: number };
    expect(propertiesOf('WorkQueue').VisibilityTimeout).toBeGreaterThan(Timeout);
  });

  it('ring an alarm each when something is left in them', () => {
    for (const id of ['DeadWorkQueue', 'DeadTimersQueue', 'DeadChangesQueue']) {
      expect(propertiesOf(`${id}Alarm`)).toMatchObject({
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Threshold: 0,
      });
    }
  });
});

describe('the alarms of the fleet', () => {
  it.each([
    ['at the third cluster that fails after another', 'ConsecutiveFailedClusters', 2],
    ['at the first step whose functions could not be used', 'Fallbacks', 0],
  ])('ring %s', (_, MetricName, Threshold) => {
    expect(propertiesOf(`${MetricName}Alarm`)).toMatchObject({
      Namespace: 'RosaRegional',
      MetricName,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold,
      Dimensions: [{ Name: 'service', Value: 'rosa-regional' }],
    });
  });
});

describe('the template', () => {
  it('passes cfn-lint, also with every parameter given', async () => {
    const other = await packaged({
      oidcThumbprint: 'a'.repeat(40),
      operatorAccounts: '111122223333,444455556666',
      clmRoleName: 'OtherRole',
      installerCallerRoleArn: 'arn:aws:iam::710019948333:role/RH-Managed-OpenShift-Installer',
      tableName: 'other-table',
      deletionProtection: 'false',
      sweepMinutes: '60',
      outagePauseSeconds: '30',
      workerTimeout: '400',
      workVisibilityTimeout: '500',
      workerConcurrency: '10',
      apiGatewayRole: 'false',
      logRetentionDays: '90',
      kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000',
      permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/Boundary',
      tracing: 'true',
      architecture: 'x86_64',
      alarms: 'false',
      alarmTopicArn: 'arn:aws:sns:us-east-1:111122223333:operations',
      alarmEndpoint: 'operations@example.com',
    });
    const said = await lint(service.templateFile, other.templateFile);
    await other.remove();
    expect(said).toBe('');
    expect(JSON.stringify(other.template.Resources)).toContain('rate(60 minutes)');
    expect(other.template.Resources.WorkerRole?.Properties.RoleName).toBe('OtherRole');
    expect(other.template.Resources.WorkerLambdaFunction?.Properties).toMatchObject({
      Timeout: 400,
      Architectures: ['x86_64'],
    });
  }, 120_000);

  it('gives every function a log group that keeps its records', () => {
    for (const id of ['ApiLogGroup', 'DistributorLogGroup', 'WorkerLogGroup', 'ApiAccessLog'])
      expect(propertiesOf(id).RetentionInDays).toBe(365);
  });
});
