import { failed, passed } from '../../../shared/checks/check.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

/** The VPC exists in the account and region of the function, and is available. */
export const vpcExists: NetworkCheck = {
  name: 'vpc_exists',
  what: 'the VPC exists in the account and region of the function, and is available',
  actions: [reads.vpc],
  rule: 'Fails when there is no such VPC or its state is not available.',
  remedy: 'Check the id and the region: aws ec2 describe-vpcs --vpc-ids <vpc>',
  run: async ({ vpcId, findVpc }) => {
    const vpc = await findVpc();
    if (!vpc)
      return [failed(`${vpcId} does not exist in this account and region. Check the id and the region`)];
    const details = { state: vpc.State, cidr_block: vpc.CidrBlock };
    return vpc.State === 'available'
      ? [passed(`${vpcId} exists and is available`, { details })]
      : [
          failed(`${vpcId} is ${vpc.State}, not available. Wait until it is, then run this again`, {
            details,
          }),
        ];
  },
};
