import type { DhcpOptions } from '@aws-sdk/client-ec2';
import { failed, passed, warning } from '../../../shared/checks/check.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads } from '../read-actions.ts';

// https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
const valuesOf = (options: DhcpOptions, key: string): string[] =>
  (options.DhcpConfigurations ?? [])
    .filter(({ Key }) => Key === key)
    .flatMap(({ Values = [] }) => Values.flatMap(({ Value }) => Value ?? []));

const actions = [reads.vpc, reads.dhcpOptions];
const newSet =
  'Make a set with aws ec2 create-dhcp-options and give it to the VPC with aws ec2 associate-dhcp-options';

/**
 * The names that DHCP gives to nodes are ones Kubernetes takes: lower case, one domain. What comes of a set without
 * a domain name is not documented. https://github.com/openshift/openshift-docs/pull/91668
 */
export const dhcpDomainName: NetworkCheck = {
  name: 'dhcp_domain_name',
  what: "the domain name of the VPC's DHCP option set is one that node names may have",
  actions,
  rule: 'Fails when the domain name has a space or an upper-case letter. Warns when the set has none. A VPC without a set passes.',
  remedy: newSet,
  run: async ({ vpcId, dhcpOptions }) => {
    const options = await dhcpOptions();
    if (!options) return [passed(`${vpcId} has no DHCP option set, so it gives nodes no domain name`)];
    const { DhcpOptionsId: resourceId } = options;
    const [name] = valuesOf(options, 'domain-name');
    const rest = { resourceId, details: { domain_name: name } };
    if (name === undefined)
      return [warning(`${resourceId} has no domain-name, so nodes may lack full names. ${newSet}`, rest)];
    if (!/[\sA-Z]/.test(name)) return [passed(`${resourceId} gives nodes the domain name ${name}`, rest)];
    return [
      failed(
        `${resourceId} gives nodes the domain name "${name}", and node names can have neither spaces nor upper-case letters. ${newSet}`,
        rest,
      ),
    ];
  },
};

const amazon = 'AmazonProvidedDNS';

/** Nodes ask Amazon's DNS server, which knows the cluster's private zones. */
export const dhcpDnsServers: NetworkCheck = {
  name: 'dhcp_dns_servers',
  what: "nodes ask Amazon's DNS server, which knows the cluster's private zones and endpoints",
  actions,
  rule: 'Warns about DNS servers of your own: they must forward the names of the cluster and of the endpoints to the VPC.',
  remedy: `Use ${amazon}, or forward to the Route 53 Resolver of the VPC`,
  run: async ({ vpcId, dhcpOptions }) => {
    const options = await dhcpOptions();
    const { DhcpOptionsId: resourceId = vpcId } = options ?? {};
    const servers = options ? valuesOf(options, 'domain-name-servers') : [];
    const rest = { resourceId, details: { domain_name_servers: servers } };
    if (servers.length > 0 && servers.every((server) => server === amazon)) {
      return [passed(`${resourceId}: nodes ask ${amazon}`, rest)];
    }
    const found = servers.length > 0 ? `nodes ask ${servers.join(', ')}` : 'nodes are given no DNS server';
    return [
      warning(
        `${resourceId}: ${found}, not ${amazon}. Whether the cluster's private zones resolve there cannot be seen here: forward them to the VPC's resolver, or use ${amazon}`,
        { ...rest, details: { ...rest.details, reason_code: 'not_verifiable' } },
      ),
    ];
  },
};

/** Where nodes get the time from. */
export const dhcpNtp: NetworkCheck = {
  name: 'dhcp_ntp',
  what: "nodes take the time from Amazon's time service, which needs no route",
  actions,
  rule: 'Warns about NTP servers of your own, since whether nodes reach them cannot be seen.',
  remedy: 'Let nodes reach the servers on UDP port 123, or leave ntp-servers out of the DHCP option set',
  run: async ({ vpcId, dhcpOptions }) => {
    const options = await dhcpOptions();
    const servers = options ? valuesOf(options, 'ntp-servers') : [];
    const { DhcpOptionsId: resourceId = vpcId } = options ?? {};
    if (servers.length === 0) return [passed(`${resourceId} names no NTP server of its own`, { resourceId })];
    return [
      warning(
        `${resourceId} names the NTP servers ${servers.join(', ')}: make sure that nodes reach them on UDP port 123, which cannot be seen here`,
        { resourceId, details: { ntp_servers: servers, reason_code: 'not_verifiable' } },
      ),
    ];
  },
};
