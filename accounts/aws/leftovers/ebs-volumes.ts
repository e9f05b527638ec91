import { DeleteVolumeCommand, type EC2Client, paginateDescribeVolumes } from '@aws-sdk/client-ec2';
import { awsCall, unlessMissing } from '../../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../../shared/checks/listing.ts';
import type { Leftovers } from '../leftovers.ts';

/** Of these nothing is left in a moment. */
const isGoing = (state: string): boolean => state === 'deleting' || state === 'deleted';

/** Volumes. One that an instance has is refused until the instance is gone. */
export const ebsVolumes = (ec2: EC2Client): Leftovers => ({
  ids: async () => {
    const volumes = await listing(
      'ec2:DescribeVolumes',
      paginateDescribeVolumes({ client: ec2 }, {}),
      (page) => page.Volumes,
      (volume) => told('ec2:DescribeVolumes', volume, 'VolumeId', 'State'),
    );
    return volumes.filter(({ State }) => !isGoing(State)).map(({ VolumeId }) => VolumeId);
  },
  remove: async (id) => {
    const command = new DeleteVolumeCommand({ VolumeId: id });
    await unlessMissing(awsCall('ec2:DeleteVolume', () => ec2.send(command)));
  },
});
