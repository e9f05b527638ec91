import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import { parseCidr } from '../../../shared/network/cidr.ts';
import { type Direction, deniedByAcl } from '../../../shared/network/network-acl.ts';
import { addressesOf, anyPort, port, protocols, type Range } from '../../../shared/network/traffic.ts';
import type { ClassifiedSubnet } from '../cluster-subnets.ts';
import { aclsOf, rulesOf, type SubnetAcl, shareOf } from '../network-acls.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';

interface Service {
  protocol: keyof typeof protocols;
  ports: Range;
  /** What it is for. */
  use: string;
  /** Whether a cluster stops working without it. */
  isEssential: boolean;
}

/**
 * What nodes and the endpoint to the control plane send one another, and the answers to it: the rules that
 * HyperShift gives the nodes' own security group.
 * https://github.com/openshift/hypershift/blob/main/support/awsutil/sg.go
 */
const services: Service[] = [
  { protocol: 'tcp', ports: port(443), use: 'the control plane', isEssential: true },
  { protocol: 'tcp', ports: port(6443), use: 'the API server', isEssential: true },
  { protocol: 'tcp', ports: port(10250), use: 'the kubelet', isEssential: true },
  { protocol: 'tcp', ports: port(32768, 60999), use: 'answers', isEssential: true },
  { protocol: 'udp', ports: port(6081), use: 'the network of pods', isEssential: true },
  { protocol: 'tcp', ports: port(9000, 9999), use: 'metrics of nodes', isEssential: false },
  { protocol: 'udp', ports: port(9000, 9999), use: 'services of nodes', isEssential: false },
  { protocol: 'tcp', ports: port(30000, 32767), use: 'node ports', isEssential: false },
  { protocol: 'udp', ports: port(30000, 32767), use: 'node ports', isEssential: false },
  { protocol: 'udp', ports: port(4789), use: 'VXLAN', isEssential: false },
  { protocol: 'udp', ports: port(500), use: 'IPsec', isEssential: false },
  { protocol: 'udp', ports: port(4500), use: 'IPsec', isEssential: false },
  { protocol: 'esp', ports: anyPort, use: 'IPsec', isEssential: false },
  { protocol: 'icmp', ports: anyPort, use: 'path MTU discovery', isEssential: false },
  { protocol: 'tcp', ports: port(22), use: 'SSH', isEssential: false },
];

const portsText = ({ first, last }: Range) => (first === last ? `${first}` : `${first}-${last}`);
const nameOf = ({ protocol, ports, use }: Service) =>
  ports === anyPort ? `${protocol} (${use})` : `${protocol} ${portsText(ports)} (${use})`;

/** One port closed among those that answers come to is no reason to fail. */
const tolerance = 1 / 256;

const directions: Direction[] = ['inbound', 'outbound'];

/** @param all the private subnets; traffic that stays within one of them passes no ACL */
function judge({ acl, subnets }: SubnetAcl, all: ClassifiedSubnet[]): Finding {
  const { NetworkAclId: resourceId = '', Entries = [] } = acl;
  const others = all.filter((other) => subnets.length > 1 || other !== subnets[0]);
  const peers = others.flatMap(({ subnet }) =>
    subnet.CidrBlock ? addressesOf(parseCidr(subnet.CidrBlock)) : [],
  );
  const dropped = directions.flatMap((direction) =>
    services.flatMap((service) => {
      const flow = { protocol: protocols[service.protocol], ports: service.ports, peers };
      const denied = deniedByAcl(Entries, direction, flow);
      if (denied.length === 0) return [];
      const isFatal = service.isEssential && shareOf(denied, flow) > tolerance;
      return [{ isFatal, rules: rulesOf(denied), text: `${direction} ${nameOf(service)}` }];
    }),
  );
  const ids = subnets.map(({ subnetId }) => subnetId);
  const details = {
    subnet_ids: ids,
    dropped: dropped.map(({ text }) => text),
    denied_by_rules: [...new Set(dropped.flatMap(({ rules }) => rules))],
  };
  const rest = { resourceId, details };
  const border = `${resourceId}, the network ACL of ${ids.join(', ')},`;
  if (dropped.length === 0) return passed(`${border} lets traffic between the private subnets through`, rest);
  const message = `${border} drops between the private subnets ${details.dropped.join(', ')} by rule ${details.denied_by_rules.join(', ')}. Allow the range of the nodes both ways: aws ec2 create-network-acl-entry --network-acl-id ${resourceId} --protocol -1 --cidr-block <range> --rule-action allow`;
  return dropped.some(({ isFatal }) => isFatal) ? failed(message, rest) : warning(message, rest);
}

/** Nodes of different subnets reach one another. */
export const naclIntraVpc: NetworkCheck = {
  name: 'nacl_intra_vpc',
  what: "the network ACLs let the cluster's traffic between its private subnets through, both ways",
  actions: [...readsClassification, reads.networkAcls],
  rule: 'Fails when one drops what a cluster cannot do without (TCP 443, 6443, 10250 and answers, UDP 6081). Warns about node ports, metrics, IPsec, ICMP and SSH. Says nothing with one private subnet: ACLs guard borders between subnets.',
  remedy:
    'aws ec2 create-network-acl-entry --protocol -1 --cidr-block <range of the nodes> --rule-action allow, with --ingress and with --egress',
  run: async (facts) => {
    const { found, unseen, subnets } = await aclsOf(facts, 'private');
    return subnets.length < 2 ? unseen : [...found.map((one) => judge(one, subnets)), ...unseen];
  },
};
