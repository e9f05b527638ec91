import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { clientPerRegion, type Instrument, type TemporaryCredentials } from '../../shared/aws/clients.ts';
import { controlPlaneRegion } from '../../shared/aws/partition.ts';
import type { AccountReader } from './account-reader.ts';
import { awsAccountReader } from './reader/aws-account-reader.ts';

/** What a preflight check needs of the world. */
export interface PreflightDependencies {
  /** Reads the account the function runs in, for a cluster in `region`. */
  accountIn(region: string, functionIsIn: { partition: string; region: string }): AccountReader;
}

/** The real ones. @param credentials in place of the function's own */
export function dependencies(
  instrument: Instrument,
  credentials?: TemporaryCredentials,
): PreflightDependencies {
  const ec2 = clientPerRegion((config) => new EC2Client(config), instrument, credentials);
  const iam = clientPerRegion((config) => new IAMClient(config), instrument, credentials);
  const quotas = clientPerRegion((config) => new ServiceQuotasClient(config), instrument, credentials);
  return {
    accountIn: (region, functionIsIn) => {
      const home = controlPlaneRegion(functionIsIn.partition);
      return awsAccountReader({
        ec2: ec2(region),
        homeEc2: ec2(functionIsIn.region),
        iam: iam(home),
        quotas: quotas(region),
        globalQuotas: quotas(home),
      });
    },
  };
}
