import { EC2Client } from '@aws-sdk/client-ec2';
import { clientPerRegion, type Instrument, type TemporaryCredentials } from '../../shared/aws/clients.ts';
import { ec2NetworkReader, type NetworkReader } from './network-reader.ts';
import type { Prober } from './probe/active-probe.ts';
import { probeNetwork } from './probe/probe-network.ts';

/** What verifying a network needs of the world. */
export interface NetworkDependencies {
  /** Reads the network of the account the function runs in. */
  networkIn(region: string): NetworkReader;
  prober: Prober;
}

/**
 * The real ones.
 * @param attachedSubnetIds the subnets Lambda attaches the function to
 * @param credentials in place of the function's own
 */
export function dependencies(
  instrument: Instrument,
  attachedSubnetIds: string[] = [],
  credentials?: TemporaryCredentials,
): NetworkDependencies {
  const ec2 = clientPerRegion((config) => new EC2Client(config), instrument, credentials);
  return {
    networkIn: (region) => ec2NetworkReader(ec2(region)),
    prober: { attachedSubnetIds, network: probeNetwork() },
  };
}
