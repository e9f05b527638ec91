import { DeleteSnapshotCommand, type EC2Client, paginateDescribeSnapshots } from '@aws-sdk/client-ec2';
import { awsCall, unlessMissing } from '../../../shared/aws/aws-call-error.ts';
import { listing, told } from '../../../shared/checks/listing.ts';
import type { Leftovers } from '../leftovers.ts';

/** Snapshots that the account owns: all that others share with it are shown, too, unless asked otherwise. */
export const ebsSnapshots = (ec2: EC2Client): Leftovers => ({
  ids: () =>
    listing(
      'ec2:DescribeSnapshots',
      paginateDescribeSnapshots({ client: ec2 }, { OwnerIds: ['self'] }),
      (page) => page.Snapshots,
      (snapshot) => told('ec2:DescribeSnapshots', snapshot, 'SnapshotId').SnapshotId,
    ),
  remove: async (id) => {
    const command = new DeleteSnapshotCommand({ SnapshotId: id });
    await unlessMissing(awsCall('ec2:DeleteSnapshot', () => ec2.send(command)));
  },
});
