import { describe, expect, it } from '@jest/globals';
import { type Finding, findingLines, summaryLine } from '../../../rosactl/findings.ts';
import { painter } from '../../../shared/cli/paint.ts';

const plain = painter(false);

const finding = (check_name: string, status: Finding['status'], message: string): Finding => ({
  check_name,
  status,
  message,
});

const findings = [
  finding('vpc_exists', 'passed', 'vpc-1 exists'),
  finding('subnet_exists', 'passed', 'subnet-1 exists'),
  finding('subnet_exists', 'failed', 'subnet-2 does not exist'),
  finding('subnet_exists', 'passed', 'subnet-3 exists'),
  finding('vpc_dns', 'warning', 'DNS could not be determined'),
];

describe('findings', () => {
  it('are shown the worst first, those that passed once for each check', () => {
    expect(findingLines(findings, plain)).toEqual([
      '  ✖ subnet_exists: subnet-2 does not exist',
      '  ! vpc_dns: DNS could not be determined',
      '  ✔ vpc_exists: vpc-1 exists',
      '  ✔ subnet_exists: subnet-1 exists (and 1 more like it)',
    ]);
  });

  it('carry the colour of how they ended where colour is shown', () => {
    expect(findingLines(findings.slice(2, 3), painter(true))).toEqual([
      '  \u001b[31m✖\u001b[0m subnet_exists: subnet-2 does not exist',
    ]);
  });

  it.each([
    [{ status: 'failed', failed: 1, warning: 1, passed: 3 }, '✖ 1 failed, 1 warning, 3 passed'],
    [{ status: 'warning', failed: 0, warning: 2, passed: 3 }, '! 0 failed, 2 warnings, 3 passed'],
    [{ status: 'passed', failed: 0, warning: 0, passed: 5 }, '✔ 0 failed, 0 warnings, 5 passed'],
  ] as const)('are counted: %j', (summary, line) => {
    expect(summaryLine(summary, plain)).toBe(line);
  });
});
