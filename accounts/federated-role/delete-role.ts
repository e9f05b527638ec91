import { again, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { awsFinalizer } from '../resources/api.ts';
import { federatedAccessKind } from '../resources/aws-federated-account-access.ts';
import { accessSelections } from '../resources/selections.ts';
import { notedAgain, type RoleTurn, secondsSince, statusOf } from './turn.ts';
import { clearTrial } from './validate-role.ts';

/** Accesses that are deleted in one look; those that cannot go are among them each time. */
const atOnce = 1_000;

/** Until accesses that are being taken down are looked for again. */
const pollSeconds = 30;

/** After which the index shows every access that was made before: it is a second late at most times. */
const indexSeconds = 60;

/** Deletes the accesses of a role, waits until they are gone, and lets it go. None can be made any more. */
export async function deleteRole(turn: RoleTurn): Promise<Reconciled> {
  const { store, role } = turn;
  const { namespace, name, finalizers, deletionTimestamp = '' } = role.metadata;
  if (!finalizers.includes(awsFinalizer)) return done;
  const { trial } = statusOf(turn);
  if (trial) return clearTrial(turn, trial);
  const selection = accessSelections.ofRole(namespace, name);
  const accesses = await store.select({ kind: federatedAccessKind.kind, selection, limit: atOnce });
  for (const access of accesses) await store.delete(access, access.uid);
  if (accesses.length > 0) return waitFor(turn, accesses.length);
  const rest = indexSeconds - secondsSince(turn, deletionTimestamp);
  if (rest > 0) return again(Math.ceil(rest));
  await store.removeFinalizer(role, awsFinalizer);
  return done;
}

function waitFor(turn: RoleTurn, count: number): Promise<Reconciled> {
  const number = count < atOnce ? String(count) : `${atOnce} or more`;
  const message = `waits until the accesses that use it are gone: ${number}`;
  return notedAgain(turn, { type: 'Deleting', reason: 'AccessesLeft', message }, pollSeconds);
}
