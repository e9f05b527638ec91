import { EC2Client } from '@aws-sdk/client-ec2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { ebsSnapshots } from '../../../../accounts/aws/leftovers/ebs-snapshots.ts';
import { ebsVolumes } from '../../../../accounts/aws/leftovers/ebs-volumes.ts';
import { route53HostedZones } from '../../../../accounts/aws/leftovers/route53-hosted-zones.ts';
import { s3Buckets } from '../../../../accounts/aws/leftovers/s3-buckets.ts';
import { vpcEndpointServices } from '../../../../accounts/aws/leftovers/vpc-endpoint-services.ts';
import type { Leftovers } from '../../../../accounts/aws/leftovers.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

const always = () => true;

type Answer = (call: SentCall) => object;

/** A kind of thing, of which AWS answers so; and the calls that were made. */
function thingsOf<Client extends object>(
  things: (client: Client) => Leftovers,
  client: Client,
  answers: Record<string, Answer | object>,
): { things: Leftovers; calls: SentCall[] } {
  const calls: SentCall[] = [];
  const answered = answerCalls(client, (call) => {
    calls.push(call);
    const answer = answers[call.command];
    if (!answer) throw new Error(`${call.command} was not expected`);
    return typeof answer === 'function' ? (answer as Answer)(call) : answer;
  });
  return { things: things(answered), calls };
}

const refusing = (code: string) => () => {
  throw sdkError(code);
};

const region = { region: 'us-east-1' };
const ec2 = () => new EC2Client(region);

/** Two pages of a listing, by the token that asks for the second. */
const pages =
  (token: string, first: object, second: object, next = token): Answer =>
  ({ input }) =>
    input[token] ? second : { ...first, [next]: 'more' };

describe('volumes', () => {
  const volume = (VolumeId: string, State = 'available') => ({ VolumeId, State });

  it('are all those of the region, page after page, but for those that are going', async () => {
    const { things } = thingsOf(ebsVolumes, ec2(), {
      DescribeVolumesCommand: pages(
        'NextToken',
        { Volumes: [volume('vol-1'), volume('vol-2', 'deleting')] },
        { Volumes: [volume('vol-3', 'in-use')] },
      ),
    });
    expect(await things.ids()).toEqual(['vol-1', 'vol-3']);
  });

  it('may be gone already, and are told when something has them', async () => {
    const gone = thingsOf(ebsVolumes, ec2(), { DeleteVolumeCommand: refusing('InvalidVolume.NotFound') });
    await gone.things.remove('vol-1', always);
    const used = thingsOf(ebsVolumes, ec2(), { DeleteVolumeCommand: refusing('VolumeInUse') });
    await expect(used.things.remove('vol-1', always)).rejects.toMatchObject({
      action: 'ec2:DeleteVolume',
      code: 'VolumeInUse',
    });
  });
});

describe('snapshots', () => {
  it('are those that the account owns, page after page', async () => {
    const { things, calls } = thingsOf(ebsSnapshots, ec2(), {
      DescribeSnapshotsCommand: pages(
        'NextToken',
        { Snapshots: [{ SnapshotId: 'snap-1' }] },
        { Snapshots: [{ SnapshotId: 'snap-2' }] },
      ),
    });
    expect(await things.ids()).toEqual(['snap-1', 'snap-2']);
    expect(calls.map(({ input }) => input.OwnerIds)).toEqual([['self'], ['self']]);
  });

  it('may be gone already', async () => {
    const { things } = thingsOf(ebsSnapshots, ec2(), {
      DeleteSnapshotCommand: refusing('InvalidSnapshot.NotFound'),
    });
    await expect(things.remove('snap-1', always)).resolves.toBeUndefined();
  });
});

