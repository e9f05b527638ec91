import {
  DescribeInstanceStatusCommand,
  type EC2Client,
  type Image as Ec2Image,
  type Instance as Ec2Instance,
  paginateDescribeImages,
  paginateDescribeInstances,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { AwsCallError, awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../shared/checks/listing.ts';
import type { Image, Instance, InstanceRequest, InstanceStart, Instances } from './instances.ts';
import { tagsIn } from './tags.ts';

function instanceOf(instance: Ec2Instance): Instance {
  const action = 'ec2:DescribeInstances';
  const {
    InstanceId: id,
    InstanceType: type,
    State,
  } = told(action, instance, 'InstanceId', 'InstanceType', 'State');
  return { id, type, state: told(action, State, 'Name').Name };
}

function imageOf(image: Ec2Image): (Image & { made: string }) | undefined {
  const action = 'ec2:DescribeImages';
  const {
    ImageId,
    RootDeviceName,
    CreationDate,
    BlockDeviceMappings = [],
  } = told(action, image, 'ImageId', 'RootDeviceName', 'CreationDate');
  const root = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName);
  return { id: ImageId, rootDevice: RootDeviceName, rootGiB: root?.Ebs?.VolumeSize ?? 0, made: CreationDate };
}

/** The least that an image of any Linux asks for, and what upstream's instances have. */
const leastGiB = 10;

/**
 * Ends the instance after an hour, should nobody else: it is terminated when it shuts down.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingInstanceInitiatedShutdownBehavior.html
 */
const endsByItself = Buffer.from('#!/bin/sh\nshutdown -h +60\n').toString('base64');

const runInput = ({ image, type, tags, kmsKeyId, token }: InstanceRequest): RunInstancesCommandInput => ({
  ImageId: image.id,
  InstanceType: type as RunInstancesCommandInput['InstanceType'],
  MinCount: 1,
  MaxCount: 1,
  ClientToken: token,
  InstanceInitiatedShutdownBehavior: 'terminate',
  UserData: endsByItself,
  MetadataOptions: { HttpTokens: 'required' },
  BlockDeviceMappings: [
    {
      DeviceName: image.rootDevice,
      Ebs: {
        Encrypted: true,
        DeleteOnTermination: true,
        VolumeType: 'gp3',
        VolumeSize: Math.max(leastGiB, image.rootGiB),
        ...(kmsKeyId && { KmsKeyId: kmsKeyId }),
      },
    },
  ],
  TagSpecifications: (['instance', 'volume'] as const).map((ResourceType) => ({
    ResourceType,
    Tags: tagsIn(tags),
  })),
});

/**
 * Refusals to start an instance, by what they mean:
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const later = [
  'PendingVerification',
  'OptInRequired',
  'InsufficientInstanceCapacity',
  'RequestLimitExceeded',
];
const limits = [
  'InstanceLimitExceeded',
  'VcpuLimitExceeded',
  'VolumeLimitExceeded',
  'MaxSpotInstanceCountExceeded',
];

/**
 * A token starts nothing more when its instance is gone, or was asked for with another image:
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html
 */
const spent = ['IdempotentInstanceTerminated', 'IdempotentParameterMismatch'];

/** @throws the error when it is none of those that are to be expected */
function notStarted(error: unknown): InstanceStart {
  if (!(error instanceof AwsCallError)) throw error;
  const { code, said } = error;
  if (spent.includes(code)) return { outcome: 'spent' };
  if (later.includes(code)) return { outcome: 'later', code, said };
  if (limits.includes(code)) return { outcome: 'limit', code, said };
  throw error;
}

async function start(ec2: EC2Client, request: InstanceRequest): Promise<InstanceStart> {
  const action = 'ec2:RunInstances';
  const { Instances = [] } = await awsCall(action, () =>
    ec2.send(new RunInstancesCommand(runInput(request))),
  );
  const { InstanceId: instanceId, State } = told(action, Instances[0] ?? {}, 'InstanceId');
  // The same token gives the same instance, for a while also when it is gone.
  return State?.Name === 'terminated' ? { outcome: 'spent' } : { outcome: 'started', instanceId };
}

/** All but terminated. */
const present = ['pending', 'running', 'shutting-down', 'stopping', 'stopped'];

/** EC2 of the account and region of a client. */
export const awsInstances = (ec2: EC2Client): Instances => ({
  withTags: async (tags) => {
    const wanted = Object.entries(tags).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
    const Filters = [...wanted, { Name: 'instance-state-name', Values: present }];
    const pages = paginateDescribeInstances({ client: ec2 }, { Filters });
    const found = await listing(
      'ec2:DescribeInstances',
      pages,
      (page) => page.Reservations,
      (one) => one,
    );
    return found.flatMap((one) => told('ec2:DescribeInstances', one, 'Instances').Instances.map(instanceOf));
  },

  newestImage: async (owner, names) => {
    const filters: Record<string, string> = {
      name: names,
      state: 'available',
      architecture: 'x86_64',
      'root-device-type': 'ebs',
      'virtualization-type': 'hvm',
    };
    const Filters = Object.entries(filters).map(([Name, value]) => ({ Name, Values: [value] }));
    const pages = paginateDescribeImages({ client: ec2 }, { Owners: [owner], Filters });
    const images = await listing('ec2:DescribeImages', pages, (page) => page.Images, imageOf);
    const [newest] = images.flatMap((one) => one ?? []).sort((a, b) => (a.made < b.made ? 1 : -1));
    if (!newest) return undefined;
    const { made: _, ...image } = newest;
    return image;
  },

  start: (request) => start(ec2, request).catch(notStarted),

  state: async (instanceId) => {
    const action = 'ec2:DescribeInstanceStatus';
    const command = new DescribeInstanceStatusCommand({
      InstanceIds: [instanceId],
      IncludeAllInstances: true,
    });
    const found = await unlessMissing(awsCall(action, () => ec2.send(command)));
    if (!found) return undefined;
    const { InstanceStatuses } = told(action, found, 'InstanceStatuses');
    const [status] = InstanceStatuses;
    return status && told(action, status.InstanceState ?? {}, 'Name').Name;
  },

  terminate: async (instanceId) => {
    const command = new TerminateInstancesCommand({ InstanceIds: [instanceId] });
    const found = await unlessMissing(awsCall('ec2:TerminateInstances', () => ec2.send(command)));
    return found ? 'terminating' : 'not there';
  },
});
