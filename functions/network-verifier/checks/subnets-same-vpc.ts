import { failed, passed, Undetermined } from '../../../shared/checks/check.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

/** Every subnet that exists is in the VPC of the request. */
export const subnetsSameVpc: NetworkCheck = {
  name: 'subnets_same_vpc',
  what: 'every subnet that exists is in the VPC of the request',
  actions: [reads.subnets],
  rule: 'Fails for each subnet of another VPC.',
  remedy: 'Choose subnets of one VPC',
  run: async ({ vpcId, subnets }) => {
    const found = await subnets();
    if (found.length === 0) {
      throw new Undetermined('depends_on_other_check', 'none of the subnets exists (see subnet_exists)');
    }
    const elsewhere = found.filter(({ VpcId }) => VpcId !== vpcId);
    if (elsewhere.length === 0) return [passed(`Every subnet that exists is in ${vpcId}`)];
    return elsewhere.map(({ SubnetId: resourceId, VpcId }) =>
      failed(`${resourceId} is in ${VpcId}, not in ${vpcId}. Choose subnets of one VPC`, {
        resourceId,
        details: { vpc_id: VpcId },
      }),
    );
  },
};
