import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { observability } from '../../../observability/stack.ts';
import { watchedFunctions } from '../../../observability/watched-functions.ts';

const { Resources } = observability(
  fileURLToPath(new URL('../../../observability/queries', import.meta.url)),
);

const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);

const propertiesOf = (id: string): Record<string, unknown> => {
  const resource = Resources[id];
  if (!resource) throw new Error(`there is no ${id}`);
  return resource.Properties;
};

const withKey = (value: unknown) => ({ 'Fn::If': ['HasKmsKey', value, { Ref: 'AWS::NoValue' }] });

describe('the alarms', () => {
  it('are four for each function, on the alias prod where Lambda counts', () => {
    expect(ofType('AWS::CloudWatch::Alarm')).toHaveLength(4 * watchedFunctions.length);
    expect(propertiesOf('OidcProvisionerThrottlesAlarm')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Throttles',
      Dimensions: [
        { Name: 'FunctionName', Value: '${param:oidcProvisionerName}' },
        { Name: 'Resource', Value: '${param:oidcProvisionerName}:prod' },
      ],
      Period: 300,
      Statistic: 'Sum',
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    expect(propertiesOf('NetworkVerifierDurationAlarm')).toMatchObject({
      Statistic: 'Maximum',
      Threshold: 30_000,
    });
    expect(propertiesOf('PreflightCheckerDeadlineAlarm')).toMatchObject({
      Namespace: 'RosaLambdaAccess',
      MetricName: 'deadline_ended_answers',
      Dimensions: [{ Name: 'service', Value: 'preflight-checker' }],
    });
  });

  it('compute the error rate of those that were called', () => {
    const { Metrics, Threshold } = propertiesOf('OidcProvisionerErrorRateAlarm');
    expect(Threshold).toBe(5);
    expect(Metrics).toContainEqual(
      expect.objectContaining({ Expression: 'IF(invocations > 0, 100 * errors / invocations, 0)' }),
    );
  });

  it('say what they mean, name their runbook, tell the topic of beginning and end, and are silent without calls', () => {
    for (const { Properties, Condition } of ofType('AWS::CloudWatch::Alarm')) {
      const topic = { 'Fn::If': ['HasAlarmTopicArn', { Ref: 'AlarmTopicArn' }, { Ref: 'AlarmTopic' }] };
      expect(Condition).toBe('HasAlarms');
      expect(Properties).toMatchObject({
        AlarmDescription: expect.stringMatching(/^\S+: .+\. What to do: docs\/runbooks\/[a-z-]+\.md$/),
        AlarmActions: [topic],
        OKActions: [topic],
        TreatMissingData: 'notBreaching',
      });
    }
  });
});

describe('the topic', () => {
  it("is encrypted with the customer's key where there is one", () => {
    expect(propertiesOf('AlarmTopic').KmsMasterKeyId).toEqual(withKey({ Ref: 'KmsKeyArn' }));
  });

  it('takes messages of the alarms of this account and of nobody else', () => {
    expect(propertiesOf('AlarmTopicPolicy').PolicyDocument).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    });
  });

  it('has one subscription at most, to whichever topic the alarms go', () => {
    expect(Resources.AlarmSubscription).toMatchObject({
      Condition: 'HasAlarmEndpoint',
      Properties: { Protocol: { 'Fn::If': ['IsAlarmEndpointUrl', 'https', 'email'] } },
    });
  });
});

describe('the archive', () => {
  const archive = Object.entries(Resources).filter(([, { Condition }]) => Condition === 'HasLogArchive');

  it('takes every line of each function into a folder of its own', () => {
    for (const { id, name } of watchedFunctions) {
      expect(propertiesOf(`${id}LogArchiveFilter`)).toMatchObject({
        LogGroupName: `/aws/lambda/${name}`,
        FilterPattern: '',
        DestinationArn: { 'Fn::GetAtt': [`${id}LogArchiveStream`, 'Arn'] },
      });
      expect(propertiesOf(`${id}LogArchiveStream`).ExtendedS3DestinationConfiguration).toMatchObject({
        Prefix: `${name}/!{timestamp:yyyy/MM/dd}/`,
        ProcessingConfiguration: {
          Processors: [{ Type: 'Decompression' }, { Type: 'AppendDelimiterToRecord' }],
        },
      });
    }
  });

  it('is encrypted, versioned, moved to Glacier and deleted after the days that are asked for', () => {
    const bucket = propertiesOf('LogArchiveBucket');
    expect(JSON.stringify(bucket.BucketEncryption)).toContain('"SSEAlgorithm":"aws:kms","KMSMasterKeyID"');
    expect(bucket).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          {
            Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 90 }],
            ExpirationInDays: { Ref: 'LogArchiveRetentionDays' },
          },
        ],
      },
    });
    expect(propertiesOf('LogArchiveBucketPolicy').PolicyDocument).toMatchObject({
      Statement: [{ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    });
  });

  it('is the only thing that a removal leaves', () => {
    const kept = Object.entries(Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
    expect(kept.map(([id]) => id)).toEqual(['LogArchiveBucket', 'LogArchiveBucketPolicy']);
  });

  it('is written by two roles that can do nothing else, on these resources alone', () => {
    const roles = archive.filter(([, { Type }]) => Type === 'AWS::IAM::Role').map(([id]) => id);
    expect(roles).toEqual(['LogArchiveWriterRole', 'LogDeliveryRole']);
    for (const id of roles) {
      const text = JSON.stringify(propertiesOf(id).Policies);
      expect(text).not.toContain('"Resource":"*"');
      expect(propertiesOf(id).PermissionsBoundary).toEqual({
        'Fn::If': ['HasPermissionsBoundary', { Ref: 'PermissionsBoundaryArn' }, { Ref: 'AWS::NoValue' }],
      });
    }
  });
});
