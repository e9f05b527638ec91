import type { AccountReader } from '../account-reader.ts';
import { nodesOf, privateSubnetsOf } from '../cluster-size.ts';
import type { PreflightFacts } from '../preflight-facts.ts';
import { countByZone } from '../quotas/by-zone.ts';
import { fixed, type Need } from '../quotas/judge-quota.ts';
import { quotaCheck } from '../quotas/quota-check.ts';

const list = 'servicequotas:ListServiceQuotas';

/**
 * A zone's share of the nodes, and an interface for each load balancer and the endpoint, which have one in each
 * subnet. Without zones or subnets in the request, all nodes may be in one zone.
 */
function interfacesNeeded({ cluster }: PreflightFacts): Need {
  const zones = new Set(cluster.availability_zones).size || (privateSubnetsOf(cluster) ?? 1);
  const { network = 1, classic = 0, application = 0 } = cluster.load_balancers ?? {};
  const others = network + classic + application + 1;
  const amount = (nodes: number) => {
    const share = Math.ceil(nodes / zones);
    const why = `${share} nodes in a zone and ${others} of load balancers and the endpoint of the control plane`;
    return { value: share + others, why };
  };
  const { now, atMost } = nodesOf(cluster);
  return { now: amount(now), atMost: amount(atMost) };
}

/**
 * The interfaces of the zone that has most, among those of the nodes: the quota is enforced in each zone on its own.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-enis
 */
async function interfacesInBusiestZone({ account, cluster }: PreflightFacts): Promise<number> {
  const counts = countByZone((await account.networkInterfaces()).zones, 'a network interface');
  const zones = cluster.availability_zones ?? Object.keys(counts);
  return Math.max(0, ...zones.map((zone) => counts[zone] ?? 0));
}

/**
 * Inbound rules of the group that HyperShift gives the nodes: 10 for traffic among them, and SSH and ICMP from the
 * machine CIDR. https://github.com/openshift/hypershift/blob/main/support/awsutil/sg.go
 */
const rulesOfNodes = 12;

const inVpc = async ({ account, cluster }: PreflightFacts, ...types: string[]): Promise<number> => {
  const endpoints = (await account.endpoints()).filter(({ type = '' }) => types.includes(type));
  return endpoints.filter(({ vpcId }) => vpcId === cluster.vpc_id).length;
};

const count = (what: 'addressCount' | 'vpcCount' | 'internetGatewayCount') => {
  return ({ account }: { account: AccountReader }) => account[what]();
};

/** Red Hat documents a minimum of these, though a cluster is given its VPC and takes none of them by itself. */
const given = [
  {
    name: 'quota_eip',
    quota: { service: 'ec2', code: 'L-0263D0A3' },
    unit: 'Elastic IP addresses',
    actions: ['ec2:DescribeAddresses', 'servicequotas:GetServiceQuota'],
    used: count('addressCount'),
  },
  {
    name: 'quota_vpcs',
    quota: { service: 'vpc', code: 'L-F678F1CE' },
    unit: 'VPCs',
    actions: ['ec2:DescribeVpcs', list],
    used: count('vpcCount'),
  },
  {
    name: 'quota_igws',
    quota: { service: 'vpc', code: 'L-A4707A72' },
    unit: 'internet gateways',
    actions: ['ec2:DescribeInternetGateways', list],
    used: count('internetGatewayCount'),
  },
].map((row) => ({ ...row, need: () => fixed(0), documented: 5, informational: true }));

const taken = [
  {
    name: 'quota_enis',
    quota: { service: 'vpc', code: 'L-DF5E4CA3' },
    unit: 'network interfaces in a zone',
    actions: ['ec2:DescribeNetworkInterfaces', list],
    used: interfacesInBusiestZone,
    need: interfacesNeeded,
    grows: true,
    documented: 5_000,
  },
  {
    name: 'quota_sg_per_region',
    quota: { service: 'vpc', code: 'L-E79EC296' },
    unit: 'security groups',
    actions: ['ec2:DescribeSecurityGroups', list],
    used: ({ account }: PreflightFacts) => account.securityGroupCount(),
    need: () => fixed(2, 'one for the nodes and one for the endpoint of the control plane'),
  },
  {
    name: 'quota_sg_per_eni',
    quota: { service: 'vpc', code: 'L-2AFB9258' },
    unit: 'security groups of a network interface',
    actions: [list],
    applies: ({ cluster }: PreflightFacts) => cluster.additional_security_group_ids !== undefined,
    used: async () => 0,
    need: ({ cluster }: PreflightFacts) =>
      fixed(1 + new Set(cluster.additional_security_group_ids).size, "the cluster's own and the additional"),
  },
  {
    name: 'quota_rules_per_sg',
    quota: { service: 'vpc', code: 'L-0EA8095F' },
    unit: 'inbound rules of a security group',
    actions: [list],
    used: async () => 0,
    need: () => fixed(rulesOfNodes, "those of the nodes' group"),
  },
  {
    name: 'quota_interface_endpoints',
    quota: { service: 'vpc', code: 'L-29B6F2EB' },
    unit: 'interface endpoints in the VPC',
    one: 'interface endpoint in the VPC',
    actions: ['ec2:DescribeVpcEndpoints', list],
    applies: ({ cluster }: PreflightFacts) => cluster.vpc_id !== undefined,
    // One quota for both: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
    used: (facts: PreflightFacts) => inVpc(facts, 'Interface', 'GatewayLoadBalancer'),
    need: () => fixed(1, 'that of the control plane'),
  },
  {
    name: 'quota_gateway_endpoints',
    quota: { service: 'vpc', code: 'L-1B52E74A' },
    unit: 'gateway endpoints',
    one: 'gateway endpoint',
    actions: ['ec2:DescribeVpcEndpoints', list],
    applies: ({ cluster }: PreflightFacts) => cluster.vpc_id !== undefined,
    used: async ({ account }: PreflightFacts) =>
      (await account.endpoints()).filter(({ type }) => type === 'Gateway').length,
    need: async (facts: PreflightFacts) =>
      (await inVpc(facts, 'Gateway')) > 0 ? fixed(0) : fixed(1, 'one for Amazon S3, as the VPC has none'),
    informational: true,
  },
];

/** What a cluster takes of the network's quotas. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export const quotasVpc = [...given, ...taken].map(quotaCheck);
