import type { CommandOutcome, OptionValues } from '../../shared/cli/command.ts';
import { exitCodes } from '../../shared/cli/exit-codes.ts';
import { UsageError } from '../../shared/cli/usage-error.ts';
import { lookRequestedAt } from '../../shared/reconcile/reconcile.ts';
import { type ResourceKey, sentenceOf } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { whileConflicting } from '../../shared/resources/while-conflicting.ts';
import { type Account, type AccountSpec, type AccountStatus, accountKind } from '../resources/account.ts';
import type { Context } from './command.ts';
import { NotPossible } from './failure.ts';
import { keyOfTarget, nameText, notFound, targetOf } from './target.ts';

/** Something that a person has done to an account. */
interface AccountChange {
  /** What has come of it, such as `reset`. */
  outcome: string;
  /** The line that tells it, after the account's name. */
  says: string;
  /** The status that the account gets. @throws NotPossible when it cannot be done to the account as it is */
  status(account: Account): AccountStatus;
}

/** The arguments of every command that changes an account. */
export const accountArguments = [
  { name: '<kind>', description: `account (${accountKind.shortName}), or account/NAME` },
  { name: '[name]', description: 'which of them' },
] as const;

function keyFrom(options: OptionValues): ResourceKey {
  const target = targetOf(options);
  const { kind, plural } = target.definition;
  if (kind !== accountKind.kind) throw new UsageError(`this is done to accounts, not to ${plural}`);
  return keyOfTarget(target);
}

/** @throws NotPossible when nothing more is done for it */
function checkIsToStay({ metadata: { name, deletionTimestamp } }: Account): void {
  if (!deletionTimestamp) return;
  throw new NotPossible(
    `account ${name} is being deleted`,
    `"accountctl describe account ${name}" shows what it waits for`,
  );
}

async function change(
  store: ResourceStore,
  key: ResourceKey,
  now: Date,
  wanted: AccountChange,
): Promise<void> {
  const account = await store.get<AccountSpec, AccountStatus>(key);
  if (!account) throw notFound(key);
  checkIsToStay(account);
  const status = wanted.status(account);
  const annotations = { ...account.metadata.annotations, [lookRequestedAt]: now.toISOString() };
  // A status alone wakes nobody: docs/reconcile.md
  const resource = { ...account, status, metadata: { ...account.metadata, annotations } };
  const { outcome } = await store.transact([{ do: 'replace', resource }]);
  if (outcome !== 'done') throw new Error(`${sentenceOf(key)} could not be written: ${outcome}`);
}

/** Writes another status of an account, and has its controller look at it at once. */
export async function changeAccount(
  { store, now }: Pick<Context, 'store' | 'now'>,
  options: OptionValues,
  wanted: AccountChange,
): Promise<CommandOutcome> {
  const key = keyFrom(options);
  await whileConflicting(() => change(store, key, now(), wanted));
  return {
    exitCode: exitCodes.fine,
    data: { ...key, outcome: wanted.outcome },
    lines: [`${nameText(key)} ${wanted.says}`],
    linesAs: { name: [nameText(key)] },
  };
}
