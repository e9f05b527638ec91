import { failed, passed } from '../../../shared/checks/check.ts';
import type { NetworkCheck } from '../network-facts.ts';
import type { DnsAttribute } from '../network-reader.ts';
import { reads } from '../read-actions.ts';

/**
 * A DNS attribute of the VPC is on: the cluster's private hosted zones and the private names of VPC endpoints
 * resolve only with both. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
 */
const dnsCheck = (name: string, attribute: DnsAttribute, option: string): NetworkCheck => ({
  name,
  what: `the VPC's attribute ${attribute} is on`,
  actions: [reads.vpcAttribute],
  rule: 'Fails when it is off: private hosted zones and private names of VPC endpoints resolve only with both DNS attributes.',
  remedy: `aws ec2 modify-vpc-attribute --vpc-id <vpc> --${option}`,
  run: async ({ vpcId, dnsAttribute }) => {
    const on = await dnsAttribute(attribute);
    const details = { [attribute]: on };
    if (on) return [passed(`${attribute} is on in ${vpcId}`, { details })];
    const remedy = `aws ec2 modify-vpc-attribute --vpc-id ${vpcId} --${option}`;
    return [
      failed(`${attribute} is off in ${vpcId} and the cluster needs it. Turn it on with: ${remedy}`, {
        details,
      }),
    ];
  },
});

export const vpcDnsSupport = dnsCheck('vpc_dns_support', 'enableDnsSupport', 'enable-dns-support');
export const vpcDnsHostnames = dnsCheck('vpc_dns_hostnames', 'enableDnsHostnames', 'enable-dns-hostnames');
