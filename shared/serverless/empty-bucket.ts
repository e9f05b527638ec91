import { DeleteObjectsCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { awsCall } from '../aws/aws-call-error.ts';
import type { SdkConfig } from './serverless-api.ts';

/**
 * Removes the deployment packages of all stages from the deployment bucket. The framework removes those of one
 * stage, and CloudFormation cannot delete a bucket that still has others in it.
 */
export async function emptyBucket(config: SdkConfig, bucket: string, prefix: string): Promise<void> {
  const client = new S3Client(config);
  await awsCall('s3:ListBucket', async () => {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
      const Objects = (page.Contents ?? []).flatMap(({ Key }) => (Key ? [{ Key }] : []));
      if (Objects.length > 0)
        await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
    }
  });
}
