import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { seedSettings } from '../../accounts/settings.ts';
import { type PackagedService, packageService } from '../support/packaged-service.ts';
import { runFolder } from '../support/run-folder.ts';
import { lint, type Statement, statementsIn } from '../support/template-checks.ts';

const functions = ['distributor', 'worker'] as const;

const packaged = (parameters: Record<string, string> = {}): Promise<PackagedService> =>
  packageService({ awsLimit: '100', emailDomain: 'example.com', ...parameters }, 'accounts');

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

const variablesOf = (logicalId: string): Record<string, unknown> =>
  (propertiesOf(logicalId).Environment as { Variables: Record<string, unknown> }).Variables;

describe.each(functions)('the package of %s', (key) => {
  it('is one ES module without a path of the machine in it, which can be loaded', async () => {
    const entries = Object.entries(unzipSync(await service.zip(key)));
    expect(entries.map(([file]) => file)).toEqual([`functions/${key}/handler.mjs`]);
    const code = strFromU8(entries[0]?.[1] ?? new Uint8Array());
    expect(code).not.toMatch(/new Function\(/);
    expect(code).not.toContain(runFolder());
    const file = join(service.folder, `${key}.mjs`);
    await writeFile(file, code);
    const script = `const { handler } = await import(${JSON.stringify(file)}); console.log(typeof handler)`;
    const logical = key === 'worker' ? 'WorkerLambdaFunction' : 'DistributorLambdaFunction';
    const given = Object.keys(variablesOf(logical)).map((name) => [name, '']);
    const env = {
      ...Object.fromEntries(given),
      ROSA_VERSION: '0.0.0',
      AWS_REGION: 'us-east-1',
      TABLE_NAME: 'table',
      WORK_QUEUE_URL: 'https://example.com/work',
      TIMERS_QUEUE_URL: 'https://example.com/timers',
      PARTITION: 'aws',
      SIGN_IN_ENDPOINT: 'https://example.com/federation',
    };
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env });
    expect(`${run.stdout.trim()}${run.stderr}`).toBe('function');
  });

  it('is small', async () => {
    expect((await service.zip(key)).byteLength).toBeLessThan(key === 'worker' ? 1_200_000 : 400_000);
  });
});

/** What a role may do. */
const allowed = (roleId: string): string[] =>
  statementsIn(propertiesOf(roleId).Policies)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action = [] }: Statement) => Action)
    .toSorted();

