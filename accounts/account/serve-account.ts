import { isDeepStrictEqual } from 'node:util';
import { again, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { AccountStatus } from '../resources/account.ts';
import { makeCliCredentials, makeConsoleUrl } from './credentials.ts';
import { ended, found, untroubled } from './states.ts';
import { save, statusOf, type Turn } from './turn.ts';
import { enterAccount } from './way-in.ts';

/**
 * Ready: notes who has it, and keeps its temporary credentials fresh. Who has made them sets the timer for the next ones;
 * any other look leaves it alone, or timers would grow in number with every sweep. When it gets lost, a sweep is in time.
 */
export async function serveAccount(turn: Turn): Promise<Reconciled> {
  const noted = withFlags(turn, withClaim(turn));
  if (!isDeepStrictEqual(noted, statusOf(turn))) await save(turn, noted);
  if (!noted.rotateCredentials && !noted.rotateConsoleCredentials) return done;
  await rotate(turn);
  return untilRotationOf(turn);
}

/** Writes that the account is ready, with who has it already. */
export async function becomeReady(turn: Turn, status: AccountStatus): Promise<Reconciled> {
  await save(turn, withClaim({ ...turn, account: { ...turn.account, status } }));
  return untilRotationOf(turn);
}

function withClaim({ account, now }: Turn): AccountStatus {
  const status = account.status ?? {};
  const { claimLink, claimLinkNamespace = '' } = account.spec;
  if (claimLink && !status.claimed) {
    const message = `${account.metadata.name} was claimed by ${[claimLinkNamespace, claimLink].filter(Boolean).join('/')}`;
    const finding = { type: 'Claimed', reason: 'Claimed', message } as const;
    return { ...status, claimed: true, conditions: found(status.conditions, finding, now()) };
  }
  const conditions = status.claimed ? status.conditions : ended(status.conditions, ['Claimed'], now());
  return { ...status, ...(conditions && { conditions }) };
}

/** Seconds until credentials are to be made anew; undefined when there are none. */
const untilRotation = ({ now }: Turn, expireAt: string | undefined, before: number): number | undefined =>
  expireAt === undefined ? undefined : (Date.parse(expireAt) - now().getTime()) / 1_000 - before;

const isDue = (seconds: number | undefined): boolean => seconds !== undefined && seconds <= 0;

function rotations(turn: Turn): { cli?: number; console?: number } {
  const { watchesCredentials, rotateBeforeSeconds } = turn.settings;
  if (!watchesCredentials || turn.account.spec.manualSTSMode) return {};
  const { cliCredentialsExpireAt, consoleURLExpiresAt } = statusOf(turn);
  const cli = untilRotation(turn, cliCredentialsExpireAt, rotateBeforeSeconds.cli);
  const console = untilRotation(turn, consoleURLExpiresAt, rotateBeforeSeconds.console);
  return { ...(cli !== undefined && { cli }), ...(console !== undefined && { console }) };
}

/** Sets the flags before what they stand for ends. */
function withFlags(turn: Turn, status: AccountStatus): AccountStatus {
  const { cli, console } = rotations(turn);
  return {
    ...status,
    ...(isDue(cli) && { rotateCredentials: true }),
    ...(isDue(console) && { rotateConsoleCredentials: true }),
  };
}

/** New credentials take the place of the old ones, which hold until their end: there is no gap. */
async function rotate(turn: Turn): Promise<void> {
  const { rotateCredentials, rotateConsoleCredentials, ...status } = statusOf(turn);
  const { byoc, manualSTSMode } = turn.account.spec;
  // An account of a customer is entered with his keys, of which there is no session.
  const hasSession = !byoc && !manualSTSMode;
  const cli = rotateCredentials && hasSession && (await makeCliCredentials(turn, await enterAccount(turn)));
  const url = rotateConsoleCredentials && !manualSTSMode && (await makeConsoleUrl(turn));
  const conditions = untroubled(turn);
  await save(turn, {
    ...status,
    ...(conditions && { conditions }),
    rotateCredentials: false,
    rotateConsoleCredentials: false,
    ...(cli || {}),
    ...(url || {}),
  });
}

/** Waits until the first of the credentials are due. */
function untilRotationOf(turn: Turn): Reconciled {
  const due = Object.values(rotations(turn));
  return due.length > 0 ? again(Math.max(1, Math.ceil(Math.min(...due)))) : done;
}
