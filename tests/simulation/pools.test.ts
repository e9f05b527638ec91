import { describe, expect, it } from '@jest/globals';
import { accountPoolController } from '../../accounts/account-pool/account-pool-controller.ts';
import { claimedIn } from '../../accounts/account-pool/pool-status.ts';
import { wakePools } from '../../accounts/account-pool/wake-pools.ts';
import { countStandings } from '../../accounts/counts/count-standings.ts';
import { standingOf } from '../../accounts/counts/standing.ts';
import { limitWatcher } from '../../accounts/organization-limit/limit-watcher.ts';
import { type OrganizationLimit, roomIn } from '../../accounts/organization-limit/organization-limit.ts';
import type { Account } from '../../accounts/resources/account.ts';
import type { AccountPool } from '../../accounts/resources/account-pool.ts';
import { accountRules } from '../../accounts/resources/account-rules.ts';
import { operatorNamespace } from '../../accounts/resources/api.ts';
import { accountSelection } from '../../accounts/resources/selections.ts';
import type { Controller } from '../../shared/reconcile/reconcile.ts';
import type { Resource, ResourceKey } from '../../shared/resources/resource.ts';
import type { ResourceStore } from '../../shared/resources/resource-store.ts';
import { aPool } from '../support/fakes/account-resources.ts';
import { AwsModel } from './aws/aws-model.ts';
import { drawAws } from './aws/settings.ts';
import type { Random } from './engine/random.ts';
import { asLongAsItTakes, overSeeds } from './engine/seeds.ts';
import { simulate } from './engine/simulate.ts';
import type { Invariant, Plan, Simulated, View } from './engine/simulation.ts';
import { withLateIndex } from './pools/late-index.ts';
import { minter } from './pools/minter.ts';

/** Seconds after which the index is not late any more: all troubles of a run are over by then. */
const indexIsLateFor = 1_500;

const beginning = Date.parse('2026-01-01T00:00:00Z');

/** Replaces an account that nobody writes at the same moment. */
async function change(store: ResourceStore, account: Account, spec: object, status: object): Promise<void> {
  const resource = {
    ...account,
    spec: { ...account.spec, ...spec },
    status: { ...account.status, ...status },
  };
  await store.transact([{ do: 'replace', resource }]);
}

/** Does something to one of a pool's accounts in a state, if there is one. */
async function toOne(
  { store, random }: { store: ResourceStore; random: Random },
  states: string[],
  act: (account: Account) => Promise<unknown>,
): Promise<void> {
  const { items } = await store.list({ kind: 'Account', namespace: operatorNamespace, limit: 100 });
  const fit = (items as Account[]).filter(
    (account) => accountSelection(account) && states.includes(account.status?.state ?? ''),
  );
  if (fit.length > 0) await act(random.pick(fit));
}

/** Two pools, of whose accounts some are claimed, fail or go, while people change their minds about the sizes. */
function comeAndGo({ random, at }: Plan<AwsModel>): void {
  const sizes = ['one', 'two'].map((name) => ({ name, size: random.integer(1, 4) }));
  for (const { name, size } of sizes) {
    at(random.between(0, 60), `a pool of ${size}`, ({ store }) => store.create(aPool(name, size)));
  }
  for (let times = random.integer(2, 8); times > 0; times -= 1) {
    at(random.between(60, 3_000), 'an account is claimed', ({ store }) =>
      toOne({ store, random }, ['Ready'], (account) =>
        change(
          store,
          account,
          { claimLink: 'c', legalEntity: { id: '7', name: 'seven' } },
          { claimed: true },
        ),
      ),
    );
  }
  for (let times = random.integer(0, 3); times > 0; times -= 1) {
    at(random.between(60, 3_000), 'an account fails', ({ store }) =>
      toOne({ store, random }, ['Ready', 'Creating', ''], (account) =>
        change(store, account, {}, { state: 'Failed' }),
      ),
    );
  }
  at(random.between(60, 3_000), 'an account is deleted', ({ store }) =>
    toOne({ store, random }, ['Ready'], ({ kind, metadata }) => store.delete({ kind, ...metadata })),
  );
}

const unclaimedOf = ({ resources }: View<AwsModel>, pool: AccountPool): Account[] =>
  resources<Account>('Account').filter(
    (account) => account.spec.accountPool === pool.metadata.name && accountSelection(account) !== undefined,
  );

const failedOf = ({ resources }: View<AwsModel>, pool: AccountPool): number =>
  resources<Account>('Account').filter(
    ({ spec, status }) => spec.accountPool === pool.metadata.name && status?.state === 'Failed',
  ).length;

const poolsIn = ({ resources }: View<AwsModel>): AccountPool[] => resources<AccountPool>('AccountPool');

const roomLeft = ({ resources }: View<AwsModel>, awsLimit: number): number => {
  const [limit] = resources<OrganizationLimit>('OrganizationLimit');
  return (limit && roomIn(limit, awsLimit)) ?? 0;
};

