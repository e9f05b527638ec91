import { type Finding, failed, passed, warning } from '../../../shared/checks/check.ts';
import type { KnownQuota } from './known-quota.ts';

/** A number of things and what it is made up of. */
interface Amount {
  value: number;
  /** Such as `3 nodes of 4, one of them for upgrades`. */
  why?: string;
}

/** What a cluster takes of a quota: when it is made, and at its largest. */
export interface Need {
  now: Amount;
  atMost: Amount;
}

/** A need that does not grow with the cluster. */
export const fixed = (value: number, why?: string): Need => ({ now: { value, why }, atMost: { value, why } });

/** A quota beside what is used and needed of it. */
export interface QuotaCase {
  quota: KnownQuota;
  used: number;
  need: Need;
  /** What is counted, such as `vCPUs`. */
  unit: string;
  /** One of it, where a cluster may need just one. */
  one?: string;
  /** The quota Red Hat documents as the minimum, whatever the cluster's size. */
  documented?: number;
  /** true: a cluster can be made without, so that a shortfall is worth a warning only. */
  informational?: boolean;
}

/** Red Hat's list of quotas, with a minimum for each. */
const documentation =
  'https://docs.redhat.com/en/documentation/red_hat_openshift_service_on_aws/4/html/prepare_your_environment/rosa-required-aws-service-quotas';

const rounded = (value: number): number => Math.round(value * 100) / 100;

function sentence({ value, why }: Amount, { unit, one }: QuotaCase): string {
  if (value === 0) return `No ${unit} are needed`;
  const reason = why ? ` (${why})` : '';
  return value === 1 && one ? `1 ${one} is needed${reason}` : `${rounded(value)} ${unit} are needed${reason}`;
}

function detailsOf({ quota, used, need, documented }: QuotaCase): Record<string, unknown> {
  return {
    quota_code: quota.code,
    quota: quota.value,
    assumed_default: quota.isDefault,
    used: rounded(used),
    needed: rounded(need.now.value),
    needed_at_most: rounded(need.atMost.value),
    ...(documented !== undefined && { documented_minimum: documented }),
  };
}

/**
 * Fails when what is free of a quota does not hold what the cluster needs when it is made. Warns when it does not
 * hold what the cluster needs at its largest, or when the quota is below the documented minimum.
 */
export function judgeQuota(judged: QuotaCase): Finding {
  const { quota, used, need, unit, documented, informational } = judged;
  const details = detailsOf(judged);
  const free = quota.value - used;
  const have = `${rounded(free)} are free (quota ${quota.value}, in use ${rounded(used)})`;
  const remedy = `Ask AWS for more with: ${quota.increaseTo(used + need.atMost.value)}`;
  if (free < need.now.value) {
    // A cluster that takes none is not kept from being made by a quota that is overrun.
    const shortfall = informational || need.now.value === 0 ? warning : failed;
    return shortfall(`${sentence(need.now, judged)} and ${have}. ${remedy}`, { details });
  }
  if (free < need.atMost.value) {
    return warning(`At its largest, ${sentence(need.atMost, judged)} and ${have}. ${remedy}`, { details });
  }
  const enough = `${sentence(need.atMost, judged)} and ${have}`;
  if (documented !== undefined && quota.value < documented) {
    return warning(
      `${enough}, which will do. Red Hat documents a minimum quota of ${documented} ${unit} (${documentation}). Ask AWS for it with: ${quota.increaseTo(documented)}`,
      { details },
    );
  }
  return passed(enough, { details });
}
