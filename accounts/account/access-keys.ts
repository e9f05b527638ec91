import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import { accountSecretName, secretKeys } from '../aws/secrets.ts';
import type { AccountStatus } from '../resources/account.ts';
import { type UserRole, userNameOf, userRoles } from './names.ts';
import { putSecret } from './put-secret.ts';
import { save, secondsSince, statusOf, type Turn } from './turn.ts';

type KeyState = NonNullable<NonNullable<AccountStatus['accessKeys']>[UserRole]>;

const stateOf = (turn: Turn, role: UserRole): KeyState => statusOf(turn).accessKeys?.[role] ?? {};

async function note(turn: Turn, states: Partial<Record<UserRole, KeyState>>): Promise<void> {
  const status = statusOf(turn);
  await save(turn, { ...status, accessKeys: { ...status.accessKeys, ...states } });
}

/**
 * Gives each user one key, which is in its secret. That one is to be made is written down before. When it is not known
 * what became of that (a crash, a lost answer), all keys are deleted that have come of it, once they are seen for sure,
 * and one is made anew.
 * @returns what is to come when this has to wait; undefined when all have their key
 */
export async function giveKeys(turn: Turn, member: MemberAccount): Promise<Reconciled | undefined> {
  const isMissing = await Promise.all(userRoles.map((role) => hasNoKey(turn, member, role)));
  const missing = userRoles.filter((_, index) => isMissing[index]);
  if (missing.length === 0) return undefined;
  const unknownFor = missing.map((role) => secondsSince(turn, stateOf(turn, role).askedAt ?? ''));
  const wait = Math.max(...unknownFor.map((seconds) => turn.settings.settleSeconds - seconds || 0));
  if (wait > 0) return again(Math.ceil(wait));
  for (const role of missing) await deleteKeys(turn, member, role);
  const askedAt = turn.now().toISOString();
  await note(turn, Object.fromEntries(missing.map((role) => [role, { askedAt }])));
  const states = await makeKeys(turn, member, missing, askedAt);
  await note(turn, states);
  const isDone = missing.every((role) => states[role]?.id);
  return isDone ? undefined : again(turn.settings.retrySeconds);
}

/** Whether a user has no key, or not the one any more that he was given: somebody has deleted it, or its secret. */
async function hasNoKey(turn: Turn, { users }: MemberAccount, role: UserRole): Promise<boolean> {
  const { account, aws, settings } = turn;
  const { id, askedAt = '' } = stateOf(turn, role);
  if (!id) return true;
  // Not everybody sees it yet.
  if (secondsSince(turn, askedAt) < settings.settleSeconds) return false;
  const keys = await users.keys(userNameOf(account, settings, role));
  const values = await aws.secrets.get(accountSecretName(account.metadata, role));
  const isAlive = keys.some((key) => key.id === id && key.active);
  return !isAlive || values?.[secretKeys.accessKeyId] !== id;
}

type KeyStates = Partial<Record<UserRole, KeyState>>;

async function makeKeys(
  turn: Turn,
  member: MemberAccount,
  roles: readonly UserRole[],
  askedAt: string,
): Promise<KeyStates> {
  const states: KeyStates = Object.fromEntries(roles.map((role) => [role, {}]));
  for (const role of roles) {
    try {
      states[role] = await makeKey(turn, member, role, askedAt);
    } catch (error) {
      if (isOpen(error)) throw error;
      // None was made, so that the next try need not wait.
      await note(turn, states);
      throw error;
    }
  }
  return states;
}

/** Deletes all keys of a user. @returns how many there were */
export async function deleteKeys(
  { account, settings }: Turn,
  { users }: MemberAccount,
  role: UserRole,
): Promise<number> {
  const name = userNameOf(account, settings, role);
  const keys = await users.keys(name);
  for (const { id } of keys) await users.deleteKey(name, id);
  return keys.length;
}

/** Whether it is open if a key was made, or if one that was made is in the secret. */
const isOpen = (error: unknown): boolean =>
  !(error instanceof AwsCallError) ||
  error.failure === 'unavailable' ||
  error.action !== 'iam:CreateAccessKey';

/** @returns the key that is in the secret; nothing when none was made; the intent when it is not in the secret */
async function makeKey(
  { account, settings, aws }: Turn,
  { users }: MemberAccount,
  role: UserRole,
  askedAt: string,
): Promise<KeyState> {
  const name = userNameOf(account, settings, role);
  const made = await users.createKey(name);
  if (made.outcome === 'limit') return {};
  const values = {
    [secretKeys.userName]: name,
    [secretKeys.accessKeyId]: made.key.id,
    [secretKeys.secretAccessKey]: made.key.secret,
  };
  const isKept = await putSecret(aws.secrets, accountSecretName(account.metadata, role), values);
  return isKept ? { id: made.key.id, askedAt } : { askedAt };
}
