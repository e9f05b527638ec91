import { failed, passed } from '../../../shared/checks/check.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

/** Every subnet exists in the account and region of the function, and is available. */
export const subnetExists: NetworkCheck = {
  name: 'subnet_exists',
  what: 'every subnet exists in the account and region of the function, and is available',
  actions: [reads.subnets],
  rule: 'Fails for each subnet that does not exist or whose state is not available.',
  remedy: 'Check the ids: aws ec2 describe-subnets --filters Name=vpc-id,Values=<vpc>',
  run: async ({ subnetIds, subnets }) => {
    const found = await subnets();
    return subnetIds.map((resourceId) => {
      const subnet = found.find(({ SubnetId }) => SubnetId === resourceId);
      if (!subnet) {
        return failed(`${resourceId} does not exist in this account and region. Check the id`, {
          resourceId,
        });
      }
      const details = {
        state: subnet.State,
        availability_zone: subnet.AvailabilityZone,
        cidr_block: subnet.CidrBlock,
      };
      return subnet.State === 'available'
        ? passed(`${resourceId} exists in ${subnet.AvailabilityZone}`, { resourceId, details })
        : failed(`${resourceId} is ${subnet.State}, not available. Wait until it is`, {
            resourceId,
            details,
          });
    });
  },
};
