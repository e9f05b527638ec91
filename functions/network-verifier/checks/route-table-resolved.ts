import { failed, passed, warning } from '../../../shared/checks/check.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

/** It is known for every subnet which table routes its traffic. */
export const routeTableResolved: NetworkCheck = {
  name: 'route_table_resolved',
  what: "every subnet has a route table: its own or the VPC's main one",
  actions: [reads.subnets, reads.routeTables, reads.vpc],
  rule: 'Fails when neither is visible. In a shared VPC it is not determined, since the owner may see one.',
  remedy: 'aws ec2 associate-route-table --route-table-id <table> --subnet-id <subnet>',
  run: async ({ vpcId, routing, isShared }) => {
    const [{ routed, unrouted }, shared] = await Promise.all([routing(), isShared()]);
    const found = routed.map(({ subnetId: resourceId, table, by }) => {
      const details = { route_table_id: table.RouteTableId, route_table_by: by };
      const how = by === 'main' ? `the main table of ${vpcId}` : 'its own table';
      return passed(`${resourceId} is routed by ${table.RouteTableId}, ${how}`, { resourceId, details });
    });
    const lost = unrouted.map((resourceId) =>
      shared
        ? warning(`${resourceId}: AWS shows no route table for it. Ask the owner of the shared VPC`, {
            resourceId,
            details: { reason_code: 'value_absent' },
          })
        : failed(
            `${resourceId} has no route table and ${vpcId} shows no main one. Run: aws ec2 associate-route-table --subnet-id ${resourceId} --route-table-id <table>`,
            { resourceId },
          ),
    );
    return [...found, ...lost];
  },
};
