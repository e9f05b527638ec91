import type { PlatformFinding } from '../../schemas/generated/platform-cluster.js';

/**
 * Bytes of one operation's findings on a cluster. An item of DynamoDB has room for 400 KB, and there are three
 * operations: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const roomBytes = 90_000;

/** Characters of one message: the functions' own are far shorter. */
const longestMessage = 2_000;

const shortened = (finding: PlatformFinding): PlatformFinding =>
  finding.message.length <= longestMessage
    ? finding
    : { ...finding, message: `${finding.message.slice(0, longestMessage)}…` };

const failedFirst = (one: PlatformFinding, other: PlatformFinding): number =>
  Number(other.status === 'failed') - Number(one.status === 'failed');

/** What there is room for of some findings, failed ones first, and how many more there are. */
export function boundedFindings(all: readonly PlatformFinding[]): {
  findings: PlatformFinding[];
  findings_cut?: number;
} {
  const findings: PlatformFinding[] = [];
  let bytes = 0;
  for (const finding of all.toSorted(failedFirst).map(shortened)) {
    bytes += Buffer.byteLength(JSON.stringify(finding));
    if (bytes > roomBytes) break;
    findings.push(finding);
  }
  const cut = all.length - findings.length;
  return { findings, ...(cut > 0 && { findings_cut: cut }) };
}
