import { type Flow, internet, port, protocols, type Range } from '../../../shared/network/traffic.ts';
import { isPublicCluster } from '../cluster-needs.ts';
import { conclude } from '../cluster-subnets.ts';
import { aclsOf, judgeAcl, vpcAddresses } from '../network-acls.ts';
import type { NetworkCheck, NetworkFacts } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';

const actions = [...readsClassification, reads.networkAcls];
const https = port(443);

/**
 * Ports that answers come to: those of nodes (Linux's net.ipv4.ip_local_port_range), and those of NAT gateways,
 * load balancers and others. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
 */
const nodePorts = port(32768, 60999);
const ephemeralPorts = port(1024, 65535);

const tcp = (ports: Range, peers: Range[]): Flow => ({ protocol: protocols.tcp, ports, peers });

/** What nodes talk to: the internet, or without egress the endpoints in the VPC. */
async function outside(facts: NetworkFacts) {
  // Closing about a /8 of the internet closes a few networks, closing more closes it; in a VPC, a part may be unused.
  return facts.requirements.zero_egress
    ? { peers: await vpcAddresses(facts), name: 'the VPC', tolerance: 1 }
    : { peers: internet, name: 'the internet', tolerance: 1 / 256 };
}

export const naclEgress443: NetworkCheck = {
  name: 'nacl_egress_443',
  what: 'the network ACLs of the private subnets let HTTPS out to the internet or, without egress, to the VPC',
  actions,
  rule: 'Fails when TCP port 443 is dropped to more than about a /8 of the internet, or to all of the VPC. Warns when it is dropped to less.',
  remedy:
    'aws ec2 create-network-acl-entry --egress --protocol tcp --port-range From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow',
  run: async (facts) => {
    const [acls, { peers, name, tolerance }] = await Promise.all([aclsOf(facts, 'private'), outside(facts)]);
    const flow = tcp(https, peers);
    const findings = acls.found.map((acl) =>
      judgeAcl(acl, {
        direction: 'outbound',
        essential: flow,
        desired: flow,
        tolerance,
        what: `HTTPS to ${name}`,
      }),
    );
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
    const [acls, { peers, name, tolerance }] = await Promise.all([aclsOf(facts, 'private'), outside(facts)]);
    const findings = acls.found.map((acl) =>
      judgeAcl(acl, {
        direction: 'inbound',
        essential: tcp(nodePorts, peers),
        desired: tcp(ephemeralPorts, peers),
        tolerance,
        what: `answers from ${name} (TCP ports 1024-65535)`,
      }),
    );
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
    const findings = found.flatMap((acl) =>
      [port(80), https].map((ports) => {
        const flow = tcp(ports, internet);
        const what = `TCP port ${ports.first} from the internet`;
        return judgeAcl(acl, { direction: 'inbound', essential: flow, desired: flow, tolerance: 1, what });
      }),
    );
    return [...findings, ...unseen];
  },
};
