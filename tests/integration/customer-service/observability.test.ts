import { gunzipSync } from 'node:zlib';
import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
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
  await laptop.deploy('prod');
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
