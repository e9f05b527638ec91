import {
  CreateSnapshotCommand,
  CreateVolumeCommand,
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  ListHostedZonesCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountController } from '../../../accounts/account/account-controller.ts';
import { guardOfIds } from '../../../accounts/account/account-ids.ts';
import { workSettings } from '../../../accounts/account/account-settings.ts';
import { accountClaimController } from '../../../accounts/account-claim/account-claim-controller.ts';
import { claimSettings } from '../../../accounts/account-claim/claim-settings.ts';
import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import type { Account } from '../../../accounts/resources/account.ts';
import type { AccountClaim, AccountClaimStatus } from '../../../accounts/resources/account-claim.ts';
import { accountStore } from '../../../accounts/resources/account-store.ts';
import { iamUserIdLabel } from '../../../accounts/resources/api.ts';
import { seedSettings } from '../../../accounts/settings.ts';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import type { Controllers } from '../../../shared/reconcile/driver.ts';
import { keyOf, type ResourceKey } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { aSeed } from '../../support/fakes/account-life.ts';
import { aClaim } from '../../support/fakes/account-resources.ts';
import { laptopAccountPorts } from '../../support/laptop-account-ports.ts';
import { createResourceTable, laptopDocumentClient } from '../../support/resource-table.ts';
import { followRunbook } from '../../support/runbooks/follow.ts';
import { Shell } from '../../support/runbooks/shell.ts';

let aws: LocalAws;
let ports: AwsPorts;
let controllers: Controllers;
/** Milliseconds by which the clock of the controllers is ahead: what they wait for is there at once. */
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
let store: ResourceStore;

beforeAll(async () => {
  aws = await startLocalAws({ enforceIam: true });
  // The adapters find AWS as they do in a function: by the environment.
  Object.assign(process.env, aws.environment);
  const documentClient = laptopDocumentClient(aws);
  await createResourceTable(documentClient, 'rosa-accounts');
  store = accountStore({ table: 'rosa-accounts', documentClient, now });
  await new OrganizationsClient({ region: 'us-east-1' }).send(new CreateOrganizationCommand({}));
  ports = laptopAccountPorts(aws, [guardOfIds(store)]);
  const told = { ...seedSettings, emailDomain: 'example.com', coveredRegions: ['us-east-1'] };
  const settings = { ...workSettings(told), watchesCredentials: false };
  const mayCreate = async () => ({ allowed: true }) as const;
  controllers = [
    accountController({ store, aws: ports, settings, mayCreate }),
    accountClaimController({ store, aws: ports, settings: claimSettings(settings) }),
  ];
  await makeAccount('abc123');
}, 120_000);
afterAll(() => aws?.close());

/** Looks again and again until there is nothing more to do, or enough is done. */
async function settle(key: ResourceKey, isEnough = async () => false): Promise<void> {
  const controller = controllers.find(({ kind }) => kind === key.kind);
  for (let looks = 0; looks < 200; looks += 1) {
    const resource = await store.get(key);
    if (!resource || !controller) return;
    const reconciled = await controller.reconcile(resource, { now, remainingMs: () => 300_000 });
    if (reconciled.outcome !== 'again') return;
    ahead += reconciled.afterSeconds * 1_000;
    if (await isEnough()) return;
  }
  throw new Error(`it never came to an end: ${JSON.stringify((await store.get(key))?.status)}`);
}

/** Makes an account of the pool, until it is Ready. */
async function makeAccount(suffix: string): Promise<void> {
  const metadata = { name: `osd-creds-mgmt-${suffix}`, labels: { [iamUserIdLabel]: suffix } };
  const seed = aSeed({ accountPool: 'osd-creds-mgmt' }, metadata);
  await store.create(seed);
  await settle(keyOf(seed));
}

const keyOfClaim = (name: string): ResourceKey => ({ kind: 'AccountClaim', namespace: 'default', name });

async function claimed(name: string, customer: string): Promise<AccountClaim> {
  const spec = {
    legalEntity: { id: customer, name: customer },
    awsCredentialSecret: { name: `aws-${name}`, namespace: 'default' },
  };
  await store.create(aClaim({ name }, spec));
  await settle(keyOfClaim(name));
  return (await store.get<AccountClaim['spec'], AccountClaimStatus>(keyOfClaim(name))) as AccountClaim;
}

async function keysOf(name: string) {
  const { aws_access_key_id: id = '', aws_secret_access_key: secret = '' } =
    (await ports.secrets.get(`default/aws-${name}`)) ?? {};
  return { id, secret };
}

/** What whoever has a key works with. */
function clientsOf({ id, secret }: { id: string; secret: string }) {
  const credentials = { accessKeyId: id, secretAccessKey: secret };
  return {
    s3: new S3Client({ region: 'us-east-1', credentials, forcePathStyle: true }),
    ec2: (region: string) => new EC2Client({ region, credentials }),
    route53: new Route53Client({ region: 'us-east-1', credentials }),
  };
}

