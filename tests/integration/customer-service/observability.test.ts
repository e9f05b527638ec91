import { gunzipSync } from 'node:zlib';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListMetricsCommand,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeQueryDefinitionsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runServerless } from '../../../tools/deploy.ts';
import { administrator } from '../../../tools/journey/customer-account.ts';
import { functionNames } from '../../support/account-snapshot.ts';
import { alarmNow } from '../../support/alarm-value.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';

let laptop: Laptop;
let cloudWatch: CloudWatchClient;
let logs: CloudWatchLogsClient;
let s3: S3Client;

beforeAll(async () => {
  laptop = await Laptop.start();
  cloudWatch = new CloudWatchClient(administrator(laptop.aws));
  logs = new CloudWatchLogsClient(administrator(laptop.aws));
  s3 = new S3Client({ ...administrator(laptop.aws), forcePathStyle: true });
  await laptop.install();
}, deployTimeoutMs);
afterAll(() => laptop?.stop());

const savedQueries = async () =>
  (await logs.send(new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: 'rosa-lambda-access/' })))
    .queryDefinitions ?? [];

const alarms = async () => (await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? [];

const widgetTypes = async () => {
  const command = new GetDashboardCommand({ DashboardName: 'rosa-lambda-access-us-east-1' });
  const { DashboardBody = '{"widgets":[]}' } = await cloudWatch.send(command);
  const { widgets } = JSON.parse(DashboardBody) as { widgets: { type: string }[] };
  return new Set(widgets.map(({ type }) => type));
};

const archiveBucket = async () => {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Buckets.find(({ Name }) => Name?.includes('logarchivebucket'))?.Name;
};

/** What is archived in files whose names begin so. */
const archived = async (Bucket: string, Prefix: string) => {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
  const files = Contents.map(async ({ Key }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
  });
  return { keys: Contents.map(({ Key }) => Key ?? ''), text: (await Promise.all(files)).join('\n') };
};

const oidc = 'rosa-oidc-provisioner';
const network = 'rosa-network-verifier';

/** A refusal that says what belongs into no log. */
const indiscreet = {
  code: 'AccessDenied',
  status: 403,
  message:
    'ASIAIOSFODNN7EXAMPLE may not. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuM x-amz-security-token:FQoGZXIvYXdzSECRET {"Version":"2012-10-17","Statement":[]} AWS4-HMAC-SHA256 Credential=x',
};

/** Session tokens begin so, and access keys of sessions: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const secrets = [
  /ASIA[A-Z0-9]{12,}/,
  /FQoGZXIvYXdz|IQoJb3JpZ2lu/,
  /4GIOHlTk/,
  /AWS4-HMAC/,
  /"Statement|PolicyDocument/,
];

/** Secret keys have 40 characters of all kinds; thumbprints have as many, but of two kinds. */
const looksLikeSecretKey = (word: string) =>
  word.length === 40 && [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(word));

/** The metrics of a namespace with their dimensions, as `name dimension=value …`. */
const metricsIn = async (Namespace: string) => {
  const { Metrics = [] } = await cloudWatch.send(new ListMetricsCommand({ Namespace }));
  return Metrics.map(({ MetricName, Dimensions = [] }) =>
    [MetricName, ...Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()].join(' '),
  );
};

// The cases follow one another as the deploys of a customer do.
describe('what a deploy installs for watching the functions, in order', () => {
  it('saved queries over the logs of all three functions', async () => {
    const installed = await savedQueries();
    expect(installed.map(({ name }) => name)).toContain('rosa-lambda-access/failed-oidc-creations');
    for (const { logGroupNames, queryString } of installed) {
      expect(logGroupNames).toEqual(functionNames.map((name) => `/aws/lambda/${name}`));
      expect(queryString).toMatch(/^# \w/);
    }
  });

  it('four alarms for the alias prod of each function, with an expression for the error rate', async () => {
    const found = await alarms();
    expect(found.map(({ AlarmName }) => AlarmName).sort()).toEqual(
      functionNames
        .flatMap((name) =>
          ['deadline', 'duration', 'error-rate', 'throttles'].map((kind) => `${name}-${kind}`),
        )
        .sort(),
    );
    const rate = found.find(({ AlarmName }) => AlarmName === 'rosa-network-verifier-error-rate');
    expect(rate).toMatchObject({
      Threshold: 5,
      TreatMissingData: 'notBreaching',
      AlarmActions: [expect.stringMatching(/^arn:aws:sns:us-east-1:\d{12}:rosa-lambda-access-alarms$/)],
      AlarmDescription: expect.stringContaining('docs/runbooks/failing.md'),
    });
    expect(rate?.Metrics?.[0]?.MetricStat?.Metric).toMatchObject({
      MetricName: 'Errors',
      Dimensions: [
        { Name: 'FunctionName', Value: 'rosa-network-verifier' },
        { Name: 'Resource', Value: 'rosa-network-verifier:prod' },
      ],
    });
  });

  it('a dashboard of the region with the states of the alarms', async () => {
    expect(await widgetTypes()).toEqual(new Set(['text', 'alarm', 'metric', 'log']));
  });

  it('no archive, unless it is asked for', async () => {
    expect(await archiveBucket()).toBeUndefined();
  });

  it('alarms that are silent while calls succeed, and ring by what is recorded once AWS denies one', async () => {
    const verify = (cluster: string) =>
      laptop.invoke(oidc, { cluster_id: cluster, issuer_url: `https://oidc.example.com/${cluster}` });
    const rate = () => alarmNow(cloudWatch, `${oidc}-error-rate`);
    for (const cluster of ['a', 'b', 'c']) expect((await verify(cluster)).functionError).toBeUndefined();
    expect(await rate()).toEqual({ value: 0, rings: false });
    await laptop.fault({ service: 'iam', action: 'GetOpenIDConnectProvider', error: indiscreet });
    for (const cluster of ['a', 'b', 'c']) {
      expect((await verify(cluster)).answer).toMatchObject({ errorType: 'AccessDeniedError' });
    }
    await laptop.clearFaults();
    expect(await rate()).toEqual({ value: 50, rings: true });
    expect(await alarmNow(cloudWatch, `${network}-error-rate`)).toMatchObject({ rings: false });
  });

  it("the functions' own metrics and Lambda's, as the command line lists them", async () => {
    await laptop.invoke(network, { vpc_id: 'vpc-0a1b2c3d', subnet_ids: ['subnet-0a1b2c3d'] });
    const own = await metricsIn('RosaLambdaAccess');
    expect(own).toContain('oidc_provider_created service=oidc-provisioner');
    expect(own).toContain('operation_failures service=oidc-provisioner');
    expect(own).toContain('aws_calls service=network-verifier');
    expect(own).toContain('check_failures check=vpc_exists service=network-verifier');
    expect(await metricsIn('AWS/Lambda')).toContain(`Errors FunctionName=${oidc} Resource=${oidc}:prod`);
  });

  it('logs without credentials, signatures and policies, whatever AWS says in an error', async () => {
    const lines = (await Promise.all(functionNames.map((name) => laptop.logLines(name)))).flat().join('\n');
    expect(lines).toContain('operation failed');
    expect(lines).toContain('operation completed');
    for (const secret of secrets) expect(lines).not.toMatch(secret);
    expect(lines.match(/[A-Za-z0-9/+]+/g)?.filter(looksLikeSecretKey)).toEqual([]);
  });

  it(
    'without alarms, when a later deploy says so; the dashboard then shows none',
    async () => {
      await laptop.deploy('prod', { alarms: 'false', logArchive: 'true' });
      expect(await alarms()).toEqual([]);
      expect(await widgetTypes()).toEqual(new Set(['text', 'metric', 'log']));
      expect(await savedQueries()).not.toEqual([]);
    },
    deployTimeoutMs,
  );

  it('an archive with every line of the log, a folder for each function and day, closed to the public', async () => {
    await laptop.invoke('rosa-oidc-provisioner', { cluster_id: 'c1', issuer_url: 'http://not.https' });
    const bucket = (await archiveBucket()) ?? '';
    const { keys, text } = await archived(bucket, 'rosa-oidc-provisioner/');
    expect(keys[0]).toMatch(
      /^rosa-oidc-provisioner\/\d{4}\/\d\d\/\d\d\/rosa-oidc-provisioner-log-archive-.+\.gz$/,
    );
    expect(text).toContain('operation failed');
    expect(text).toContain('/aws/lambda/rosa-oidc-provisioner');
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }))).toMatchObject({
      Status: 'Enabled',
    });
    expect(await s3.send(new GetPublicAccessBlockCommand({ Bucket: bucket }))).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
  });

  it(
    'and a removal takes all of it but the archive',
    async () => {
      const environment = laptop.aws.environment;
      await runServerless(['remove'], { stage: 'prod', environment, folder: laptop.project.folder });
      expect(await savedQueries()).toEqual([]);
      await expect(widgetTypes()).rejects.toThrow(/does not exist/);
      const bucket = await archiveBucket();
      expect((await archived(bucket ?? '', 'rosa-oidc-provisioner/')).keys).not.toEqual([]);
    },
    deployTimeoutMs,
  );
});
