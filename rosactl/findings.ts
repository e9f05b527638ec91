import type { CheckStatus, CheckSummary } from '../schemas/generated/check.js';
import type { Paint } from '../shared/cli/paint.ts';

/** A finding as both checkers give it. */
export interface Finding {
  check_name: string;
  status: CheckStatus;
  message: string;
}

const marks: Record<CheckStatus, string> = { failed: '✖', warning: '!', passed: '✔' };

const styles = { failed: 'red', warning: 'yellow', passed: 'green' } as const;

/** Findings that passed, one for each check: a check of many subnets says the same of each. */
function passedOnce(findings: Finding[]): Finding[] {
  const passed = findings.filter(({ status }) => status === 'passed');
  const names = new Set(passed.map(({ check_name }) => check_name));
  return [...names].flatMap((name) => {
    const [first, ...others] = passed.filter(({ check_name }) => check_name === name);
    const more = others.length > 0 ? ` (and ${others.length} more like it)` : '';
    return first ? { ...first, message: `${first.message}${more}` } : [];
  });
}

/** Findings as lines for people, the worst first: what failed, what to look at, what passed. */
export function findingLines(findings: Finding[], paint: Paint): string[] {
  const notable = (wanted: CheckStatus) => findings.filter(({ status }) => status === wanted);
  const inOrder = [...notable('failed'), ...notable('warning'), ...passedOnce(findings)];
  return inOrder.map(
    ({ status, check_name, message }) =>
      `  ${paint(styles[status], marks[status])} ${check_name}: ${message}`,
  );
}

/** The counts as one line. */
export function summaryLine({ status, failed, warning, passed }: CheckSummary, paint: Paint): string {
  const warnings = warning === 1 ? '1 warning' : `${warning} warnings`;
  return `${paint(styles[status], marks[status])} ${failed} failed, ${warnings}, ${passed} passed`;
}
