import { DeleteObjectsCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import { AwsCallError, awsCall } from '../aws/aws-call-error.ts';

/**
 * Removes the deployment packages of all stages from the deployment bucket: CloudFormation cannot delete a bucket
 * that has something in it. A bucket that is gone already is an empty one.
 */
export async function emptyBucket(client: S3Client, bucket: string): Promise<void> {
  const emptied = awsCall('s3:DeleteObject', async () => {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket })) {
      const Objects = (page.Contents ?? []).flatMap(({ Key }) => (Key ? [{ Key }] : []));
      if (Objects.length > 0)
        await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
    }
  });
  await emptied.catch((error: unknown) => {
    if (!(error instanceof AwsCallError && error.code === 'NoSuchBucket')) throw error;
  });
}