const kms = ['kms:Decrypt', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];
const common = [
  ...['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
  ...kms,
  ...['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
];
const of = (prefix: string, ...names: string[]): string[] => names.map((name) => `${prefix}:${name}`);

describe('the roles', () => {
  it('let the distributor read the stream and the indexes, send work, and write to the table', () => {
    const stream = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];
    const items = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Query', 'Query'];
    const queues = ['DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage', 'SendMessage'];
    expect(allowed('DistributorRole')).toEqual(
      [...common, ...of('dynamodb', ...stream, ...items), ...of('sqs', ...queues)].toSorted(),
    );
  });

  it('let the worker do in the payer account what its code calls, and nothing else', () => {
    const organization = ['CreateAccount', 'DescribeAccount', 'DescribeCreateAccountStatus'];
    // Those of accounts, and those of claims.
    const secrets = ['CreateSecret', 'DeleteSecret', 'GetSecretValue', 'PutSecretValue'];
    expect(allowed('WorkerRole')).toEqual(
      [
        ...common,
        ...of('dynamodb', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
        ...of('sqs', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage', 'SendMessage'),
        ...of(
          'organizations',
          ...organization,
          'DescribeOrganization',
          'ListAccounts',
          'ListCreateAccountStatus',
        ),
        ...of('support', 'CreateCase', 'DescribeCases'),
        ...of('iam', 'CreatePolicy', 'DeletePolicy', 'GetPolicy'),
        ...of('secretsmanager', ...secrets, ...secrets),
        'sts:AssumeRole',
      ].toSorted(),
    );
  });

  it('keep the worker out of the payer account, whatever else lets it in', () => {
    const trials = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/rosa-accounts-trial/*' };
    const ofAws = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/*' };
    const denied = statementsIn(propertiesOf('WorkerRole').Policies).filter(
      ({ Effect }) => Effect === 'Deny',
    );
    expect(denied).toMatchObject([
      {
        Action: 'sts:AssumeRole',
        Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*' },
      },
      { Action: 'iam:*', NotResource: [trials, ofAws] },
    ]);
  });

  it('let it write secrets of accounts and claims alone, and enter accounts by two roles alone', () => {
    const statements = statementsIn(propertiesOf('WorkerRole').Policies);
    const bySid = (sid: string) => statements.find(({ Sid }) => Sid === sid);
    expect(bySid('KeepAccountsSecrets')).toMatchObject({
      Resource: { 'Fn::Sub': expect.stringMatching(/:secret:aws-account-operator\/\*$/) },
    });
    expect(bySid('KeepClaimsSecrets')).toMatchObject({
      Resource: { 'Fn::Sub': expect.stringMatching(/:secret:uhc-\*\/\*$/) },
    });
    expect(bySid('EnterAccounts')).toMatchObject({
      Resource: [
        { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:role/OrganizationAccountAccessRole' },
        { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:role/BYOCAdminAccess-*' },
        expect.anything(),
      ],
    });
  });

  it('allow nothing by a wildcard in the name of an action', () => {
    const actions = statementsIn(service.template.Resources).flatMap(({ Effect, Action = [] }) =>
      Effect === 'Allow' ? Action : [],
    );
    expect(actions.length).toBeGreaterThan(30);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });
});

describe('the table', () => {
  it('is encrypted, backed up, protected, and outlives the stack', () => {
    expect(service.template.Resources.Table).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    });
  });

  it('has the three indexes of the store', () => {
    const indexes = propertiesOf('Table').GlobalSecondaryIndexes as { IndexName: string }[];
    expect(indexes.map(({ IndexName }) => IndexName)).toEqual(['by-kind', 'by-owner', 'selected']);
  });
});

describe('the queues', () => {
  it('keep what could not be done five times, and hide work for longer than the worker takes', () => {
    for (const id of ['WorkQueue', 'TimersQueue'])
      expect(propertiesOf(id).RedrivePolicy).toMatchObject({ maxReceiveCount: 5 });
    const { Timeout } = propertiesOf('WorkerLambdaFunction') as { Timeout: number };
    expect(propertiesOf('WorkQueue').VisibilityTimeout).toBeGreaterThan(Timeout);
    expect(propertiesOf('WorkQueue').QueueName).toBe('rosa-accounts-work.fifo');
  });
});

describe('the alarms', () => {
  it.each([
    ['EmptyPools', 'aws_account_operator_empty_pools', 0],
    ['FailedAccounts', 'aws_account_operator_total_accounts_crs_failed', 0],
    ['ClaimPending', 'aws_account_operator_longest_pending_claim_seconds', 1_800],
    ['CleanUpFailed', 'aws_account_operator_account_reuse_cleanup_failed', 0],
    ['LimitNear', 'aws_account_operator_aws_limit_used_percent', 90],
    ['LimitUnknown', 'aws_account_operator_aws_limit_unknown', 0],
    ['DeadWorkQueue', 'ApproximateNumberOfMessagesVisible', 0],
  ])('%s rings above its threshold', (id, MetricName, Threshold) => {
    expect(propertiesOf(`${id}Alarm`)).toMatchObject({
      MetricName,
      Threshold,
      ComparisonOperator: 'GreaterThanThreshold',
    });
  });
});

describe('the template', () => {
  it('says the seed’s constants where nothing is said', () => {
    expect(variablesOf('WorkerLambdaFunction')).toMatchObject({
      AWS_INSTANCE_TYPE: seedSettings.awsInstanceType,
      CREATE_PEND_SECONDS: String(seedSettings.createPendSeconds),
      REGION_INIT_SECONDS: String(seedSettings.regionInitSeconds),
      INTERVAL_AFTER_CASE_CREATION_SECS: String(seedSettings.intervalAfterCaseCreationSecs),
      INTERVAL_BETWEEN_CHECKS_SECS: String(seedSettings.intervalBetweenChecksSecs),
      DEFAULT_ACCOUNT_POOL: seedSettings.defaultAccountPool,
    });
  });

  it('passes cfn-lint, also with every parameter given', async () => {
    const other = await packaged({
      emailId: 'ours',
      coveredRegions: 'us-east-1,eu-west-1',
      awsInstanceType: 't3.micro',
      createPendSeconds: '1500',
      regionInitSeconds: '600',
      intervalAfterCaseCreationSecs: '60',
      intervalBetweenChecksSecs: '600',
      blockedAccountIds: '111122223333,444455556666',
      ccsAccessArn: 'arn:aws:iam::444455556666:role/RH-SRE-CCS-Access',
      stsJumpRoleArn: 'arn:aws:iam::444455556666:role/Jump',
      defaultAccountPool: 'other-pool',
      claimSecretPattern: 'claims-*',
      signInEndpoint: 'https://example.com/federation',
      tableName: 'other-table',
      deletionProtection: 'false',
      sweepMinutes: '10',
      workerTimeout: '400',
      workVisibilityTimeout: '500',
      workerConcurrency: '10',
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
  }, 120_000);
});
