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
import { listing, told } from '../../../shared/checks/listing.ts';
import type { AccountReader } from '../account-reader.ts';
import { pageSize } from './listing.ts';

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
  const action = 'ec2:DescribeInstanceTypes';
  return listing(
    action,
    paginateDescribeInstanceTypes({ client, pageSize: typesPerPage }, { Filters }),
    (page) => page.InstanceTypes,
    (type) => {
      const { InstanceType: name, VCpuInfo, ProcessorInfo } = told(action, type, 'InstanceType', 'VCpuInfo');
      const { DefaultVCpus: vcpus } = told(action, VCpuInfo, 'DefaultVCpus');
      return { name, vcpus, architectures: ProcessorInfo?.SupportedArchitectures };
    },
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
    return output.AvailabilityZones.map((zone) => {
      const { ZoneName: name, ZoneType: type, State: state, OptInStatus: optInStatus } = zone;
      return { ...told('ec2:DescribeAvailabilityZones', { name, type, state, optInStatus }, 'name') };
    });
  },

  instanceTypes: async (names) => {
    const chunks = inChunks(names, typesPerPage).map((chunk) => describeTypes(ec2, chunk));
    return (await Promise.all(chunks)).flat();
  },

  offerings: async (names) => {
    const action = 'ec2:DescribeInstanceTypeOfferings';
    return listing(
      action,
      paginateDescribeInstanceTypeOfferings(
        { client: ec2, pageSize },
        { LocationType: 'availability-zone', Filters: [{ Name: 'instance-type', Values: names }] },
      ),
      (page) => page.InstanceTypeOfferings,
      (offer) => {
        const { InstanceType, Location } = told(action, offer, 'InstanceType', 'Location');
        return { instanceType: InstanceType, zone: Location };
      },
    );
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
    const action = 'ec2:DescribeInstances';
    const reservations = await listing(
      action,
      paginateDescribeInstances(
        { client: ec2, pageSize },
        { Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running'] }] },
      ),
      (page) => page.Reservations,
      (reservation) =>
        told(action, reservation, 'Instances').Instances.map((instance) => {
          const { InstanceId, InstanceLifecycle, Placement, CpuOptions } = instance;
          const { InstanceType } = told(action, instance, 'InstanceType');
          return { InstanceId, InstanceType, InstanceLifecycle, Placement, CpuOptions };
        }),
    );
    return reservations.flat();
  },
});
