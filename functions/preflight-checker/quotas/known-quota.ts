import { controlPlaneRegion } from '../../../shared/aws/partition.ts';
import { Undetermined } from '../../../shared/checks/check.ts';
import type { PreflightFacts } from '../preflight-facts.ts';

/** A quota that was read: its value, and how to ask for more of it. */
export interface KnownQuota {
  code: string;
  value: number;
  isDefault: boolean;
  /** The command that asks AWS for `value`. */
  increaseTo(value: number): string;
}

/** A quota as it is named in Service Quotas. */
export interface QuotaName {
  service: string;
  code: string;
}

/** Needed besides what reads applied values: a quota that was never raised may have none. */
export const readsDefault = 'servicequotas:GetAWSDefaultServiceQuota';

const increase =
  ({ service, code }: QuotaName, region: string) =>
  (value: number): string =>
    `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${Math.ceil(value)} --region ${region}`;

/**
 * A quota's value.
 * @throws Undetermined when AWS does not tell it: a missing number is never taken for 0
 */
export async function knownQuota({ account }: PreflightFacts, name: QuotaName): Promise<KnownQuota> {
  const { service, code } = name;
  const quota = await account.quota(service, code);
  if (quota?.value === undefined) {
    const why = quota?.errorReason ? `: ${quota.errorReason}` : '';
    throw new Undetermined('value_absent', `Service Quotas gave no value for ${service} ${code}${why}`);
  }
  const { value, isDefault, region } = quota;
  return { code, value, isDefault, increaseTo: increase(name, region) };
}

/**
 * A number of IAM's summary, such as `Roles`.
 * @throws Undetermined when IAM does not tell it
 */
export async function iamNumber({ account }: PreflightFacts, key: string): Promise<number> {
  const value = (await account.iamSummary())[key];
  if (value === undefined) throw new Undetermined('value_absent', `IAM does not tell ${key} of the account`);
  return value;
}

/** A quota of which IAM itself tells the value in force, under a name such as `RolesQuota`. */
export const iamQuota =
  (code: string, key: string) =>
  async (facts: PreflightFacts): Promise<KnownQuota> => ({
    code,
    value: await iamNumber(facts, key),
    isDefault: false,
    increaseTo: increase({ service: 'iam', code }, controlPlaneRegion(facts.home.partition)),
  });
