import {
  DeleteObjectsCommand,
  type ObjectIdentifier,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { AwsCallError, awsCall } from '../aws/aws-call-error.ts';
import { collect } from '../aws/collect.ts';

/** As many as one call deletes: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const mostAtOnce = 1_000;

/** Objects of a bucket; a bucket that is gone already has none. */
async function objectsIn(client: S3Client, bucket: string): Promise<ObjectIdentifier[]> {
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket });
  const listed = collect('s3:ListBucket', pages, (page) =>
    (page.Contents ?? []).flatMap(({ Key }) => (Key ? [{ Key }] : [])),
  );
  return listed.catch((error: unknown) => {
    if (error instanceof AwsCallError && error.code === 'NoSuchBucket') return [];
    throw error;
  });
}

/** The call succeeds for objects that it could not delete, too. */
async function deleteObjects(client: S3Client, bucket: string, Objects: ObjectIdentifier[]): Promise<void> {
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } });
  const { Errors: [failed] = [] } = await client.send(command);
  if (failed) throw Object.assign(new Error(`${failed.Key}: ${failed.Message}`), { name: failed.Code });
}

/**
 * Removes the deployment packages of all stages from the deployment bucket: CloudFormation cannot delete a bucket
 * that has something in it. A bucket that is gone already is an empty one.
 * @throws AwsCallError
 */
export async function emptyBucket(client: S3Client, bucket: string): Promise<void> {
  const objects = await objectsIn(client, bucket);
  for (let from = 0; from < objects.length; from += mostAtOnce) {
    const some = objects.slice(from, from + mostAtOnce);
    await awsCall('s3:DeleteObject', () => deleteObjects(client, bucket, some));
  }
}
