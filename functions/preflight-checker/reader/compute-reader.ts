import {
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  type EC2Client,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
  paginateDescribeInstances,
  paginateDescribeInstanceTypeOfferings,
  paginateDescribeInstanceTypes,
} from '@aws-sdk/client-ec2';
import { awsCall, unlessMissing } from '../../../shared/aws/aws-call-error.ts';
import { Undetermined } from '../../../shared/checks/check.ts';
import type { AccountReader } from '../account-reader.ts';
import { listing, pageSize } from './listing.ts';

type ComputeReader = Pick<
  AccountReader,
  'zones' | 'instanceTypes' | 'offerings' | 'image' | 'ebsEncryption' | 'runningInstances'
>;

/**
 * The most that a page of instance types can have; asked for so many at a time, all pages come at once.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypes.html
 */
const typesPerPage = 100;

const inChunks = <Item>(items: Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

async function describeTypes(client: EC2Client, names: string[]) {
  // A filter leaves unknown types out; naming them in InstanceTypes would fail the whole call.
  const Filters = [{ Name: 'instance-type', Values: names }];
  const types = await listing(
    'ec2:DescribeInstanceTypes',
    paginateDescribeInstanceTypes({ client, pageSize: typesPerPage }, { Filters }),
    (page) => page.InstanceTypes,
    ({ InstanceType, VCpuInfo, ProcessorInfo }) => ({
      name: InstanceType,
      vcpus: VCpuInfo?.DefaultVCpus,
      architectures: ProcessorInfo?.SupportedArchitectures,
    }),
  );
  return types.flatMap(({ name, vcpus, architectures }) =>
    name && vcpus ? [{ name, vcpus, architectures }] : [],
  );
}

/** What the region has to offer, and what runs in it. */
export const computeReader = (ec2: EC2Client): ComputeReader => ({
  zones: async () => {
    // With the zones of other types and those that are not enabled, so that each can be told apart.
    const output = await awsCall('ec2:DescribeAvailabilityZones', () =>
      ec2.send(new DescribeAvailabilityZonesCommand({ AllAvailabilityZones: true })),
    );
    if (!output.AvailabilityZones)
      throw new Undetermined('value_absent', 'AWS does not tell the zones of the region');
    return output.AvailabilityZones.flatMap(
      ({ ZoneName: name, ZoneType: type, State: state, OptInStatus }) =>
        name ? [{ name, type, state, optInStatus: OptInStatus }] : [],
    );
  },

  instanceTypes: async (names) => {
    const chunks = inChunks(names, typesPerPage).map((chunk) => describeTypes(ec2, chunk));
    return (await Promise.all(chunks)).flat();
  },

  offerings: async (names) => {
    const offers = await listing(
      'ec2:DescribeInstanceTypeOfferings',
      paginateDescribeInstanceTypeOfferings(
        { client: ec2, pageSize },
        { LocationType: 'availability-zone', Filters: [{ Name: 'instance-type', Values: names }] },
      ),
      (page) => page.InstanceTypeOfferings,
      ({ InstanceType: instanceType, Location: zone }) => ({ instanceType, zone }),
    );
    return offers.flatMap(({ instanceType, zone }) => (instanceType && zone ? [{ instanceType, zone }] : []));
  },

  image: async (id) => {
    const command = new DescribeImagesCommand({ ImageIds: [id] });
    const output = await unlessMissing(awsCall('ec2:DescribeImages', () => ec2.send(command)));
    if (output && !output.Images)
      throw new Undetermined('value_absent', `AWS does not tell whether there is an image ${id}`);
    const [found] = output?.Images ?? [];
    return found && { owner: found.OwnerId };
  },

  ebsEncryption: async () => {
    const [encryption, key] = await Promise.all([
      awsCall('ec2:GetEbsEncryptionByDefault', () => ec2.send(new GetEbsEncryptionByDefaultCommand({}))),
      awsCall('ec2:GetEbsDefaultKmsKeyId', () => ec2.send(new GetEbsDefaultKmsKeyIdCommand({}))),
    ]);
    return { byDefault: encryption.EbsEncryptionByDefault, keyId: key.KmsKeyId };
  },

  runningInstances: async () => {
    const reservations = await listing(
      'ec2:DescribeInstances',
      paginateDescribeInstances(
        { client: ec2, pageSize },
        { Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running'] }] },
      ),
      (page) => page.Reservations,
      ({ Instances }) =>
        (Instances ?? []).map(({ InstanceId, InstanceType, InstanceLifecycle, Placement, CpuOptions }) => ({
          InstanceId,
          InstanceType,
          InstanceLifecycle,
          Placement,
          CpuOptions,
        })),
    );
    return reservations.flat();
  },
});
