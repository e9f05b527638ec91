import { describe, expect, it } from '@jest/globals';
import type {
  AccountReader,
  CapacityReservation,
} from '../../../../../functions/preflight-checker/account-reader.ts';
import { amiVisible } from '../../../../../functions/preflight-checker/checks/ami-visible.ts';
import { availabilityZones } from '../../../../../functions/preflight-checker/checks/availability-zones.ts';
import { capacityReservation } from '../../../../../functions/preflight-checker/checks/capacity-reservation.ts';
import { ebsDefaultEncryption } from '../../../../../functions/preflight-checker/checks/ebs-default-encryption.ts';
import { instanceTypeExists } from '../../../../../functions/preflight-checker/checks/instance-type-exists.ts';
import { stsTokenVersion } from '../../../../../functions/preflight-checker/checks/sts-token-version.ts';
import { usEast1Reachable } from '../../../../../functions/preflight-checker/checks/us-east-1-reachable.ts';
import type { PreflightCheck } from '../../../../../functions/preflight-checker/preflight-facts.ts';
import type { ClusterConfig } from '../../../../../schemas/generated/preflight-checker-request.js';
import { AwsCallError } from '../../../../../shared/aws/aws-call-error.ts';
import { fakeAccount, preflight, zone } from '../../../../support/fakes/account.ts';
import { awsError, sdkError } from '../../../../support/fakes/aws-errors.ts';

const reservationId = 'cr-0123456789abcdef0';
const imageId = 'ami-0123456789abcdef0';
const undeterminedValue = [{ status: 'warning', details: { reason_code: 'value_absent' } }];

describe.each<[PreflightCheck, keyof AccountReader, string, Partial<ClusterConfig>]>([
  [stsTokenVersion, 'region', 'ec2:DescribeRegions', {}],
  [stsTokenVersion, 'iamSummary', 'iam:GetAccountSummary', {}],
  [usEast1Reachable, 'quota', 'servicequotas:GetServiceQuota', {}],
  [availabilityZones, 'zones', 'ec2:DescribeAvailabilityZones', { availability_zones: ['us-east-1a'] }],
  [instanceTypeExists, 'instanceTypes', 'ec2:DescribeInstanceTypes', {}],
  [
    capacityReservation,
    'capacityReservation',
    'ec2:DescribeCapacityReservations',
    { capacity_reservation_id: reservationId },
  ],
  [amiVisible, 'image', 'ec2:DescribeImages', { ami_id: imageId }],
  [ebsDefaultEncryption, 'ebsEncryption', 'ec2:GetEbsEncryptionByDefault', {}],
])('$name', (check, call, action, cluster) => {
  it(`is not determined without ${action}`, async () => {
    const account = fakeAccount();
    account.fail(call, awsError(action, 'UnauthorizedOperation'));
    expect(await preflight(check, account, cluster)).toMatchObject([
      { status: 'warning', details: { reason_code: 'access_denied', missing_action: action } },
    ]);
    expect(check.actions).toContain(action);
  });
});

describe('sts_token_version', () => {
  const tokens = (optIn: string | undefined, version: number | undefined) =>
    preflight(
      stsTokenVersion,
      fakeAccount({
        regions: { 'me-south-1': optIn },
        iamSummary: version === undefined ? {} : { GlobalEndpointTokenVersion: version },
      }),
      {},
      'me-south-1',
    );

  it.each([
    ['passed', 'opt-in-not-required', 1],
    ['passed', 'opted-in', 2],
    ['failed', 'opted-in', 1],
    ['failed', 'not-opted-in', 1],
  ])('is %s in a region that is %s with version %i', async (status, optIn, version) => {
    expect(await tokens(optIn, version)).toMatchObject([{ status, details: { token_version: version } }]);
  });

  it('gives the command', async () => {
    expect((await tokens('opted-in', 1))[0]?.message).toContain('set-security-token-service-preferences');
  });

  it.each([
    [undefined, 1],
    ['opted-in', undefined],
  ])('is not determined with status %s and version %s', async (optIn, version) => {
    expect(await tokens(optIn, version)).toMatchObject(undeterminedValue);
  });

  it('leaves an unknown region to region_enabled', async () => {
    expect(await preflight(stsTokenVersion, fakeAccount({ regions: {} }))).toEqual([]);
  });
});

describe('us_east_1_reachable', () => {
  it('passes when the quotas kept there can be read', async () => {
    expect(await preflight(usEast1Reachable, fakeAccount())).toMatchObject([
      { status: 'passed', details: { region: 'us-east-1' } },
    ]);
  });

  it('fails when a policy of the organization denies it', async () => {
    const account = fakeAccount();
    const said = 'not authorized to perform: x with an explicit deny in a service control policy';
    account.fail('quota', new AwsCallError('servicequotas:GetServiceQuota', sdkError('AccessDenied', said)));
    const [result] = await preflight(usEast1Reachable, account);
    expect(result).toMatchObject({ status: 'failed', message: expect.stringContaining(said) });
  });
});

