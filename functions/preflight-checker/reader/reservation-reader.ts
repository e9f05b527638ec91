import {
  type CapacityReservation,
  DescribeCapacityReservationsCommand,
  type EC2Client,
  paginateDescribeCapacityReservations,
} from '@aws-sdk/client-ec2';
import { awsCall, unlessMissing } from '../../../shared/aws/aws-call-error.ts';
import { Undetermined } from '../../../shared/checks/check.ts';
import { listing, told } from '../../../shared/checks/listing.ts';
import type { AccountReader } from '../account-reader.ts';
import { pageSize } from './listing.ts';

/**
 * Reservations in these states count towards the quotas of on-demand instances, used or not.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html#capacity-reservations-limits
 */
const countedReservationStates = ['assessing', 'scheduled', 'pending', 'active', 'delayed'];

const action = 'ec2:DescribeCapacityReservations';

/** The places that no instance has: all of them as long as the reservation is not active. */
function freePlaces(reservation: CapacityReservation) {
  const { CapacityReservationId: reservationId, ...rest } = told(
    action,
    reservation,
    'CapacityReservationId',
  );
  const { InstanceType: instanceType, State } = told(action, rest, 'InstanceType', 'State');
  const field = State === 'active' ? 'AvailableInstanceCount' : 'TotalInstanceCount';
  return { reservationId, instanceType, places: told(action, reservation, field)[field] };
}

/** What capacity is reserved in the region. */
export const reservationReader = (
  ec2: EC2Client,
): Pick<AccountReader, 'capacityReservation' | 'unusedReservations'> => ({
  capacityReservation: async (id) => {
    const command = new DescribeCapacityReservationsCommand({ CapacityReservationIds: [id] });
    const output = await unlessMissing(awsCall(action, () => ec2.send(command)));
    if (output && !output.CapacityReservations)
      throw new Undetermined(
        'value_absent',
        `AWS does not tell whether there is a capacity reservation ${id}`,
      );
    const [found] = output?.CapacityReservations ?? [];
    return (
      found && {
        state: found.State,
        instanceType: found.InstanceType,
        zone: found.AvailabilityZone,
        available: found.AvailableInstanceCount,
      }
    );
  },

  unusedReservations: async (account) => {
    const Filters = [
      // Those that others share count towards their owner's quotas.
      { Name: 'owner-id', Values: [account] },
      { Name: 'state', Values: countedReservationStates },
    ];
    const reservations = await listing(
      action,
      paginateDescribeCapacityReservations({ client: ec2, pageSize }, { Filters }),
      (page) => page.CapacityReservations,
      (reservation) => reservation,
    );
    // Capacity Blocks have quotas of their own: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
    const onDemand = reservations.filter(({ ReservationType }) => ReservationType !== 'capacity-block');
    return onDemand.map(freePlaces).filter(({ places }) => places > 0);
  },
});