type Clients = ReturnType<typeof clientsOf>;

async function makeBucket({ s3 }: Clients): Promise<void> {
  const Bucket = 'left-by-the-first';
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  for (const Body of ['one', 'two']) await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect([Versions.length, DeleteMarkers.length]).toEqual([2, 1]);
}

async function makeVolume({ ec2 }: Clients): Promise<void> {
  const { VolumeId } = await ec2('sa-east-1').send(
    new CreateVolumeCommand({ AvailabilityZone: 'sa-east-1a', Size: 1 }),
  );
  await ec2('sa-east-1').send(new CreateSnapshotCommand({ VolumeId }));
}

async function makeZone({ route53 }: Clients): Promise<void> {
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: 'example.com', CallerReference: 'first' }),
  );
  const recordOf = (Name: string, Type: 'A' | 'NS', Value: string) => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: { Name, Type, TTL: 60, ResourceRecords: [{ Value }] },
  });
  const Changes = [
    recordOf('a.example.com', 'A', '192.0.2.1'),
    recordOf('part.example.com', 'NS', 'ns.example.net.'),
  ];
  await route53.send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId: HostedZone?.Id, ChangeBatch: { Changes } }),
  );
}

async function runInstance({ ec2 }: Clients): Promise<void> {
  const { Images = [] } = await ec2('sa-east-1').send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const run = { ImageId: Images[0]?.ImageId, InstanceType: 't3.micro' as const, MinCount: 1, MaxCount: 1 };
  await ec2('sa-east-1').send(new RunInstancesCommand(run));
}

async function whatIsIn({ s3, ec2, route53 }: Clients) {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const { Volumes = [] } = await ec2('sa-east-1').send(new DescribeVolumesCommand({}));
  const snapshots = new DescribeSnapshotsCommand({ OwnerIds: ['self'] });
  const { Snapshots = [] } = await ec2('sa-east-1').send(snapshots);
  const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
  return [Buckets, Volumes, Snapshots, HostedZones].map(({ length }) => length);
}

describe('an account on the laptop AWS', () => {
  let first: AccountClaim;
  let old: { id: string; secret: string };

  it('is given to a claim with keys that work', async () => {
    first = await claimed('first', 'one');
    expect(first.status?.state).toBe('Ready');
    old = await keysOf('first');
    const { accountId } = await ports.signIn.identity(old);
    const account = (await store.get({
      kind: 'Account',
      namespace: 'aws-account-operator',
      name: first.spec.accountLink,
    })) as Account;
    expect(accountId).toBe(account.spec.awsAccountID);
  });

  it('holds what the claim has made with them', async () => {
    const clients = clientsOf(old);
    await makeBucket(clients);
    await makeVolume(clients);
    await makeZone(clients);
    expect(await whatIsIn(clients)).toEqual([1, 1, 1, 1]);
  });

  it('is left empty when the claim is gone, and its keys are dead', async () => {
    await store.delete(keyOfClaim('first'));
    await settle(keyOfClaim('first'));
    expect(await store.get(keyOfClaim('first'))).toBeUndefined();
    await expect(ports.signIn.identity(old)).rejects.toMatchObject({ failure: 'unauthenticated' });
    expect(await ports.secrets.get('default/aws-first')).toBeUndefined();
  });

  it('is not given to another customer', async () => {
    await makeAccount('def456');
    const other = await claimed('other', 'two');
    expect(other.status?.state).toBe('Ready');
    expect(other.spec.accountLink).not.toBe(first.spec.accountLink);
  });

  it('is given to the same customer again, empty, with new keys', async () => {
    const again = await claimed('again', 'one');
    expect(again.spec.accountLink).toBe(first.spec.accountLink);
    const fresh = await keysOf('again');
    expect(fresh.id).not.toBe(old.id);
    expect(await whatIsIn(clientsOf(fresh))).toEqual([0, 0, 0, 0]);
  });

  it('is cleaned of what cannot be taken away when a person follows the runbook word for word', async () => {
    const key = { kind: 'Account', namespace: 'aws-account-operator', name: first.spec.accountLink };
    const account = async () => (await store.get(key)) as Account;
    const shell = await Shell.open('.', { ...aws.environment, AWS_REGION: 'us-east-1' });
    await followRunbook(shell, {
      runbook: 'clean-up-failed',
      bring: async () => {
        await runInstance(clientsOf(await keysOf('again')));
        await store.delete(keyOfClaim('again'));
        const isTold = async () =>
          (await account()).status?.conditions?.some(({ reason }) => reason === 'CleanUpFailed') ?? false;
        await settle(keyOfClaim('again'), isTold);
      },
      shows: /CleanUpFailed .*EBSVolumes in sa-east-1 .* is currently attached to i-[\s\S]*in-use/,
      meanwhile: () => settle(keyOfClaim('again')),
    });
    expect((await account()).status).toMatchObject({ state: 'Ready', reused: true });
    await shell.close();
  }, 120_000);
});
