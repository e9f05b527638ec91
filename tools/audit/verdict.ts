/** A package with a known weakness. */
interface Advisory {
  name: string;
  severity: string;
  /** The versions that have it. */
  range: string;
}

/** What came of asking for known weaknesses; that nobody answered says nothing about the packages. */
export type Verdict =
  | { kind: 'clean'; below: number }
  | { kind: 'found'; advisories: Advisory[] }
  | { kind: 'unanswered'; reason: string };

/** npm's report as JSON, of a run that was answered or of one that was not. */
interface Report {
  vulnerabilities?: Record<string, Advisory>;
  message?: string;
  error?: { summary?: string };
}

/** Those of npm's severities (info, low, moderate, high, critical) that stop a release. */
const stopping = ['high', 'critical'];

function reportIn(printed: string): Report {
  try {
    return JSON.parse(printed) as Report;
  } catch {
    return { message: printed.trim() };
  }
}

/** Reads what `npm audit --json` has printed. Its exit status is 1 for findings and for an unreachable service alike. */
export function verdictOf(printed: string): Verdict {
  const { vulnerabilities, message, error } = reportIn(printed);
  if (!vulnerabilities) {
    return { kind: 'unanswered', reason: message || error?.summary || 'npm printed nothing' };
  }
  const all = Object.values(vulnerabilities);
  const advisories = all.filter(({ severity }) => stopping.includes(severity));
  return advisories.length > 0 ? { kind: 'found', advisories } : { kind: 'clean', below: all.length };
}

/** The verdict in words, and the exit status: 0 clean, 1 found, 2 not answered. */
export function tell(verdict: Verdict): { text: string; status: number } {
  if (verdict.kind === 'unanswered') {
    const text = `npm audit could not ask for known weaknesses (${verdict.reason}). That is no finding and no clean bill: run it where the package registry answers audits, as the CI workflow does.`;
    return { text, status: 2 };
  }
  if (verdict.kind === 'found') {
    const lines = verdict.advisories.map(({ name, severity, range }) => `  ${name} ${range}: ${severity}`);
    const text = [
      'Packages with a known weakness of high severity:',
      ...lines,
      'Update them, or what brings them; "npm audit" tells more.',
    ].join('\n');
    return { text, status: 1 };
  }
  const below = verdict.below > 0 ? ` (${verdict.below} below high: "npm audit" tells more)` : '';
  return { text: `No package has a known weakness of high severity${below}.`, status: 0 };
}
