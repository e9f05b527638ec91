import type { ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { type Account, accountKind } from '../resources/account.ts';
import type { AccountPool } from '../resources/account-pool.ts';
import { operatorNamespace } from '../resources/api.ts';
import { accountSelection, accountSelections } from '../resources/selections.ts';

const phases = ['ready', 'progressing', 'pending'] as const;
type Phase = (typeof phases)[number];

/** The accounts of a pool that nobody has ever claimed and that have not failed, by name, and how far each is. */
export type Supply = ReadonlyMap<string, Phase>;

/** More than any pool has: what is selected are the accounts that nobody has claimed. */
const all = 100_000;

const keyOf = (name: string): ResourceKey => ({ kind: accountKind.kind, namespace: operatorNamespace, name });

/** What the index shows of a pool. It may be late, and show what is past. */
async function shownBy(store: Pick<ResourceStore, 'select'>, pool: string): Promise<Map<string, Phase>> {
  const selected = await Promise.all(
    phases.map(async (phase) => {
      const selection = accountSelections[phase](pool);
      const found = await store.select({ kind: accountKind.kind, selection, limit: all });
      return found.map(({ name }): [string, Phase] => [name, phase]);
    }),
  );
  // Of an account that has gone on in between, the earlier phase.
  return new Map(selected.flat());
}

/** How far an account is as it was last written; undefined when it is no supply of the pool. */
async function phaseOf(
  store: Pick<ResourceStore, 'get'>,
  pool: string,
  name: string,
): Promise<Phase | undefined> {
  const account = await store.get<Account['spec'], NonNullable<Account['status']>>(keyOf(name));
  const selection = account && accountSelection(account);
  return phases.find((phase) => accountSelections[phase](pool) === selection);
}

/**
 * The supply of a pool. What the pool knows and the index shows alike is taken for granted; an account that only one of
 * them has is read. So an account that was made counts from then on, and one that has left counts at most until the index
 * shows it: there may seem to be too many for a moment, and never too few.
 */
export async function supplyOf(
  store: Pick<ResourceStore, 'get' | 'select'>,
  { metadata: { name: pool }, status }: AccountPool,
): Promise<Supply> {
  const known = new Set(status?.reservedAccounts);
  const shown = await shownBy(store, pool);
  const names = [...new Set([...known, ...shown.keys()])];
  const phased = await Promise.all(
    names.map(async (name): Promise<[string, Phase | undefined]> => {
      const phase = shown.get(name);
      return [name, phase && known.has(name) ? phase : await phaseOf(store, pool, name)];
    }),
  );
  return new Map(phased.flatMap(([name, phase]) => (phase ? [[name, phase] as const] : [])));
}
