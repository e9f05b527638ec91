import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { RemoveClientIDFromOpenIDConnectProviderCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda';
import { CopyObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { administrator, grantQuota } from '../../../tools/journey/customer-account.ts';
import type { Laptop } from '../laptop.ts';

/** Something that happens to the customer's account on the laptop. */
export type Cause = (laptop: Laptop) => Promise<unknown>;

/** One after the other. */
export const causes =
  (...all: Cause[]): Cause =>
  async (laptop) => {
    for (const cause of all) await cause(laptop);
  };

/** The laptop AWS evaluates no alarms, so one is set as CloudWatch would. */
export const alarm =
  (AlarmName: string, StateValue: 'ALARM' | 'OK'): Cause =>
  ({ aws }) =>
    new CloudWatchClient(administrator(aws)).send(
      new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'what the runbook is for' }),
    );

/** A network verification while AWS answers DescribeVpcs in some way. */
export const networkVerifiedDuring =
  (fault: object): Cause =>
  async (laptop) => {
    await laptop.fault({ service: 'ec2', action: 'DescribeVpcs', ...fault });
    await laptop.invoke('rosa-network-verifier', {
      vpc_id: 'vpc-00000000',
      subnet_ids: ['subnet-00000000'],
    });
    await laptop.clearFaults();
  };

/** A request without its issuer. */
export const invalidRequest: Cause = (laptop) =>
  laptop.invoke('rosa-oidc-provisioner', { cluster_id: '2f3a1c7e' });

export const limitByHand: Cause = ({ lambda }) =>
  lambda.send(
    new PutFunctionConcurrencyCommand({
      FunctionName: 'rosa-preflight-checker',
      ReservedConcurrentExecutions: 1,
    }),
  );

/** The quota of vCPUs, of which the cluster of the runbook needs 16. */
export const vcpus =
  (value: number): Cause =>
  ({ aws }) =>
    grantQuota(aws, 'ec2', 'L-1216C47A', value);

/** The provider of the runbook's cluster, which then loses a client id. */
export const changedProvider: Cause = async (laptop) => {
  const { answer } = await laptop.invoke('rosa-oidc-provisioner', {
    cluster_id: '2f3a1c7e',
    issuer_url: 'https://oidc.op1.openshiftapps.com/2f3a1c7e',
    thumbprint: '917e732d330f9a12404f73d8bea36948b929dffc',
  });
  await laptop.iam.send(
    new RemoveClientIDFromOpenIDConnectProviderCommand({
      OpenIDConnectProviderArn: answer.oidc_provider_arn,
      ClientID: 'openshift',
    }),
  );
};

export const lostPermission: Cause = ({ lambda }) =>
  lambda.send(
    new RemovePermissionCommand({
      FunctionName: 'rosa-oidc-provisioner',
      Qualifier: 'prod',
      StatementId: 'AllowRosaRegionalPlatformInvoke',
    }),
  );

/** Somebody opens a function itself, and so all of its versions. */
export const openedDoor: Cause = ({ lambda }) =>
  lambda.send(
    new AddPermissionCommand({
      FunctionName: 'rosa-preflight-checker',
      StatementId: 'Backdoor',
      Action: 'lambda:InvokeFunction',
      Principal: 'arn:aws:iam::111122223333:role/CLMServiceRole',
    }),
  );

/** A day of the archive in Glacier, as its lifecycle leaves it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
export const oldRecords: Cause = async ({ aws }) => {
  const s3 = new S3Client({ ...administrator(aws), forcePathStyle: true });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const Bucket = Buckets.find(({ Name }) => Name?.includes('logarchivebucket'))?.Name;
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket, Prefix: 'rosa-oidc-provisioner/', MaxKeys: 3 }),
  );
  for (const { Key = '' } of Contents) {
    const ofThatDay = { Bucket, Key: Key.replace(/\d{4}\/\d\d\/\d\d/, '2026/08/20') };
    const CopySource = `${Bucket}/${Key}`;
    await s3.send(new CopyObjectCommand({ ...ofThatDay, CopySource, StorageClass: 'GLACIER' }));
  }
};
