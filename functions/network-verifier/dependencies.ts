import { EC2Client } from '@aws-sdk/client-ec2';
import { clientPerRegion, type Instrument } from '../../shared/aws/clients.ts';
import { ec2NetworkReader, type NetworkReader } from './network-reader.ts';

/** What verifying a network needs of the world. */
export interface NetworkDependencies {
  /** Reads the network of the account the function runs in. */
  networkIn(region: string): NetworkReader;
}

/** The real ones. */
export function dependencies(instrument: Instrument): NetworkDependencies {
  const ec2 = clientPerRegion((config) => new EC2Client(config), instrument);
  return { networkIn: (region) => ec2NetworkReader(ec2(region)) };
}
