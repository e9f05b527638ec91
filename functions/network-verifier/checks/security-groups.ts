import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { parseCidr } from '../../../shared/network/cidr.ts';
import { conclude } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

/** The platform takes no more. */
const most = 10;

/** Why nodes cannot have a group, or undefined when they can. */
function obstacle(group: SecurityGroup | undefined, vpcId: string): string | undefined {
  if (!group) return 'does not exist in this account and region. Check the id';
  if (group.VpcId !== vpcId)
    return `is of ${group.VpcId}, not of ${vpcId}. Choose a group of the cluster's VPC`;
  if (group.GroupName === 'default')
    return "is the VPC's default group, which the platform does not take. Make one";
  const isManaged = group.Tags?.some(({ Key, Value }) => Key === 'red-hat-managed' && Value === 'true');
  return isManaged ? "has the tag red-hat-managed=true: it is another cluster's own. Make one" : undefined;
}

/** Nodes can have the groups the request asks for. */
export const sgAdditionalExists: NetworkCheck = {
  name: 'sg_additional_exists',
  what: 'nodes can have each of the additional security groups',
  actions: [reads.securityGroups],
  rule: `Fails for a group that does not exist, is of another VPC, is the VPC's default group or has the tag red-hat-managed=true, and for more than ${most} groups. Says nothing when the request names none.`,
  remedy: 'aws ec2 create-security-group --vpc-id <vpc>',
  run: async ({ vpcId, requirements, additionalGroups }) => {
    const ids = [...new Set(requirements.additional_security_group_ids)];
    if (ids.length === 0) return [];
    const groups = await additionalGroups();
    const findings = ids.map((resourceId): Finding => {
      const reason = obstacle(
        groups.find(({ GroupId }) => GroupId === resourceId),
        vpcId,
      );
      if (reason === undefined) return passed(`${resourceId} can be given to nodes`, { resourceId });
      return failed(`${resourceId} ${reason}`, { resourceId });
    });
    const many = `The request names ${ids.length} additional security groups and the platform takes ${most}. Leave some out`;
    return ids.length > most
      ? [failed(many, { details: { count: ids.length, limit: most } }), ...findings]
      : findings;
  },
};

/** The default group, which anything may have that is given no other, lets nobody in from everywhere. */
export const sgDefaultPermissive: NetworkCheck = {
  name: 'sg_default_permissive',
  what: "the VPC's default security group lets nothing in from everywhere",
  actions: [reads.securityGroups],
  rule: 'Warns when it does. The cluster does not use the group, so it never fails.',
  remedy: 'aws ec2 revoke-security-group-ingress --group-id <group>',
  run: async ({ vpcId, securityGroups }) => {
    const group = (await securityGroups()).find(({ GroupName }) => GroupName === 'default');
    if (!group) {
      const message = `Not checked: AWS shows no default security group of ${vpcId}`;
      return [warning(message, { details: { reason_code: 'value_absent' } })];
    }
    const { GroupId: resourceId, IpPermissions = [] } = group;
    const ranges = IpPermissions.flatMap(({ IpRanges = [] }) =>
      IpRanges.flatMap(({ CidrIp }) => CidrIp ?? []),
    );
    const open = ranges.some((range) => parseCidr(range).prefix === 0);
    const message = `${resourceId}, the default group of ${vpcId}, lets traffic in from everywhere. The cluster does not use it; others may. Run: aws ec2 revoke-security-group-ingress --group-id ${resourceId}`;
    return conclude(
      open ? [warning(message, { resourceId })] : [],
      `The default group of ${vpcId} lets nothing in from everywhere`,
    );
  },
};
