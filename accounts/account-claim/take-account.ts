import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { sentenceOf } from '../../shared/resources/resource.ts';
import { ConflictError } from '../../shared/resources/resource-store.ts';
import { found } from '../account/states.ts';
import { type Account, accountKind } from '../resources/account.ts';
import type { AccountClaim } from '../resources/account-claim.ts';
import { accountSelection, accountSelections } from '../resources/selections.ts';
import { pendingStatus, tellClaim } from './claim-states.ts';
import { accountNamed, type ClaimTurn, digestOf, keyOfAccount, linksTo } from './claim-turn.ts';
import { poolsMeant } from './pools-meant.ts';

/**
 * Gives a claim an account that is Ready and that nobody has: one that this customer has had before, else one that nobody
 * has ever had.
 */
export async function takeAccount(turn: ClaimTurn): Promise<Reconciled> {
  const { claim, settings } = turn;
  const { legalEntity, accountPool = '' } = claim.spec;
  const pools = poolsMeant(accountPool, settings.defaultAccountPool);
  const known = pools.map((pool) => accountSelections.reusable(pool, legalEntity.id));
  const fresh = pools.map((pool) => accountSelections.ready(pool));
  let tries = 0;
  for (const selections of [known, fresh]) {
    for (const name of await candidatesIn(turn, selections)) {
      if (tries === settings.mostTries) return again(settings.contentionSeconds);
      tries += 1;
      if (await take(turn, name, selections)) return again(0);
    }
  }
  await tellClaim(turn, pendingStatus(turn));
  return again(tries > 0 ? settings.contentionSeconds : settings.pendingSeconds);
}

/**
 * Names of accounts that a claim may have, in an order of its own, and of this look: whoever chooses at the same time chooses
 * others, and who was late everywhere does not try the same ones again.
 */
async function candidatesIn(
  { store, claim, settings, now }: ClaimTurn,
  selections: readonly string[],
): Promise<string[]> {
  const limit = settings.candidates;
  const found = await Promise.all(
    selections.map((selection) => store.select({ kind: accountKind.kind, selection, limit })),
  );
  const { uid } = claim.metadata;
  const time = now().toISOString();
  return found
    .flat()
    .map(({ name }) => ({ name, rank: digestOf(uid, time, name) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ name }) => name);
}

/**
 * Links an account and the claim with each other, in one transaction that nobody sees half of. It is refused when anybody
 * has written either of them since: has taken the account, or deleted the claim.
 * @returns whether it is the claim's now
 * @throws ConflictError when it is the claim that was written
 */
async function take(turn: ClaimTurn, name: string, selections: readonly string[]): Promise<boolean> {
  const { store, claim } = turn;
  const account = await accountNamed(turn, name);
  // What the index has shown may be past.
  if (!account || !selections.includes(accountSelection(account) ?? '')) return false;
  const spec = { ...claim.spec, accountLink: name };
  const linking = store.transact([
    { do: 'replace', resource: givenTo(turn, account, claim) },
    { do: 'replace', resource: { ...claim, spec, status: pendingStatus(turn) } },
  ]);
  return linking.then(
    () => true,
    (error: unknown) => {
      const isTaken =
        error instanceof ConflictError && sentenceOf(error.key) === sentenceOf(keyOfAccount(name));
      if (!isTaken) throw error;
      return false;
    },
  );
}

/** The account as one that a claim has. */
function givenTo({ now }: ClaimTurn, account: Account, claim: AccountClaim): Account {
  const { name, namespace } = claim.metadata;
  const message = `${account.metadata.name} was claimed by ${namespace}/${name}`;
  const claimed = { type: 'Claimed', reason: 'Claimed', message } as const;
  const conditions = found(account.status?.conditions, claimed, now());
  return {
    ...account,
    spec: { ...account.spec, ...linksTo(claim), legalEntity: claim.spec.legalEntity },
    status: { ...account.status, claimed: true, ...(conditions && { conditions }) },
  };
}