describe('availability_zones', () => {
  const a = 'us-east-1a';
  const zones = (chosen: string[], ...known: ReturnType<typeof zone>[]) =>
    preflight(availabilityZones, fakeAccount({ zones: known }), { availability_zones: chosen });

  it('has nothing to say when none are chosen', async () => {
    expect(await preflight(availabilityZones, fakeAccount())).toEqual([]);
  });

  it('passes one zone, or three', async () => {
    expect(await zones([a, a], zone(a))).toMatchObject([{ status: 'passed', details: { zones: [a] } }]);
  });

  it('warns of two', async () => {
    const two = await zones([a, 'us-east-1b'], zone(a), zone('us-east-1b'));
    expect(two).toMatchObject([{ status: 'warning' }]);
  });

  it.each([
    ['failed', 'is missing', 'has no zone us-east-1z', zone('us-east-1z', { name: a })],
    ['failed', 'is a local zone', 'is a local-zone', zone('us-east-1z', { type: 'local-zone' })],
    ['failed', 'is unavailable', 'unavailable', zone('us-east-1z', { state: 'unavailable' })],
    ['failed', 'is not enabled', 'not-opted-in', zone('us-east-1z', { optInStatus: 'not-opted-in' })],
    ['warning', 'is impaired', 'is impaired', zone('us-east-1z', { state: 'impaired' })],
    ['warning', 'is constrained', 'is constrained', zone('us-east-1z', { state: 'constrained' })],
  ])('is %s when the zone %s', async (status, _, words, known) => {
    const [result] = await zones(['us-east-1z'], known);
    expect(result).toMatchObject({ status, message: expect.stringContaining(words) });
  });

  it('is not determined when AWS does not tell the state', async () => {
    expect(await zones([a], zone(a, { state: undefined }))).toMatchObject(undeterminedValue);
  });
});

describe('instance_type_exists', () => {
  const exists = (architectures: string[] | undefined, name = 'm5.xlarge') =>
    preflight(instanceTypeExists, fakeAccount({ instanceTypes: [{ name, vcpus: 4, architectures }] }));

  it.each([
    ['passed', ['x86_64']],
    ['passed', ['arm64']],
    ['passed', ['i386', 'x86_64']],
    ['failed', ['x86_64_mac']],
  ])('is %s for %j', async (status, architectures) => {
    expect(await exists(architectures)).toMatchObject([{ status, details: { architectures } }]);
  });

  it('fails a type EC2 does not have', async () => {
    const [result] = await exists(['x86_64'], 'm5.large');
    expect(result).toMatchObject({ status: 'failed', message: expect.stringContaining('m5.xlarge') });
  });

  it('is not determined without an architecture', async () => {
    expect(await exists(undefined)).toMatchObject(undeterminedValue);
  });
});

describe('capacity_reservation', () => {
  const fine = { state: 'active', instanceType: 'm5.xlarge', zone: 'us-east-1a', available: 4 };
  const reserved = (found: CapacityReservation | undefined, cluster: Partial<ClusterConfig> = {}) =>
    preflight(capacityReservation, fakeAccount({ reservations: found ? { [reservationId]: found } : {} }), {
      capacity_reservation_id: reservationId,
      availability_zones: ['us-east-1a'],
      ...cluster,
    });

  it('has nothing to say without one', async () => {
    expect(await preflight(capacityReservation, fakeAccount())).toEqual([]);
  });

  it('passes one that fits', async () => {
    expect(await reserved(fine)).toMatchObject([{ status: 'passed' }]);
  });

  it('warns when the cluster may outgrow it', async () => {
    expect(await reserved(fine, { max_node_count: 5 })).toMatchObject([{ status: 'warning' }]);
  });

  it.each<[string, CapacityReservation | undefined, string]>([
    ['does not exist', undefined, 'does not exist'],
    ['is expired', { ...fine, state: 'expired' }, 'is expired, not active'],
    ['is for another type', { ...fine, instanceType: 'c5.large' }, 'is for c5.large'],
    ['is in another zone', { ...fine, zone: 'us-east-1b' }, 'is in us-east-1b'],
    ['is too small', { ...fine, available: 1 }, 'room for 1 instances'],
    ['is used up', { ...fine, available: 0 }, 'room for 0 instances'],
  ])('fails when it %s', async (_, found, words) => {
    const [result] = await reserved(found);
    expect(result).toMatchObject({ status: 'failed', message: expect.stringContaining(words) });
  });

  it.each(['state', 'instanceType', 'zone', 'available'])('is not determined without %s', async (field) => {
    expect(await reserved({ ...fine, [field]: undefined })).toMatchObject(undeterminedValue);
  });
});

describe('ami_visible', () => {
  const visible = (images: Record<string, string | undefined>) =>
    preflight(amiVisible, fakeAccount({ images }), { ami_id: imageId });

  it.each([
    ['passed', 'one of Red Hat', { [imageId]: '531415883065' }, 'can be seen'],
    ['failed', 'one of somebody else', { [imageId]: '123456789012' }, 'images of Red Hat alone'],
    ['failed', 'none', {}, `sees no image ${imageId}`],
  ])('is %s when the account sees %s', async (status, _, images, words) => {
    expect(await visible(images)).toMatchObject([
      { status, message: expect.stringContaining(words), details: { ami_id: imageId } },
    ]);
  });

  it('is not determined when AWS does not tell the owner', async () => {
    expect(await visible({ [imageId]: undefined })).toMatchObject(undeterminedValue);
  });

  it('has nothing to say without an image', async () => {
    expect(await preflight(amiVisible, fakeAccount())).toEqual([]);
  });
});

describe('ebs_default_encryption', () => {
  const own = 'arn:aws:kms:us-east-1:123456789012:key/mine';

  it.each([
    ['passed', false, undefined],
    ['passed', true, 'alias/aws/ebs'],
    ['warning', true, own],
  ])('is %s with encryption %s and the key %s', async (status, byDefault, keyId) => {
    const account = fakeAccount({ encryption: { byDefault, keyId } });
    expect(await preflight(ebsDefaultEncryption, account)).toMatchObject([{ status }]);
  });

  it.each([{}, { byDefault: true }])('is not determined by %j', async (encryption) => {
    expect(await preflight(ebsDefaultEncryption, fakeAccount({ encryption }))).toMatchObject(
      undeterminedValue,
    );
  });
});
