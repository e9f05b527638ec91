import { networkChecks } from '../../functions/network-verifier/checks/index.ts';
import { preflightChecks } from '../../functions/preflight-checker/checks/index.ts';

/** What the catalogue says of a check. */
interface Entry {
  name: string;
  what: string;
  actions: readonly string[];
  rule: string;
  remedy: string;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

const row = ({ name, what, actions, rule, remedy }: Entry): string =>
  `| \`${name}\` | ${[what, rule, remedy].map(cell).join(' | ')} | ${code(actions) || 'none'} |`;

const table = (checks: readonly Entry[]): string =>
  [
    '| Check | What it verifies | When it fails or warns | What to do | IAM actions |',
    '| --- | --- | --- | --- | --- |',
    ...checks.map(row),
  ].join('\n');

/** The page docs/checks.md, from the checks themselves. */
export const checksPage = (): string => `# The checks

Generated from the checks by \`npm run docs\`; a test fails when this page is older than they are.

A finding is \`passed\`, \`failed\` (a cluster would not work) or \`warning\`. What could not be determined is a warning
with a reason code, and with the IAM action that was refused; it is never \`passed\`. A check that does not apply to a
request gives no finding. All of them only read.

## rosa-preflight-checker

${table(preflightChecks)}

## rosa-network-verifier

They prove how traffic is routed and filtered, not that an endpoint answers.

${table(networkChecks)}
`;
