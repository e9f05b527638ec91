import type { PreflightCheck, PreflightFacts } from '../preflight-facts.ts';
import { judgeQuota, type Need } from './judge-quota.ts';
import { type KnownQuota, knownQuota, type QuotaName, readsDefault } from './known-quota.ts';

/** One quota that a cluster takes something of. */
export interface QuotaRule {
  /** The check's name in the catalogue. */
  name: string;
  /** Where its value is read: in Service Quotas, unless `read` says otherwise. */
  quota: QuotaName;
  read?(facts: PreflightFacts): Promise<KnownQuota>;
  /** What is counted, such as `network interfaces`. */
  unit: string;
  /** One of it, where a cluster may need just one. */
  one?: string;
  /** IAM actions that reading the applied quota and counting take. */
  actions: readonly string[];
  /** How many of them there are. */
  used(facts: PreflightFacts): Promise<number>;
  /** Whether the cluster has to do with this quota; it has unless this says otherwise. */
  applies?(facts: PreflightFacts): boolean;
  /** What the cluster takes. */
  need(facts: PreflightFacts): Need | Promise<Need>;
  /** Whether the cluster takes more of it as it grows. */
  grows?: boolean;
  /** See QuotaCase. */
  documented?: number;
  informational?: boolean;
}

function ruleOf({ informational, documented, grows }: QuotaRule): string {
  const warns = [
    ...(grows ? ['the quota less what is in use does not hold what the cluster needs at its largest'] : []),
    ...(documented === undefined
      ? []
      : [`the quota is below the ${documented} that Red Hat documents as the minimum`]),
  ];
  return [
    `${informational ? 'Warns' : 'Fails'} when the quota less what is in use does not hold what the cluster needs${grows ? ' when it is made' : ''}.`,
    ...(warns.length > 0 ? [`Warns when ${warns.join(', or when ')}.`] : []),
  ].join(' ');
}

/** The check of a quota. All that it needs is asked for at once. */
export function quotaCheck(rule: QuotaRule): PreflightCheck {
  const { name, quota, unit, actions } = rule;
  const read = rule.read ?? ((facts) => knownQuota(facts, quota));
  return {
    name,
    what: `there is room for the ${unit} that the cluster needs`,
    actions: rule.read ? actions : [...actions, readsDefault],
    rule: ruleOf(rule),
    remedy: `Ask AWS for more: \`aws service-quotas request-service-quota-increase --service-code ${quota.service} --quota-code ${quota.code} --desired-value <number>\``,
    run: async (facts) => {
      if (rule.applies && !rule.applies(facts)) return [];
      const [known, used, need] = await Promise.all([read(facts), rule.used(facts), rule.need(facts)]);
      const { one, documented, informational } = rule;
      return [judgeQuota({ quota: known, used, need, unit, one, documented, informational })];
    },
  };
}
