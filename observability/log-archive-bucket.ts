import { arnOf, policy, type Resources, ref, sub, when } from './template.ts';

/** Days until records go to Glacier, whose own least storage time is 90 more: https://aws.amazon.com/s3/pricing/ */
const daysUntilGlacier = 90;

/** It and its policy outlive the stack, as the log groups do: what is archived is a proof. */
const kept = { Condition: 'HasLogArchive', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } as const;

/** The bucket of the archive. It has no name of its own, so that a stack that is made again makes another. */
export const archiveBucket: Resources = {
  LogArchiveBucket: {
    Type: 'AWS::S3::Bucket',
    ...kept,
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: when(
              'HasKmsKey',
              { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: ref('KmsKeyArn') },
              { SSEAlgorithm: 'AES256' },
            ),
          },
        ],
      },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LifecycleConfiguration: {
        Rules: [
          {
            Id: 'archive-then-expire',
            Status: 'Enabled',
            Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: daysUntilGlacier }],
            ExpirationInDays: ref('LogArchiveRetentionDays'),
            // What somebody deletes or overwrites can be had back for as long.
            NoncurrentVersionExpiration: { NoncurrentDays: daysUntilGlacier },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
    },
  },
  LogArchiveBucketPolicy: {
    Type: 'AWS::S3::BucketPolicy',
    ...kept,
    Properties: {
      Bucket: ref('LogArchiveBucket'),
      PolicyDocument: policy({
        Sid: 'OnlyEncryptedConnections',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arnOf('LogArchiveBucket'), sub('${LogArchiveBucket.Arn}/*')],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    },
  },
};
