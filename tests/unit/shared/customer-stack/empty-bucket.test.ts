import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { emptyBucket } from '../../../../shared/customer-stack/empty-bucket.ts';
import { answerCalls } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

interface Answers {
  ListObjectsV2?: object | Error;
  /** Pages by the key they begin after. */
  ListObjectVersions?: Record<string, object> | Error;
  DeleteObjects?: object | Error;
}

/** Empties a bucket that answers like this; gives the failure, if any, and what was sent. */
async function emptied(answers: Answers) {
  const sent: { action: string; input: Record<string, unknown> }[] = [];
  const client = answerCalls(new S3Client({ region: 'us-east-1' }), ({ command, input }) => {
    const action = command.replace('Command', '') as keyof Answers;
    sent.push({ action, input });
    const answer = answers[action] ?? {};
    if (answer instanceof Error) throw answer;
    if (action !== 'ListObjectVersions') return answer;
    return (answer as Record<string, object>)[String(input.KeyMarker ?? '')] ?? {};
  });
  const failure = await emptyBucket(client, 'the-bucket').catch((error: unknown) => error);
  const deleted = sent
    .filter(({ action }) => action === 'DeleteObjects')
    .map(({ input }) => (input.Delete as { Objects: object[] }).Objects);
  return { failure, sent, deleted };
}

const version = (Key: string, VersionId: string) => ({ Key, VersionId });

describe('emptying a bucket without versions', () => {
  it('deletes its objects, which needs no permission for versions of them', async () => {
    const { deleted } = await emptied({ ListObjectsV2: { Contents: [{ Key: 'a' }, { Key: 'b' }] } });
    expect(deleted).toEqual([[{ Key: 'a' }, { Key: 'b' }]]);
  });

  it.each(['ListObjectsV2', 'ListObjectVersions'])('is done when it is gone before %s', async (listing) => {
    const { failure, deleted } = await emptied({ [listing]: sdkError('NoSuchBucket') });
    expect(failure).toBeUndefined();
    expect(deleted).toEqual([]);
  });
});

describe('emptying a bucket with versions', () => {
  it('deletes every version and delete marker, whatever hides them, of every page', async () => {
    const first = {
      Versions: [version('a', '1'), version('a', 'null')],
      DeleteMarkers: [version('a', '2')],
      IsTruncated: true,
      NextKeyMarker: 'a',
      NextVersionIdMarker: '2',
    };
    const { sent, deleted } = await emptied({
      ListObjectVersions: { '': first, a: { DeleteMarkers: [version('b', '3')] } },
    });
    expect(deleted).toEqual([
      [version('a', '1'), version('a', 'null'), version('a', '2'), version('b', '3')],
    ]);
    expect(sent.filter(({ action }) => action === 'ListObjectVersions').map(({ input }) => input)).toEqual([
      { Bucket: 'the-bucket' },
      { Bucket: 'the-bucket', KeyMarker: 'a', VersionIdMarker: '2' },
    ]);
  });

  it('looks for them after its objects were deleted, which leaves markers', async () => {
    const { sent } = await emptied({
      ListObjectsV2: { Contents: [{ Key: 'a' }] },
      ListObjectVersions: { '': { Versions: [version('a', '1')] } },
    });
    expect(sent.map(({ action }) => action)).toEqual([
      ...['ListObjectsV2', 'DeleteObjects'],
      ...['ListObjectVersions', 'DeleteObjects'],
    ]);
  });

  it('deletes no more at once than AWS takes', async () => {
    const Versions = Array.from({ length: 1_200 }, (_, index) => version('a', String(index)));
    const { deleted } = await emptied({ ListObjectVersions: { '': { Versions } } });
    expect(deleted.map(({ length }) => length)).toEqual([1_000, 200]);
  });

  const oneVersion = { ListObjectVersions: { '': { Versions: [version('a', '1')] } } };
  const refusal = { Errors: [{ Key: 'a', Code: 'AccessDenied', Message: 'a is not yours' }] };

  it.each<[string, string, Answers]>([
    ['s3:ListBucketVersions', 'the listing is refused', { ListObjectVersions: sdkError('AccessDenied') }],
    [
      's3:DeleteObjectVersion',
      'deleting is refused',
      { ...oneVersion, DeleteObjects: sdkError('AccessDenied') },
    ],
    ['s3:DeleteObjectVersion', 'one cannot be deleted', { ...oneVersion, DeleteObjects: refusal }],
  ])('names %s when %s', async (action, _what, answers) => {
    const { failure } = await emptied(answers);
    expect(failure).toMatchObject({ action, failure: 'denied' });
  });
});
