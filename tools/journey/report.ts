import type { CheckStatus } from '../../schemas/generated/check.js';

/** A finding as both checkers give it. */
interface ReportedFinding {
  check_name: string;
  status: CheckStatus;
  message: string;
}

const marks: Record<CheckStatus, string> = { passed: '✔', warning: '!', failed: '✖' };

const colors: Record<CheckStatus, string> = {
  passed: '\u001b[32m',
  warning: '\u001b[33m',
  failed: '\u001b[31m',
};

const paint = (status: CheckStatus, text: string, color: boolean): string =>
  color ? `${colors[status]}${text}\u001b[0m` : text;

/** A heading of the journey. */
export const heading = (text: string): string => `\n${text}\n${'─'.repeat(text.length)}`;

/** Findings as lines for people: passed checks once by name and count, the others each with its message. */
export function findingLines(findings: ReportedFinding[], color: boolean): string[] {
  const names = [...new Set(findings.map(({ check_name }) => check_name))];
  return names.flatMap((name) => {
    const own = findings.filter(({ check_name }) => check_name === name);
    const notable = own.filter(({ status }) => status !== 'passed');
    const shown = notable.length > 0 ? notable : own.slice(0, 1);
    const more = notable.length === 0 && own.length > 1 ? ` (and ${own.length - 1} more like it)` : '';
    return shown.map(
      ({ status, message }) => `  ${paint(status, marks[status], color)} ${name}: ${message}${more}`,
    );
  });
}
