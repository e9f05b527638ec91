/**
 * The command that exempts a VPC or a subnet from the account's block of public access.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
export const excludeFromBlock = (id: string, mode: 'allow-bidirectional' | 'allow-egress'): string =>
  `aws ec2 create-vpc-block-public-access-exclusion --${id.startsWith('vpc-') ? 'vpc' : 'subnet'}-id ${id} --internet-gateway-exclusion-mode ${mode}`;
