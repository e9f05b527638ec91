import type { Subnet } from '@aws-sdk/client-ec2';
import { type Finding, failed, Undetermined, warning } from '../../../shared/checks/check.ts';
import { conclude } from '../cluster-subnets.ts';
import type { NetworkCheck } from '../network-facts.ts';
import { reads, readsClassification } from '../read-actions.ts';

/** A setting as AWS tells it. @throws Undetermined when it does not */
function told<Value>({ SubnetId }: Subnet, name: string, value: Value | undefined): Value {
  if (value !== undefined) return value;
  throw new Undetermined('value_absent', `AWS gave no value for ${name} of ${SubnetId}`);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const tagLimit = 50;

export const subnetTagCapacity: NetworkCheck = {
  name: 'subnet_tag_capacity',
  what: 'every subnet has room for the tag the installer adds',
  actions: [reads.subnets],
  rule: `Fails at ${tagLimit} tags, AWS's limit. Warns from ${tagLimit - 1} on, when there is room for one cluster at most.`,
  remedy: 'aws ec2 delete-tags --resources <subnet> --tags Key=<a tag nobody needs>',
  run: async ({ ownSubnets }) => {
    const findings = (await ownSubnets()).flatMap((subnet): Finding[] => {
      const { SubnetId: resourceId } = subnet;
      const { length: count } = subnet.Tags ?? [];
      const rest = { resourceId, details: { tags: count, limit: tagLimit } };
      const found = `${resourceId} has ${count} of at most ${tagLimit} tags`;
      const remedy = `Remove one: aws ec2 delete-tags --resources ${resourceId}`;
      if (count >= tagLimit) return [failed(`${found}, and the installer adds one. ${remedy}`, rest)];
      if (count >= tagLimit - 1) return [warning(`${found}, and the installer adds one. ${remedy}`, rest)];
      return [];
    });
    return conclude(findings, 'Every subnet has room for the tag the installer adds');
  },
};

export const subnetPublicIpAutoAssign: NetworkCheck = {
  name: 'subnet_public_ip_auto_assign',
  what: 'no private subnet gives public addresses to what starts in it',
  actions: readsClassification,
  rule: 'Warns about each private subnet that does: such an address is of no use there and costs money.',
  remedy: 'aws ec2 modify-subnet-attribute --subnet-id <subnet> --no-map-public-ip-on-launch',
  run: async ({ classified }) => {
    const subnets = await classified();
    const giving = subnets.private.filter(({ subnet }) =>
      told(subnet, 'MapPublicIpOnLaunch', subnet.MapPublicIpOnLaunch),
    );
    const findings = giving.map(({ subnetId: resourceId }) =>
      warning(
        `${resourceId} is private and gives nodes public addresses, which cost money and lead nowhere. Run: aws ec2 modify-subnet-attribute --subnet-id ${resourceId} --no-map-public-ip-on-launch`,
        { resourceId },
      ),
    );
    return conclude(findings, 'No private subnet gives out public addresses', subnets.unrouted);
  },
};

export const subnetIpv6Only: NetworkCheck = {
  name: 'subnet_ipv6_only',
  what: 'every subnet has IPv4 addresses',
  actions: [reads.subnets],
  rule: 'Fails for each subnet that is IPv6-only.',
  remedy: 'Choose a subnet with an IPv4 range',
  run: async ({ ownSubnets }) => {
    const subnets = await ownSubnets();
    const without = subnets.filter((subnet) => told(subnet, 'Ipv6Native', subnet.Ipv6Native));
    const findings = without.map(({ SubnetId: resourceId }) =>
      failed(`${resourceId} is IPv6-only, and nodes need IPv4. Choose a subnet with an IPv4 range`, {
        resourceId,
      }),
    );
    return conclude(findings, 'Every subnet has an IPv4 range');
  },
};

/** https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html */
export const subnetDns64: NetworkCheck = {
  name: 'subnet_dns64',
  what: 'no subnet answers DNS with made-up IPv6 addresses (DNS64)',
  actions: [reads.subnets],
  rule: 'Warns about each subnet with DNS64: nodes may prefer addresses that lead through NAT64.',
  remedy: 'aws ec2 modify-subnet-attribute --subnet-id <subnet> --no-enable-dns64',
  run: async ({ ownSubnets }) => {
    const subnets = await ownSubnets();
    const findings = subnets
      .filter((subnet) => told(subnet, 'EnableDns64', subnet.EnableDns64))
      .map(({ SubnetId: resourceId }) =>
        warning(
          `${resourceId} has DNS64, so nodes may be given IPv6 addresses of hosts that have none. Run: aws ec2 modify-subnet-attribute --subnet-id ${resourceId} --no-enable-dns64`,
          { resourceId },
        ),
      );
    return conclude(findings, 'No subnet has DNS64');
  },
};

export const subnetOwner: NetworkCheck = {
  name: 'subnet_owner',
  what: 'the subnets belong to the account of the function',
  actions: [reads.subnets],
  rule: 'Warns about each subnet that another account shares: its owner must tag it and set up the shared VPC.',
  remedy: 'Have the owner tag the subnets and make the hosted zones and roles of a shared-VPC cluster',
  run: async ({ ownSubnets, account }) => {
    const subnets = await ownSubnets();
    const findings = subnets
      .filter((subnet) => told(subnet, 'OwnerId', subnet.OwnerId) !== account)
      .map(({ SubnetId: resourceId, OwnerId }) =>
        warning(
          `${resourceId} is shared by account ${OwnerId}, which alone can tag it. Have it add the tags and set up the shared VPC`,
          {
            resourceId,
            details: { owner_id: OwnerId },
          },
        ),
      );
    return conclude(findings, 'The subnets belong to this account');
  },
};
