import { parseCidr } from '../../../shared/network/cidr.ts';
import { addressesOf } from '../../../shared/network/traffic.ts';
import { isPublicCluster, vpcRanges } from '../cluster-needs.ts';
import { conclude } from '../cluster-subnets.ts';
import { answers, https, type Peers, theInternet, visitors } from '../flows.ts';
import { aclsOf, judgeAcl } from '../network-acls.ts';
import type { NetworkCheck, NetworkFacts } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';

const actions = [...readsClassification, reads.networkAcls];

/** What nodes talk to: the internet, or without egress the endpoints in the VPC, a part of which may be unused. */
async function outside(facts: NetworkFacts): Promise<Peers> {
  if (!facts.requirements.zero_egress) return theInternet;
  const cidrs = vpcRanges(await facts.vpc()).map(({ cidr }) => cidr);
  const ranges = cidrs.map((cidr) => addressesOf(parseCidr(cidr)));
  return { ranges, name: 'the VPC', cidr: cidrs.join(' or '), tolerance: 1 };
}

export const naclEgress443: NetworkCheck = {
  name: 'nacl_egress_443',
  what: 'the network ACLs of the private subnets let HTTPS out to the internet or, without egress, to the VPC',
  actions,
  rule: 'Fails when TCP port 443 is dropped to more than about a /8 of the internet, or to all of the VPC. Warns when it is dropped to less.',
  remedy:
    'aws ec2 create-network-acl-entry --egress --protocol tcp --port-range From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow',
  run: async (facts) => {
    const [acls, peers] = await Promise.all([aclsOf(facts, 'private'), outside(facts)]);
    const findings = acls.found.map((acl) => judgeAcl(acl, https('outbound', peers)));
    return conclude([...findings, ...acls.unseen], 'None of the subnets is private');
  },
};

export const naclIngressEphemeral: NetworkCheck = {
  name: 'nacl_ingress_ephemeral',
  what: 'the network ACLs of the private subnets let the answers to nodes in',
  actions,
  rule: 'Fails when the ports that nodes use (TCP 32768-60999) are closed to answers, warns when others of 1024-65535 or a few are. ACLs keep no state, so answers need a rule of their own.',
  remedy:
    'aws ec2 create-network-acl-entry --ingress --protocol tcp --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow',
  run: async (facts) => {
    const [acls, peers] = await Promise.all([aclsOf(facts, 'private'), outside(facts)]);
    const findings = acls.found.map((acl) => judgeAcl(acl, answers('inbound', peers)));
    return conclude([...findings, ...acls.unseen], 'None of the subnets is private');
  },
};

export const naclPublicIngress: NetworkCheck = {
  name: 'nacl_public_ingress',
  what: 'the network ACLs of the public subnets let HTTP and HTTPS in from the internet',
  actions,
  rule: 'Fails when all of it is dropped on TCP port 80 or 443, warns when a part is, which may be meant. Only for a public cluster.',
  remedy:
    'aws ec2 create-network-acl-entry --ingress --protocol tcp --port-range From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow',
  run: async (facts) => {
    if (!isPublicCluster(facts.requirements)) return [];
    const { found, unseen } = await aclsOf(facts, 'public');
    const questions = [80, 443].map(visitors);
    const findings = found.flatMap((acl) => questions.map((question) => judgeAcl(acl, question)));
    return [...findings, ...unseen];
  },
};
