import type { Tag } from '@aws-sdk/client-ec2';
import { warning } from '../../../shared/checks/check.ts';
import { conclude } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

const isRedHatManaged = ({ Tags = [] }: { Tags?: Tag[] }): boolean =>
  Tags.some(({ Key, Value }) => Key === 'red-hat-managed' && Value === 'true');

/** The network is the customer's, not one that a Red Hat service made for itself and may delete. */
export const vpcRedHatManaged: NetworkCheck = {
  name: 'vpc_red_hat_managed',
  what: 'neither the VPC nor a subnet was made by a Red Hat service for itself',
  actions: [reads.vpc, reads.subnets],
  rule: 'Warns about the tag red-hat-managed=true: rosa does not offer such subnets, and the service that made them may delete them.',
  remedy:
    'Choose a VPC of your own, or remove the tag: aws ec2 delete-tags --resources <id> --tags Key=red-hat-managed',
  run: async ({ vpcId, vpc, ownSubnets }) => {
    const [theVpc, subnets] = await Promise.all([vpc(), ownSubnets()]);
    const managed = [theVpc, ...subnets].filter(isRedHatManaged);
    const findings = managed.map((one) => {
      const resourceId = 'SubnetId' in one && one.SubnetId ? one.SubnetId : vpcId;
      return warning(
        `${resourceId} has the tag red-hat-managed=true: a Red Hat service made it for itself and may delete it. Choose another, or remove the tag: aws ec2 delete-tags --resources ${resourceId} --tags Key=red-hat-managed`,
        { resourceId },
      );
    });
    return conclude(findings, `Neither ${vpcId} nor the subnets have the tag red-hat-managed=true`);
  },
};

const clusterTag = 'kubernetes.io/cluster/';

/** No other cluster uses the subnets. */
export const vpcReuse: NetworkCheck = {
  name: 'vpc_reuse',
  what: 'the subnets belong to no other cluster',
  actions: [reads.subnets],
  rule: `Warns about each subnet with a tag ${clusterTag}<id>: clusters may share a VPC, but then also its addresses and quotas.`,
  remedy: `Choose other subnets, or remove the tag of a cluster that is gone: aws ec2 delete-tags`,
  run: async ({ ownSubnets }) => {
    const findings = (await ownSubnets()).flatMap(({ SubnetId: resourceId = '', Tags = [] }) => {
      const clusters = Tags.flatMap(({ Key = '' }) =>
        Key.startsWith(clusterTag) ? Key.slice(clusterTag.length) : [],
      );
      if (clusters.length === 0) return [];
      const message = `${resourceId} is tagged for another cluster (${clusters.join(', ')}). Sharing works, but addresses and quotas are shared, too. If that cluster is gone: aws ec2 delete-tags --resources ${resourceId} --tags Key=${clusterTag}${clusters[0]}`;
      return [warning(message, { resourceId, details: { clusters } })];
    });
    return conclude(findings, 'No subnet is tagged for another cluster');
  },
};
