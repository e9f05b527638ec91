import type { CheckStatus } from '../../schemas/generated/check.js';
import type { EgressHop, EgressPath } from '../../schemas/generated/network-verifier-result.js';
import { groupBy } from './group-by.ts';
import { type ReportFinding, statusOrder } from './report.ts';

/** A way from a subnet, hop by hop, with all findings whose traffic takes it. */
export interface Way {
  /** Its place among the ways, worst first; the page's addresses are made of it. */
  number: number;
  subnetId: string;
  status: CheckStatus;
  verdict: EgressPath['verdict'];
  hops: readonly EgressHop[];
  findings: readonly EgressFinding[];
}

/** A finding whose details are the way to a group of endpoints. */
export interface EgressFinding extends ReportFinding {
  details: EgressPath & Record<string, unknown>;
}

/** Whether a finding has a way to show; one that could not be determined has none. */
export const isEgressFinding = (finding: ReportFinding): finding is EgressFinding =>
  finding.check_name === 'egress_path' &&
  typeof finding.details.subnet_id === 'string' &&
  Array.isArray(finding.details.hops);

/** Equal for findings whose traffic goes hop by hop the same way with the same end. */
const keyOf = ({ status, details: { subnet_id, verdict, hops } }: EgressFinding): string =>
  JSON.stringify([status, verdict, subnet_id, hops.map((hop) => Object.values(hop))]);

/** The ways of all findings, worst first: groups of endpoints that are reached alike are one. */
export function waysOf(findings: readonly ReportFinding[]): Way[] {
  const groups = groupBy(findings.filter(isEgressFinding), keyOf);
  const worst = ([first]: EgressFinding[]): number => (first ? statusOrder.indexOf(first.status) : 0);
  const ordered = [...groups.values()].sort((one, other) => worst(one) - worst(other));
  return ordered.flatMap((group, index) => {
    const [first] = group;
    if (!first) return [];
    const { subnet_id: subnetId, verdict, hops } = first.details;
    return [{ number: index + 1, subnetId, status: first.status, verdict, hops, findings: group }];
  });
}

/** The hop that lets nothing through; undefined when there is none. */
export const blockOf = ({ hops }: Way): EgressHop | undefined =>
  hops.find(({ verdict }) => verdict === 'blocked');
