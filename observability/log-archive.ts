import { archiveBucket } from './log-archive-bucket.ts';
import { arnOf, policy, type Resource, type Resources, ref, sub, when } from './template.ts';
import { type WatchedFunction, watchedFunctions } from './watched-functions.ts';

const Condition = 'HasLogArchive';

const streamId = ({ id }: WatchedFunction): string => `${id}LogArchiveStream`;

/** Firehose's role, as Firehose's own guide has it: https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html */
const writerRole: Resource = {
  Type: 'AWS::IAM::Role',
  Condition,
  Properties: {
    Description: 'Lets Firehose write the archive of the logs',
    AssumeRolePolicyDocument: policy({
      Effect: 'Allow',
      Principal: { Service: 'firehose.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': ref('AWS::AccountId') } },
    }),
    PermissionsBoundary: when('HasPermissionsBoundary', ref('PermissionsBoundaryArn')),
    Policies: [
      {
        PolicyName: 'WriteArchive',
        PolicyDocument: policy(
          {
            Effect: 'Allow',
            Action: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
            Resource: arnOf('LogArchiveBucket'),
          },
          {
            Effect: 'Allow',
            Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
            Resource: sub('${LogArchiveBucket.Arn}/*'),
          },
        ),
      },
      when('HasKmsKey', {
        PolicyName: 'EncryptArchive',
        PolicyDocument: policy({
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: ref('KmsKeyArn'),
          Condition: {
            StringEquals: { 'kms:ViaService': sub('s3.${AWS::Region}.amazonaws.com') },
            // The bucket itself, since it has a key of its own: log-archive-bucket.ts
            StringLike: { 'kms:EncryptionContext:aws:s3:arn': sub('${LogArchiveBucket.Arn}*') },
          },
        }),
      }),
    ],
  },
};

/** The role by which CloudWatch Logs hands records on: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
const deliveryRole: Resource = {
  Type: 'AWS::IAM::Role',
  Condition,
  Properties: {
    Description: 'Lets CloudWatch Logs hand the records on to the archive',
    AssumeRolePolicyDocument: policy({
      Effect: 'Allow',
      Principal: { Service: 'logs.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringLike: {
          'aws:SourceArn': sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*'),
        },
      },
    }),
    PermissionsBoundary: when('HasPermissionsBoundary', ref('PermissionsBoundaryArn')),
    Policies: [
      {
        PolicyName: 'HandOn',
        PolicyDocument: policy({
          Effect: 'Allow',
          Action: 'firehose:PutRecord',
          Resource: watchedFunctions.map((one) => arnOf(streamId(one))),
        }),
      },
    ],
  },
};

/**
 * One stream for each function, so that each has a folder of its own without the price of dynamic partitioning.
 * CloudWatch Logs sends batches that are compressed one by one; unpacked and each on a line of its own they can be
 * read with zcat and jq: https://docs.aws.amazon.com/firehose/latest/dev/writing-with-cloudwatch-logs-decompression.html
 */
const stream = ({ name }: WatchedFunction): Resource => ({
  Type: 'AWS::KinesisFirehose::DeliveryStream',
  Condition,
  Properties: {
    DeliveryStreamName: `${name}-log-archive`,
    DeliveryStreamType: 'DirectPut',
    // Until they are written, a quarter of an hour at most.
    DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' },
    ExtendedS3DestinationConfiguration: {
      BucketARN: arnOf('LogArchiveBucket'),
      RoleARN: arnOf('LogArchiveWriterRole'),
      // https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
      Prefix: `${name}/!{timestamp:yyyy/MM/dd}/`,
      ErrorOutputPrefix: `${name}/failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/`,
      CompressionFormat: 'GZIP',
      BufferingHints: { IntervalInSeconds: 900, SizeInMBs: 64 },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'Decompression',
            Parameters: [{ ParameterName: 'CompressionFormat', ParameterValue: 'GZIP' }],
          },
          {
            Type: 'AppendDelimiterToRecord',
            Parameters: [{ ParameterName: 'Delimiter', ParameterValue: '\\n' }],
          },
        ],
      },
    },
  },
});

/** Every line of the log, Lambda's own too; the log group is there before the stack is. */
const subscription = (one: WatchedFunction): Resource => ({
  Type: 'AWS::Logs::SubscriptionFilter',
  Condition,
  Properties: {
    FilterName: 'log-archive',
    LogGroupName: one.logGroup,
    FilterPattern: '',
    DestinationArn: arnOf(streamId(one)),
    RoleArn: arnOf('LogDeliveryRole'),
  },
});

/** Logs → subscription → Firehose → bucket, for each function. */
export const logArchive: Resources = {
  ...archiveBucket,
  LogArchiveWriterRole: writerRole,
  LogDeliveryRole: deliveryRole,
  ...Object.fromEntries(
    watchedFunctions.flatMap((one) => [
      [streamId(one), stream(one)],
      [`${one.id}LogArchiveFilter`, subscription(one)],
    ]),
  ),
};
