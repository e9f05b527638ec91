import type { Subnet, TransitGatewayVpcAttachment } from '@aws-sdk/client-ec2';
import { zonesOf } from './cluster-subnets.ts';

/** The VPC's attachment to a transit gateway: an available one where AWS still lists an earlier one. */
export function attachmentTo(
  attachments: TransitGatewayVpcAttachment[],
  gatewayId: string,
): TransitGatewayVpcAttachment | undefined {
  const own = attachments.filter(({ TransitGatewayId }) => TransitGatewayId === gatewayId);
  return own.find(({ State }) => State === 'available') ?? own[0];
}

/**
 * The zones in which an attachment has a subnet; it drops the traffic of others.
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 * @param all subnets of the VPC
 */
export const zonesAttached = (attachment: TransitGatewayVpcAttachment | undefined, all: Subnet[]): string[] =>
  zonesOf(
    all
      .filter(({ SubnetId = '' }) => attachment?.SubnetIds?.includes(SubnetId))
      .map((subnet) => ({ subnet })),
  );

export const attach = (gatewayId: string): string =>
  `aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id ${gatewayId}`;

export const addZone = (attachmentId: string): string =>
  `aws ec2 modify-transit-gateway-vpc-attachment --transit-gateway-attachment-id ${attachmentId} --add-subnet-ids <subnet>`;
