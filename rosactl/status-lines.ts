import { table } from '../shared/cli/table.ts';
import { stages } from '../shared/release/stages.ts';
import type { AccessStatus } from '../shared/status/access-role.ts';
import { worstFirst } from '../shared/status/drift.ts';
import type { FunctionStatus } from '../shared/status/function-status.ts';
import { isUnread, type Reading } from '../shared/status/reading.ts';
import type { Retention } from '../shared/status/retention.ts';
import { versionText } from './version-text.ts';

const heading = [
  'FUNCTION',
  ...stages,
  'NEWEST',
  'CODE OF prod',
  'LOGS KEPT',
  'LAST INVOCATION (UTC)',
  'MAY INVOKE prod FROM OUTSIDE',
];

/** A cell; what could not be read is never shown as fine. */
const cell = <Value>(reading: Reading<Value>, show: (value: Value) => string): string =>
  isUnread(reading) ? `not determined (${reading.notDetermined})` : show(reading);

const verdicts = new Map<boolean | null, string>([
  [true, ', this release'],
  [false, ', not this release'],
]);

const codeCell = ({ prodCodeSha256, prodIsThisRelease }: FunctionStatus): string =>
  cell(prodCodeSha256, (hash) =>
    hash === null ? '-' : `${hash.slice(0, 8)}${verdicts.get(prodIsThisRelease) ?? ''}`,
  );

const retentionText = (retention: Retention): string =>
  typeof retention === 'number' ? `${retention} days` : retention;

const row = (status: FunctionStatus): string[] => [
  status.name,
  ...stages.map((stage) =>
    cell(status.stages[stage], (version) => versionText(version, status.canaries[stage])),
  ),
  cell(status.newest, (version) => version ?? '-'),
  codeCell(status),
  cell(status.logRetention, retentionText),
  cell(status.lastInvocation, (time) => time?.slice(0, 19).replace('T', ' ') ?? 'never'),
  cell(status.prodPrincipals, (principals) => principals.join(', ') || 'nobody'),
];

type Compared = Pick<FunctionStatus, 'name' | 'drift' | 'notDetermined'>;

const driftLines = (all: Compared[]): string[] =>
  worstFirst(all.flatMap(({ drift }) => drift)).flatMap(({ message, next }) => [`✖ ${message}`, `  ${next}`]);

const notDeterminedLines = (all: Compared[]): string[] =>
  all.flatMap(({ name, notDetermined }) =>
    notDetermined.map((one) => `? ${one.notDetermined} of ${name} was not answered: ${one.because}`),
  );

/** What the functions were compared with: a release, or why there is none. */
export interface ComparedWith {
  version?: string;
  why?: string;
}

/** What was compared, when nothing was found; said exactly, since a role's resources are not looked at. */
const nothingDrifted = (version: string | undefined): string =>
  version
    ? `✔ As release ${version} would deploy it: code, settings, actions of the roles, log retention, permissions`
    : '✔ Log retention and permissions are as they should be';

/** The status as lines: a table, what drifted from the release, and what could not be read. */
export function statusLines(
  all: FunctionStatus[],
  access: AccessStatus,
  { version, why }: ComparedWith,
): string[] {
  const compared = [...all, { ...access, name: access.roleName ?? 'the role of the platform' }];
  const drift = driftLines(compared);
  const unread = notDeterminedLines(compared);
  const title = `Drift from what ${version ? `release ${version}` : 'a deploy'} makes:`;
  const verdict = unread.length > 0 ? [] : [nothingDrifted(version)];
  return [
    ...table([heading, ...all.map(row)]),
    '',
    ...(drift.length > 0 ? [title, ...drift] : verdict),
    ...unread,
    ...(version ? [] : [`? Code, settings and roles were not compared with a release: ${why}`]),
  ];
}
