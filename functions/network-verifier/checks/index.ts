import type { NetworkCheck } from '../network-facts.ts';
import { cidrFormat } from './cidr-format.ts';
import { cidrOverlap } from './cidr-overlap.ts';
import { cidrReservedKas, cidrReservedOvn } from './cidr-reserved.ts';
import { dhcpDnsServers, dhcpDomainName, dhcpNtp } from './dhcp-options.ts';
import { egressPath } from './egress-path.ts';
import { egressProbe } from './egress-probe.ts';
import { machineCidrSize, machineCidrVsVpc, subnetInMachineCidr } from './machine-cidr.ts';
import { naclEgress443, naclIngressEphemeral, naclPublicIngress } from './nacl-internet.ts';
import { naclIntraVpc } from './nacl-intra-vpc.ts';
import { natGatewayAz } from './nat-gateway-az.ts';
import { natGatewayConnectivity, natGatewayPublicPath } from './nat-gateway-path.ts';
import { natGatewayState } from './nat-gateway-state.ts';
import { hostPrefix, podCidrSize, serviceCidrSize } from './pod-capacity.ts';
import { prefixListRoutes } from './prefix-list-routes.ts';
import { privateSubnetEgressRoute } from './private-subnet-egress-route.ts';
import { internetGatewayAttached, publicSubnetRoute, zeroEgressNoInternet } from './public-routing.ts';
import { routeBlackhole } from './route-blackhole.ts';
import { routeTableResolved } from './route-table-resolved.ts';
import { s3GatewayRoute, vpceS3Gateway } from './s3-gateway.ts';
import { sgAdditionalExists, sgDefaultPermissive } from './security-groups.ts';
import { subnetCount, subnetDuplicateIds } from './subnet-choice.ts';
import { subnetClassification } from './subnet-classification.ts';
import { subnetExists } from './subnet-exists.ts';
import { subnetTagElb, subnetTagInternalElb } from './subnet-role-tags.ts';
import {
  subnetDns64,
  subnetIpv6Only,
  subnetOwner,
  subnetPublicIpAutoAssign,
  subnetTagCapacity,
} from './subnet-settings.ts';
import { subnetFreeIps, subnetMinSize } from './subnet-size.ts';
import { subnetAzEndpointService, subnetAzType } from './subnet-zone-kinds.ts';
import { subnetAzCoverage, subnetSinglePrivatePerAz } from './subnet-zones.ts';
import { subnetsSameVpc } from './subnets-same-vpc.ts';
import { tgwAttachment } from './tgw-attachment.ts';
import { vpcBlockPublicAccess } from './vpc-block-public-access.ts';
import { vpcDnsHostnames, vpcDnsSupport } from './vpc-dns.ts';
import { vpcExists } from './vpc-exists.ts';
import { vpcOwnerShared, vpcTenancy } from './vpc-ownership.ts';
import { vpcRedHatManaged, vpcReuse } from './vpc-tags.ts';
import { vpceDnsConflict, vpcePending } from './vpce-health.ts';
import { vpceEcrApi, vpceEcrDkr, vpceSts } from './vpce-needed.ts';
import { vpcePolicy } from './vpce-policy.ts';
import { vpceSecurityGroup, vpceSubnetCoverage } from './vpce-reach.ts';

const ofVpc: NetworkCheck[] = [
  vpcExists,
  vpcDnsSupport,
  vpcDnsHostnames,
  vpcTenancy,
  vpcOwnerShared,
  vpcBlockPublicAccess,
  vpcRedHatManaged,
  vpcReuse,
  dhcpDomainName,
  dhcpDnsServers,
  dhcpNtp,
];

const ofSubnets: NetworkCheck[] = [
  subnetExists,
  subnetsSameVpc,
  subnetDuplicateIds,
  subnetCount,
  subnetClassification,
  subnetSinglePrivatePerAz,
  subnetAzCoverage,
  subnetAzType,
  subnetAzEndpointService,
  subnetFreeIps,
  subnetMinSize,
  subnetTagInternalElb,
  subnetTagElb,
  subnetTagCapacity,
  subnetPublicIpAutoAssign,
  subnetIpv6Only,
  subnetDns64,
  subnetOwner,
];

const ofRoutes: NetworkCheck[] = [
  routeTableResolved,
  privateSubnetEgressRoute,
  routeBlackhole,
  natGatewayState,
  natGatewayConnectivity,
  natGatewayPublicPath,
  natGatewayAz,
  internetGatewayAttached,
  publicSubnetRoute,
  tgwAttachment,
  zeroEgressNoInternet,
  s3GatewayRoute,
  prefixListRoutes,
];

const ofBorders: NetworkCheck[] = [
  vpceSts,
  vpceEcrApi,
  vpceEcrDkr,
  vpceS3Gateway,
  vpceSubnetCoverage,
  vpceSecurityGroup,
  vpcePolicy,
  vpcePending,
  vpceDnsConflict,
  sgAdditionalExists,
  sgDefaultPermissive,
  naclEgress443,
  naclIngressEphemeral,
  naclIntraVpc,
  naclPublicIngress,
  egressPath,
  egressProbe,
];

const ofRanges: NetworkCheck[] = [
  machineCidrSize,
  subnetInMachineCidr,
  machineCidrVsVpc,
  cidrOverlap,
  cidrReservedOvn,
  cidrReservedKas,
  hostPrefix,
  serviceCidrSize,
  podCidrSize,
  cidrFormat,
];

/** The network catalogue, in the order of the report. A new check is one file and one line here. */
export const networkChecks: readonly NetworkCheck[] = [
  ...ofVpc,
  ...ofSubnets,
  ...ofRoutes,
  ...ofBorders,
  ...ofRanges,
];
