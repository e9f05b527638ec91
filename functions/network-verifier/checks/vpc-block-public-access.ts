import { type Finding, failed, passed, Undetermined, warning } from '../../../shared/checks/check.ts';
import { excludeFromBlock } from '../block-public-access.ts';
import { isPublicCluster } from '../cluster-needs.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

interface Part {
  id: string;
  mode: string | undefined;
}

interface Wishes {
  wantsInternet: boolean;
  wantsIngress: boolean;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BlockPublicAccessStates.html */
function judge({ id, mode }: Part, { wantsInternet, wantsIngress }: Wishes): Finding[] {
  const rest = { resourceId: id, details: { internet_gateway_block_mode: mode } };
  const blocks = `${id}: the account's Block Public Access (${mode}) drops`;
  if (mode === 'block-bidirectional' && wantsInternet) {
    const out = `${blocks} all traffic to and from internet gateways, NAT gateways' too`;
    return [failed(`${out}. Exclude it: ${excludeFromBlock(id, 'allow-bidirectional')}`, rest)];
  }
  if (mode === 'block-ingress' && wantsIngress) {
    const inward = `${blocks} what comes from the internet to a public API or ingress`;
    return [failed(`${inward}. Exclude it: ${excludeFromBlock(id, 'allow-bidirectional')}`, rest)];
  }
  if (mode === 'off') return [];
  return [warning(`${blocks} traffic that this cluster, as the request describes it, does without`, rest)];
}

/** The account's block of public access leaves the traffic the cluster needs. */
export const vpcBlockPublicAccess: NetworkCheck = {
  name: 'vpc_block_public_access',
  what: "VPC Block Public Access leaves the cluster's traffic with the internet alone",
  actions: [reads.vpc, reads.subnets],
  rule: 'Fails when it blocks both directions and the cluster needs the internet, or blocks ingress and API or ingress are public. Warns when it blocks what the cluster does without.',
  remedy: 'aws ec2 create-vpc-block-public-access-exclusion for the VPC or the subnets',
  run: async ({ vpcId, vpc, ownSubnets, requirements }) => {
    const [theVpc, subnets] = await Promise.all([vpc(), ownSubnets()]);
    const parts: Part[] = [
      { id: vpcId, mode: theVpc.BlockPublicAccessStates?.InternetGatewayBlockMode },
      ...subnets.map(({ SubnetId = '', BlockPublicAccessStates: states }) => {
        return { id: SubnetId, mode: states?.InternetGatewayBlockMode };
      }),
    ];
    const silent = parts.filter(({ mode }) => mode === undefined).map(({ id }) => id);
    if (silent.length > 0) {
      throw new Undetermined('value_absent', `AWS gave no Block Public Access state of ${silent.join(', ')}`);
    }
    const wishes = { wantsInternet: !requirements.zero_egress, wantsIngress: isPublicCluster(requirements) };
    const [ofVpc, ...ofSubnets] = parts.map((part) => judge(part, wishes));
    // An exclusion may be for the subnets alone; then the VPC's own state says nothing of them.
    const findings = ofSubnets.flat();
    const all = findings.length > 0 && ofVpc ? [...ofVpc, ...findings] : findings;
    return all.length > 0 ? all : [passed('The account blocks no public access of the subnets')];
  },
};
