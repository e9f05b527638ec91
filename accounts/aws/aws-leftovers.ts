import { EC2Client } from '@aws-sdk/client-ec2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { type ClientCredentials, clientPerRegion, type Instrument } from '../../shared/aws/clients.ts';
import { ebsSnapshots } from './leftovers/ebs-snapshots.ts';
import { ebsVolumes } from './leftovers/ebs-volumes.ts';
import { route53HostedZones } from './leftovers/route53-hosted-zones.ts';
import { s3Buckets } from './leftovers/s3-buckets.ts';
import { vpcEndpointServices } from './leftovers/vpc-endpoint-services.ts';
import type { LeftoverKind, Leftovers } from './leftovers.ts';

/** Clients of one account. */
interface Clients {
  ec2(region: string): EC2Client;
  s3(region: string): S3Client;
  route53(region: string): Route53Client;
}

/** How each kind is found and taken away. */
const adapters: Record<LeftoverKind, (clients: Clients, region: string) => Leftovers> = {
  EBSSnapshots: ({ ec2 }, region) => ebsSnapshots(ec2(region)),
  EBSVolumes: ({ ec2 }, region) => ebsVolumes(ec2(region)),
  VPCEndpointServices: ({ ec2 }, region) => vpcEndpointServices(ec2(region)),
  S3Buckets: ({ s3 }, region) => s3Buckets(s3(region)),
  Route53HostedZones: ({ route53 }, region) => route53HostedZones(route53(region)),
};

/** What may be left in the account of some credentials. @param home region for what is in none */
export function awsLeftovers(
  instrument: Instrument,
  credentials: ClientCredentials,
  home: string,
): (kind: LeftoverKind, region?: string) => Leftovers {
  const clients: Clients = {
    ec2: clientPerRegion((config) => new EC2Client(config), instrument, credentials),
    // A bucket is where it is: S3 says so, and the client goes there. Names with dots have no certificate of their own.
    s3: clientPerRegion(
      (config) => new S3Client({ ...config, followRegionRedirects: true, forcePathStyle: true }),
      instrument,
      credentials,
    ),
    route53: clientPerRegion((config) => new Route53Client(config), instrument, credentials),
  };
  return (kind, region = home) => adapters[kind](clients, region);
}
