import { type Finding, failed, passed, Undetermined, warning } from '../../../shared/checks/check.ts';
import type { CapacityReservation } from '../account-reader.ts';
import type { PreflightCheck, PreflightFacts } from '../preflight-facts.ts';

/** Why nodes cannot use it; states: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CapacityReservation.html */
function problemOf(
  { state, instanceType, zone, available }: CapacityReservation,
  { cluster }: PreflightFacts,
): string | undefined {
  const { instance_types: types, availability_zones: zones, node_count: nodes } = cluster;
  if (state !== 'active') return `is ${state}, not active`;
  if (!types.includes(String(instanceType))) return `is for ${instanceType}, not for ${types.join(' or ')}`;
  if (zones && !zones.includes(String(zone))) return `is in ${zone}, not in ${zones.join(' or ')}`;
  if (Number(available) < nodes)
    return `has room for ${available} instances, and ${nodes} nodes are asked for`;
  return undefined;
}

function judge(id: string, found: CapacityReservation | undefined, facts: PreflightFacts): Finding {
  const details = { capacity_reservation_id: id, ...found };
  const says = `The capacity reservation ${id}`;
  if (!found)
    return failed(`${says} does not exist in ${facts.region}. Check its id and region`, { details });
  const { state, instanceType, zone, available } = found;
  if (!state || !instanceType || !zone || available === undefined)
    throw new Undetermined('value_absent', `EC2 does not tell all of the capacity reservation ${id}`);
  const problem = problemOf(found, facts);
  if (problem) return failed(`${says} ${problem}. Use another one, or change the nodes`, { details });
  const most = Math.max(facts.cluster.node_count, facts.cluster.max_node_count ?? 0);
  if (available < most)
    return warning(`${says} has room for ${available} instances, and the cluster may grow to ${most} nodes`, {
      details,
    });
  return passed(`${says} has room for the nodes`, { details });
}

/** The capacity reservation that the nodes are to use fits them. */
export const capacityReservation: PreflightCheck = {
  name: 'capacity_reservation',
  what: 'the capacity reservation is active, fits instance type and zones, and has room for the nodes',
  actions: ['ec2:DescribeCapacityReservations'],
  rule: 'Fails when there is no such reservation, or it is not active, is for another instance type or zone, or has room for fewer than the nodes at creation. Warns when it has room for fewer than the nodes at most.',
  remedy: 'Use another capacity reservation, or change the nodes',
  run: async (facts) => {
    const id = facts.cluster.capacity_reservation_id;
    if (!id) return [];
    return [judge(id, await facts.account.capacityReservation(id), facts)];
  },
};