describe('endpoint services', () => {
  const service = (ServiceId: string, ServiceState = 'Available') => ({ ServiceId, ServiceState });
  const unsuccessful = (Code: string) => ({
    Unsuccessful: [{ ResourceId: 'vpce-svc-1', Error: { Code, Message: 'no' } }],
  });

  it('are all, page after page, but for those that are going', async () => {
    const { things } = thingsOf(vpcEndpointServices, ec2(), {
      DescribeVpcEndpointServiceConfigurationsCommand: pages(
        'NextToken',
        { ServiceConfigurations: [service('vpce-svc-1'), service('vpce-svc-2', 'Deleted')] },
        { ServiceConfigurations: [service('vpce-svc-3')] },
      ),
    });
    expect(await things.ids()).toEqual(['vpce-svc-1', 'vpce-svc-3']);
  });

  it.each([
    ['one is deleted', {}],
    ['one is gone already', unsuccessful('InvalidVpcEndpointServiceId.NotFound')],
  ])('are gone when %s', async (_, answer) => {
    const { things } = thingsOf(vpcEndpointServices, ec2(), {
      DeleteVpcEndpointServiceConfigurationsCommand: answer,
    });
    await expect(things.remove('vpce-svc-1', always)).resolves.toBeUndefined();
  });

  it('are told when AWS says in a success that it did not delete one', async () => {
    const { things } = thingsOf(vpcEndpointServices, ec2(), {
      DeleteVpcEndpointServiceConfigurationsCommand: unsuccessful('ExistingVpcEndpointConnections'),
    });
    await expect(things.remove('vpce-svc-1', always)).rejects.toMatchObject({
      code: 'ExistingVpcEndpointConnections',
    });
  });
});

describe('buckets', () => {
  const s3 = () => new S3Client({ ...region, forcePathStyle: true });
  const versions = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      Key: `key-${from + index}`,
      VersionId: `v${from + index}`,
    }));

  it('are those of all regions, page after page', async () => {
    const { things } = thingsOf(s3Buckets, s3(), {
      ListBucketsCommand: pages(
        'ContinuationToken',
        { Buckets: [{ Name: 'a' }] },
        { Buckets: [{ Name: 'b' }] },
      ),
    });
    expect(await things.ids()).toEqual(['a', 'b']);
  });

  it('go with every version and every delete marker in them, a thousand at a time', async () => {
    let left = versions(0, 1_500);
    const { things, calls } = thingsOf(s3Buckets, s3(), {
      ListObjectVersionsCommand: () => ({
        Versions: left.slice(0, 600),
        DeleteMarkers: left.slice(600, 1_000),
        IsTruncated: left.length > 1_000,
      }),
      DeleteObjectsCommand: ({ input }: SentCall) => {
        const { Objects } = input.Delete as { Objects: { VersionId: string }[] };
        left = left.filter(({ VersionId }) => !Objects.some((one) => one.VersionId === VersionId));
        return {};
      },
      DeleteBucketCommand: () => {
        if (left.length > 0) throw sdkError('BucketNotEmpty');
        return {};
      },
    });
    await things.remove('a', always);
    expect(calls.filter(({ command }) => command === 'DeleteObjectsCommand')).toHaveLength(2);
    expect(calls.at(-1)?.command).toBe('DeleteBucketCommand');
  });

  it('stay when there is no time for all that is in them', async () => {
    let pagesLeft = 1;
    const { things, calls } = thingsOf(s3Buckets, s3(), {
      ListObjectVersionsCommand: { Versions: versions(0, 1_000), IsTruncated: true },
      DeleteObjectsCommand: {},
    });
    await things.remove('a', () => pagesLeft-- > 0);
    expect(calls.map(({ command }) => command)).toEqual([
      'ListObjectVersionsCommand',
      'DeleteObjectsCommand',
    ]);
  });

  it('are told when an object in them is not deleted, which S3 says in a success', async () => {
    const { things } = thingsOf(s3Buckets, s3(), {
      ListObjectVersionsCommand: { Versions: versions(0, 1), IsTruncated: false },
      DeleteObjectsCommand: { Errors: [{ Key: 'key-0', Code: 'AccessDenied', Message: 'held' }] },
    });
    await expect(things.remove('a', always)).rejects.toMatchObject({ failure: 'denied' });
  });

  it('may be gone already', async () => {
    const { things } = thingsOf(s3Buckets, s3(), {
      ListObjectVersionsCommand: refusing('NoSuchBucket'),
      DeleteBucketCommand: refusing('NoSuchBucket'),
    });
    await expect(things.remove('a', always)).resolves.toBeUndefined();
  });
});

