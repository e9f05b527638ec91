import { passed, Undetermined, warning } from '../../../shared/checks/check.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

/** The VPC leaves the choice of hardware to each instance. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-instance.html */
export const vpcTenancy: NetworkCheck = {
  name: 'vpc_tenancy',
  what: 'the VPC does not force dedicated hardware on every instance',
  actions: [reads.vpc],
  rule: 'Warns when the tenancy is dedicated: nodes then cost more and fewer instance types can start.',
  remedy: 'aws ec2 modify-vpc-tenancy --vpc-id <vpc> --instance-tenancy default',
  run: async ({ vpcId, vpc }) => {
    const { InstanceTenancy: tenancy } = await vpc();
    if (tenancy === undefined)
      throw new Undetermined('value_absent', `AWS gave no value for the tenancy of ${vpcId}`);
    const details = { instance_tenancy: tenancy };
    if (tenancy === 'default')
      return [passed(`Instances of ${vpcId} share hardware unless they ask for their own`, { details })];
    const remedy = `aws ec2 modify-vpc-tenancy --vpc-id ${vpcId} --instance-tenancy default`;
    return [
      warning(
        `${vpcId} has the tenancy ${tenancy}: every node takes dedicated hardware, which costs more. If that is not wanted: ${remedy}`,
        { details },
      ),
    ];
  },
};

/** The account owns the VPC. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html */
export const vpcOwnerShared: NetworkCheck = {
  name: 'vpc_owner_shared',
  what: 'the VPC belongs to the account of the function',
  actions: [reads.vpc],
  rule: 'Warns when another account shares the VPC: its owner must set up hosted zones and roles, and some of its parts are shown to the owner alone.',
  remedy: 'Have the owner of the VPC make the two hosted zones and two roles of a shared-VPC cluster',
  run: async ({ vpcId, vpc, account }) => {
    const { OwnerId: owner } = await vpc();
    if (owner === undefined)
      throw new Undetermined('value_absent', `AWS gave no value for the owner of ${vpcId}`);
    const details = { owner_id: owner };
    if (owner === account) return [passed(`${vpcId} belongs to this account`, { details })];
    return [
      warning(
        `${vpcId} is shared by account ${owner}, which must make two hosted zones and two roles for the cluster. NAT and internet gateways are shown to that account alone, so ask it to run this, too`,
        { details },
      ),
    ];
  },
};
