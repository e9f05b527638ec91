import { again, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { keyOf } from '../../shared/resources/resource.ts';
import { secretKeys } from '../aws/secrets.ts';
import type { Account } from '../resources/account.ts';
import { awsFinalizer } from '../resources/api.ts';
import { broughtAccountName } from './bring-account.ts';
import { accountNamed, type ClaimTurn, isBrought, isHeldBy } from './claim-turn.ts';
import { beginCleaning, cleanAccount } from './clean-account.ts';
import { claimSecretOf } from './give-credentials.ts';

/**
 * Takes back what a claim was given, and lets the claim go: the account of a customer goes with it; one of ours is cleaned,
 * and may be had again by the same customer.
 */
export async function releaseClaim(turn: ClaimTurn): Promise<Reconciled> {
  const { claim, settings } = turn;
  const { finalizers } = claim.metadata;
  if (!finalizers.includes(awsFinalizer)) return done;
  // Somebody else still needs the account.
  if (finalizers.length > 1) return again(settings.accountPollSeconds);
  const account = await accountOf(turn);
  if (!(await isSecretGone(turn, account))) return again(settings.retrySeconds);
  if (!account) return letGo(turn);
  if (isBrought(claim)) return endAccount(turn, account);
  return reuseAccount(turn, account);
}

/** The account that this claim has. One that has gone over to another claim is none of its business. */
async function accountOf(turn: ClaimTurn): Promise<Account | undefined> {
  const { claim, settings } = turn;
  const brought = isBrought(claim) ? broughtAccountName(claim, settings.emailId) : '';
  const name = claim.spec.accountLink || brought;
  const account = name ? await accountNamed(turn, name) : undefined;
  return account && isHeldBy(account, claim) ? account : undefined;
}

async function letGo({ store, claim }: ClaimTurn): Promise<Reconciled> {
  await store.removeFinalizer(claim, awsFinalizer);
  return done;
}

/** The keys that the claim was given, or may have been without having written that down. */
function keysOf({ claim }: ClaimTurn, account: Account | undefined): (string | undefined)[] {
  const { accessKeys, cleaning } = account?.status ?? {};
  return [claim.status?.accessKeyID, accessKeys?.admin?.id, cleaning?.formerKeyID];
}

/** Deletes the secret with the credentials, if it has them. @returns whether it is not seen any more */
async function isSecretGone(turn: ClaimTurn, account: Account | undefined): Promise<boolean> {
  const { aws, claim } = turn;
  if (claim.spec.manualSTSMode || !claim.spec.awsCredentialSecret.name) return true;
  const name = claimSecretOf(turn);
  const values = await aws.secrets.get(name);
  const id = values?.[secretKeys.accessKeyId];
  if (!id || !keysOf(turn, account).includes(id)) return true;
  await aws.secrets.delete(name);
  return false;
}

/** The Account of a customer takes with it what was made for it in AWS: accounts/account/delete-account.ts */
async function endAccount({ store, settings }: ClaimTurn, account: Account): Promise<Reconciled> {
  const ended = await store.delete(keyOf(account), account.metadata.uid);
  return again(ended === 'deleting' ? settings.accountPollSeconds : 0);
}

async function reuseAccount(turn: ClaimTurn, account: Account): Promise<Reconciled> {
  const { accountPollSeconds } = turn.settings;
  const state = account.status?.state ?? '';
  if (account.metadata.deletionTimestamp) return again(accountPollSeconds);
  if (state === 'Ready' || state === 'Failed') return beginCleaning(turn, account);
  // A person has it set up anew.
  if (state !== 'Cleaning') return again(accountPollSeconds);
  return cleanAccount(turn, account);
}
