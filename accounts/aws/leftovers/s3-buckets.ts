import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  paginateListBuckets,
  type S3Client,
} from '@aws-sdk/client-s3';
import { AwsCallError, awsCall } from '../../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../../shared/checks/listing.ts';
import type { Leftovers } from '../leftovers.ts';

/** S3's word for a bucket that is gone: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
async function unlessGone<Output>(call: Promise<Output>): Promise<Output | undefined> {
  return call.catch((error: unknown) => {
    if (error instanceof AwsCallError && error.code === 'NoSuchBucket') return undefined;
    throw error;
  });
}

/** Every version of every object, and every delete marker: a page of a thousand, as many as one call deletes. */
const versionsIn = ({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput) =>
  [...Versions, ...DeleteMarkers].map((one) => {
    const { Key, VersionId } = told('s3:ListBucketVersions', one, 'Key', 'VersionId');
    return { Key, VersionId };
  });

/** The call succeeds for objects that it could not delete, too: those of a legal hold, for instance. */
async function deleteVersions(s3: S3Client, bucket: string, page: ListObjectVersionsCommandOutput) {
  const Objects = versionsIn(page);
  if (Objects.length === 0) return;
  const action = 's3:DeleteObjectVersion';
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
  const { Errors: [failed] = [] } = await awsCall(action, () => s3.send(command));
  if (!failed) return;
  const { Code: name = 'Error', Key, Message } = failed;
  throw new AwsCallError(action, Object.assign(new Error(`${Key} of ${bucket}: ${Message}`), { name }));
}

/** Empties a bucket, page after page: what is deleted is not listed again. @returns whether nothing is in it */
async function empty(s3: S3Client, bucket: string, mayGoOn: () => boolean): Promise<boolean> {
  while (mayGoOn()) {
    const listed = awsCall('s3:ListBucketVersions', () =>
      s3.send(new ListObjectVersionsCommand({ Bucket: bucket })),
    );
    const page = await unlessGone(listed);
    if (!page) return true;
    await deleteVersions(s3, bucket, page);
    if (!page.IsTruncated) return true;
  }
  return false;
}

/** Buckets of all regions, with all that is in them. */
export const s3Buckets = (s3: S3Client): Leftovers => ({
  ids: () =>
    listing(
      's3:ListAllMyBuckets',
      paginateListBuckets({ client: s3 }, {}),
      (page) => page.Buckets,
      (bucket) => told('s3:ListAllMyBuckets', bucket, 'Name').Name,
    ),
  remove: async (bucket, mayGoOn) => {
    if (!(await empty(s3, bucket, mayGoOn))) return;
    const command = new DeleteBucketCommand({ Bucket: bucket });
    await unlessGone(awsCall('s3:DeleteBucket', () => s3.send(command)));
  },
});