const invariants = (awsLimit: number): Invariant<AwsModel>[] => [
  {
    name: 'no pool has more unclaimed accounts than it is to have',
    holds: 'always',
    violation: (view) =>
      poolsIn(view)
        .filter((pool) => unclaimedOf(view, pool).length > pool.spec.poolSize)
        .map((pool) => `${pool.metadata.name} has ${unclaimedOf(view, pool).length}`)[0],
  },
  {
    name: 'the organization never has more accounts than its limit says',
    holds: 'always',
    violation: ({ world }) => {
      const accounts = world.organization.members.length + 1;
      return accounts > awsLimit ? `it has ${accounts}, and may have ${awsLimit}` : undefined;
    },
  },
  {
    name: 'every pool is full unless the organization is, or its accounts fail',
    holds: 'at the end',
    violation: (view) => {
      if (roomLeft(view, awsLimit) <= 0) return undefined;
      return poolsIn(view)
        .filter((pool) => failedOf(view, pool) < 5)
        .filter((pool) => unclaimedOf(view, pool).length < pool.spec.poolSize)
        .map((pool) => `${pool.metadata.name} has ${unclaimedOf(view, pool).length}`)[0];
    },
  },
  {
    name: 'what a pool tells of itself is so',
    holds: 'at the end',
    violation: (view) =>
      poolsIn(view)
        .filter((pool) => {
          const words = view
            .resources<Account>('Account')
            .filter(({ spec }) => spec.accountPool === pool.metadata.name)
            .map((account) => standingOf(account)?.word ?? '');
          const counts = Object.fromEntries(
            words.map((word) => [word, words.filter((one) => one === word).length]),
          );
          const { unclaimedAccounts, claimedAccounts } = pool.status ?? {};
          return (
            unclaimedAccounts !== unclaimedOf(view, pool).length || claimedAccounts !== claimedIn(counts)
          );
        })
        .map((pool) => `${pool.metadata.name} says ${JSON.stringify(pool.status)}`)[0],
  },
];

/** What is given of a run. */
interface Given {
  seed: number;
  /** Accounts that the organization may have beside the payer's. */
  most: number;
  /** A list in a status that controllers do not see, as if nobody kept it. */
  hidden?: 'reservedAccounts' | 'slots';
}

/** A resource whose status lacks a list. */
const without = <R extends Resource>(resource: R, list: string | undefined): R =>
  resource.status && list && list in resource.status
    ? { ...resource, status: { ...resource.status, [list]: [] } }
    : resource;

/** A store that hides a list of a status. */
const hiding = (store: ResourceStore, list: string | undefined): ResourceStore =>
  new Proxy(store, {
    get: (target, name) => {
      if (name !== 'get') return target[name as keyof ResourceStore];
      return async (key: ResourceKey) => {
        const found = await target.get(key);
        return found && without(found, list);
      };
    },
  });

/** A controller that does not see a list of a status. */
const blindTo = <Spec extends object, Status extends object>(
  { kind, reconcile }: Controller<Spec, Status>,
  list: string | undefined,
): Controller<Spec, Status> => ({
  kind,
  reconcile: (resource, context) => reconcile(without(resource, list), context),
});

const pools = ({ seed, most, hidden }: Given): Simulated<AwsModel> => ({
  seed,
  rules: accountRules,
  world: (given) => new AwsModel(given, drawAws(given.random, { accountLimit: 1_000 })),
  controllers: ({ store: stored, world, call, now, random }) => {
    const isLate = () => Number(now()) - beginning < indexIsLateFor * 1_000;
    const store = hiding(withLateIndex(stored, { call, random, isLate }), hidden);
    const { organization } = world.ports(call);
    const settings = { awsLimit: most + 1, emailId: 'osd-creds-mgmt' };
    return [
      blindTo(accountPoolController({ store, settings, suffix: () => random.text(6) }), hidden),
      limitWatcher({ store, organization }),
      minter({ store, organization, awsLimit: most + 1 }),
    ];
  },
  observers: ({ store, queue }) => [countStandings(store), wakePools({ store, queue })],
  scenario: comeAndGo,
  invariants: invariants(most + 1),
  // A slot is given back by the second count after it was settled: 10 minutes.
  quietSeconds: 1_000,
  mostSteps: 60_000,
});

describe('two pools in an organization', () => {
  it(
    'with room for all are full in the end, and never too full',
    async () => {
      expect(await overSeeds(30, (seed) => simulate(pools({ seed, most: 100 })))).toBeGreaterThan(0);
    },
    asLongAsItTakes,
  );

  it(
    'that is too small never overfill it',
    async () => {
      expect(await overSeeds(30, (seed) => simulate(pools({ seed, most: 6 })))).toBeGreaterThan(0);
    },
    asLongAsItTakes,
  );
});

describe('a pool that', () => {
  it.each([
    ['trusts the index alone', 'reservedAccounts' as const, 100, /no pool has more/],
    ['keeps no slots', 'slots' as const, 4, /never has more accounts/],
  ])('%s is caught', async (_, hidden, most, what) => {
    const runs = async () => {
      for (let seed = 1; seed <= 50; seed += 1) await simulate(pools({ seed, most, hidden }));
    };
    await expect(runs()).rejects.toThrow(what);
  });
});
