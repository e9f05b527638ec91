import type { EC2Client } from '@aws-sdk/client-ec2';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { describeRegion } from '../../../shared/aws/regions.ts';
import type { AccountReader } from '../account-reader.ts';
import { computeReader } from './compute-reader.ts';
import { iamReader } from './iam-reader.ts';
import { inventoryReader } from './inventory-reader.ts';
import { quotaReader } from './quota-reader.ts';
import { reservationReader } from './reservation-reader.ts';

/** The SDK clients an account is read with. Quotas of global services are kept in another region than others. */
interface AccountClients {
  ec2: EC2Client;
  /** For the list of regions: one that is enabled for sure, which the cluster's may not be. */
  homeEc2: EC2Client;
  iam: IAMClient;
  quotas: ServiceQuotasClient;
  globalQuotas: ServiceQuotasClient;
}

/** Reads the account that the clients' credentials belong to. */
export const awsAccountReader = ({
  ec2,
  homeEc2,
  iam,
  quotas,
  globalQuotas,
}: AccountClients): AccountReader => ({
  region: (name) => describeRegion(homeEc2, name),
  ...computeReader(ec2),
  ...reservationReader(ec2),
  ...inventoryReader(ec2),
  ...quotaReader(quotas, globalQuotas),
  ...iamReader(iam),
});
