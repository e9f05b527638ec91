import { type Finding, passed } from '../../../shared/checks/check.ts';

/** The findings worth a look; when there is none among them, one that says so of all. None for no findings at all. */
export function summedUp(findings: Finding[], allIsWell: string): Finding[] {
  if (findings.length === 0) return [];
  const problems = findings.filter(({ status }) => status !== 'passed');
  return problems.length > 0 ? problems : [passed(allIsWell, { details: { roles: findings.length } })];
}
