import type { ClusterConfig } from '../../schemas/generated/preflight-checker-request.js';
import { type Check, Undetermined } from '../../shared/checks/check.ts';
import { once } from '../../shared/once.ts';
import type { AccountReader, InstanceType } from './account-reader.ts';

/** What the checks of one run share: the request, and the account, each fact of which is fetched at most once. */
export interface PreflightFacts {
  region: string;
  cluster: ClusterConfig;
  account: AccountReader;
  /** The instance types of the request that EC2 knows in this region. */
  instanceTypes(): Promise<InstanceType[]>;
}

export type PreflightCheck = Check<PreflightFacts>;

/** Facts about the account for a cluster; an instance type that is named twice is looked at once. */
export function preflightFacts(
  region: string,
  config: ClusterConfig,
  account: AccountReader,
): PreflightFacts {
  const cluster = { ...config, instance_types: [...new Set(config.instance_types)] };
  return {
    region,
    cluster,
    account,
    instanceTypes: once(() => account.instanceTypes(cluster.instance_types)),
  };
}

/** A quota that was read: its value, and how to ask for more of it. */
export interface KnownQuota {
  value: number;
  isDefault: boolean;
  /** The command that asks AWS for `value`. */
  increaseTo(value: number): string;
}

/**
 * A quota's value.
 * @throws Undetermined when AWS does not tell it: a missing number is never taken for 0
 */
export async function knownQuota(
  { account }: PreflightFacts,
  serviceCode: string,
  quotaCode: string,
): Promise<KnownQuota> {
  const quota = await account.quota(serviceCode, quotaCode);
  if (quota?.value === undefined) {
    const why = quota?.errorReason ? `: ${quota.errorReason}` : '';
    throw new Undetermined(
      'value_absent',
      `Service Quotas gave no value for ${serviceCode} ${quotaCode}${why}`,
    );
  }
  return {
    value: quota.value,
    isDefault: quota.isDefault,
    increaseTo: (value) =>
      `aws service-quotas request-service-quota-increase --service-code ${serviceCode} --quota-code ${quotaCode} --desired-value ${value} --region ${quota.region}`,
  };
}
