import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { AwsCallError, awsCall } from '../aws/aws-call-error.ts';
import { collect } from '../aws/collect.ts';

/** As many as one call deletes: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const mostAtOnce = 1_000;

/** What a listing has; a bucket that is gone already has nothing. */
async function unlessGone(listing: Promise<ObjectIdentifier[]>): Promise<ObjectIdentifier[]> {
  return listing.catch((error: unknown) => {
    if (error instanceof AwsCallError && error.code === 'NoSuchBucket') return [];
    throw error;
  });
}

/** Objects of a bucket. */
function objectsIn(client: S3Client, bucket: string): Promise<ObjectIdentifier[]> {
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket });
  return collect('s3:ListBucket', pages, (page) =>
    (page.Contents ?? []).flatMap(({ Key }) => (Key ? [{ Key }] : [])),
  );
}

/** The SDK has no paginator for it: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
async function* versionPages(client: S3Client, Bucket: string) {
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    const after = page && { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    page = await client.send(new ListObjectVersionsCommand({ Bucket, ...after }));
    yield page;
  } while (page.IsTruncated);
}

/** Versions of the objects of a bucket, and the markers of those that were deleted. */
function versionsIn(client: S3Client, bucket: string): Promise<ObjectIdentifier[]> {
  return collect('s3:ListBucketVersions', versionPages(client, bucket), ({ Versions, DeleteMarkers }) =>
    [...(Versions ?? []), ...(DeleteMarkers ?? [])].flatMap(({ Key, VersionId }) =>
      Key ? [{ Key, VersionId }] : [],
    ),
  );
}

/** The call succeeds for objects that it could not delete, too. */
async function deleteSome(client: S3Client, bucket: string, Objects: ObjectIdentifier[]): Promise<void> {
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } });
  const { Errors: [failed] = [] } = await client.send(command);
  if (failed) throw Object.assign(new Error(`${failed.Key}: ${failed.Message}`), { name: failed.Code });
}

/** Deletes all of them, with calls that need this IAM action. */
async function deleteAll(
  client: S3Client,
  bucket: string,
  action: string,
  all: ObjectIdentifier[],
): Promise<void> {
  for (let from = 0; from < all.length; from += mostAtOnce) {
    await awsCall(action, () => deleteSome(client, bucket, all.slice(from, from + mostAtOnce)));
  }
}

/**
 * Removes the deployment packages of all stages from the deployment bucket: CloudFormation cannot delete a bucket
 * that has something in it. A bucket that is gone already is an empty one. An organization may have switched
 * versioning on; then what was deleted is still there, and has to be deleted by its version. In a bucket without
 * versions nothing is left by then, so that nobody needs `s3:DeleteObjectVersion` for it:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @throws AwsCallError
 */
export async function emptyBucket(client: S3Client, bucket: string): Promise<void> {
  await deleteAll(client, bucket, 's3:DeleteObject', await unlessGone(objectsIn(client, bucket)));
  await deleteAll(client, bucket, 's3:DeleteObjectVersion', await unlessGone(versionsIn(client, bucket)));
}