describe('hosted zones', () => {
  const route53 = () => new Route53Client(region);
  const zone = { GetHostedZoneCommand: { HostedZone: { Id: '/hostedzone/Z1', Name: 'example.com.' } } };
  const record = (Name: string, Type: string, Value = 'x') => ({ Name, Type, ResourceRecords: [{ Value }] });

  it('are all, page after page', async () => {
    const { things } = thingsOf(route53HostedZones, route53(), {
      ListHostedZonesCommand: pages(
        'Marker',
        { HostedZones: [{ Id: '/hostedzone/Z1' }], IsTruncated: true },
        { HostedZones: [{ Id: '/hostedzone/Z2' }], IsTruncated: false },
        'NextMarker',
      ),
    });
    expect(await things.ids()).toEqual(['Z1', 'Z2']);
  });

  it('go with all records but the two that every zone has', async () => {
    const { things, calls } = thingsOf(route53HostedZones, route53(), {
      ...zone,
      ListResourceRecordSetsCommand: ({ input }: SentCall) =>
        input.StartRecordName
          ? { ResourceRecordSets: [record('z.example.com.', 'A')], IsTruncated: false }
          : {
              ResourceRecordSets: [
                record('example.com.', 'NS'),
                record('example.com.', 'SOA'),
                record('example.com.', 'TXT'),
                record('part.example.com.', 'NS'),
              ],
              IsTruncated: true,
              NextRecordName: 'z.example.com.',
              NextRecordType: 'A',
            },
      ChangeResourceRecordSetsCommand: {},
      DeleteHostedZoneCommand: {},
    });
    await things.remove('Z1', always);
    const deleted = calls
      .filter(({ command }) => command === 'ChangeResourceRecordSetsCommand')
      .flatMap(
        ({ input }) => (input.ChangeBatch as { Changes: { ResourceRecordSet: { Name: string } }[] }).Changes,
      )
      .map(({ ResourceRecordSet }) => ResourceRecordSet.Name);
    expect(deleted).toEqual(['example.com.', 'part.example.com.', 'z.example.com.']);
    expect(calls.at(-1)?.command).toBe('DeleteHostedZoneCommand');
  });

  it('have no more deleted in a call than Route 53 takes', async () => {
    const long = 'x'.repeat(4_000);
    const many = Array.from({ length: 150 }, (_, index) => record(`a${index}.example.com.`, 'A'));
    const texts = Array.from({ length: 10 }, (_, index) => record(`t${index}.example.com.`, 'TXT', long));
    const { things, calls } = thingsOf(route53HostedZones, route53(), {
      ...zone,
      ListResourceRecordSetsCommand: { ResourceRecordSets: [...many, ...texts], IsTruncated: false },
      ChangeResourceRecordSetsCommand: {},
      DeleteHostedZoneCommand: {},
    });
    await things.remove('Z1', always);
    const sizes = calls
      .filter(({ command }) => command === 'ChangeResourceRecordSetsCommand')
      .map(({ input }) => (input.ChangeBatch as { Changes: object[] }).Changes.length);
    expect(sizes).toEqual([100, 55, 5]);
  });

  it('may be gone already', async () => {
    const { things } = thingsOf(route53HostedZones, route53(), {
      GetHostedZoneCommand: refusing('NoSuchHostedZone'),
    });
    await expect(things.remove('Z1', always)).resolves.toBeUndefined();
  });
});
