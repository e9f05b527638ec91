import type { NetworkCheck } from '../network-facts.ts';
import { cidrOverlap } from './cidr-overlap.ts';
import { natGatewayState } from './nat-gateway-state.ts';
import { privateSubnetEgressRoute } from './private-subnet-egress-route.ts';
import { routeBlackhole } from './route-blackhole.ts';
import { subnetClassification } from './subnet-classification.ts';
import { subnetExists } from './subnet-exists.ts';
import { subnetsSameVpc } from './subnets-same-vpc.ts';
import { vpcDnsHostnames, vpcDnsSupport } from './vpc-dns.ts';
import { vpcExists } from './vpc-exists.ts';

/** The network catalogue, in the order of the report. A new check is one file and one line here. */
export const networkChecks: readonly NetworkCheck[] = [
  vpcExists,
  vpcDnsSupport,
  vpcDnsHostnames,
  subnetExists,
  subnetsSameVpc,
  subnetClassification,
  privateSubnetEgressRoute,
  natGatewayState,
  routeBlackhole,
  cidrOverlap,
];
