import { accountPoolController } from '../../../accounts/account-pool/account-pool-controller.ts';
import { countStandings } from '../../../accounts/counts/count-standings.ts';
import {
  type OrganizationLimitStatus,
  organizationLimitKey,
  readLimit,
} from '../../../accounts/organization-limit/organization-limit.ts';
import type { Account, AccountSpec, AccountStatus } from '../../../accounts/resources/account.ts';
import { type AccountPool, accountPoolKind } from '../../../accounts/resources/account-pool.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { operatorNamespace } from '../../../accounts/resources/api.ts';
import type { Reconciled } from '../../../shared/reconcile/reconcile.ts';
import type { IndexedResource } from '../../../shared/resources/resource-store.ts';
import { anAccount, aPool, store as put } from './account-resources.ts';
import { MemoryStore } from './memory-store.ts';

const context = { remainingMs: () => 300_000, now: () => new Date('2026-03-01T09:00:00Z') };

/** A store whose index can stand still while the table goes on. */
class LateIndexStore extends MemoryStore {
  #shown?: Map<string, IndexedResource[]>;
  readonly #asked = new Set<string>();

  override async select(request: Parameters<MemoryStore['select']>[0]): Promise<IndexedResource[]> {
    this.#asked.add(request.selection);
    return this.#shown ? (this.#shown.get(request.selection) ?? []) : super.select(request);
  }

  /** From now on, the index shows what it shows now. */
  async stopIndex(): Promise<void> {
    const shown = new Map<string, IndexedResource[]>();
    for (const selection of this.#asked) {
      shown.set(selection, await super.select({ kind: 'Account', selection, limit: 1_000 }));
    }
    this.#shown = shown;
  }

  catchUp(): void {
    this.#shown = undefined;
  }
}

interface Circumstances {
  awsLimit?: number | undefined;
  beforeCall?: (name: string) => void | Promise<void>;
}

/** A store with pools, an organization that was counted, and the pools' controller. */
export class Pools {
  readonly store: LateIndexStore;
  readonly #awsLimit: number | undefined;
  #made = 0;
  #observed = 0;

  constructor({ beforeCall, ...settings }: Circumstances = {}) {
    this.store = new LateIndexStore(beforeCall ? { beforeCall } : {}, accountRules);
    this.#awsLimit = 'awsLimit' in settings ? settings.awsLimit : 1_000;
  }

  /** Suffixes are numbers, in the order in which they were asked for. */
  readonly suffix = (): string => {
    this.#made += 1;
    return String(this.#made).padStart(6, 'b');
  };

  /** A store with a pool in an organization that has one account. */
  static async of(poolSize: number, circumstances: Circumstances = {}): Promise<Pools> {
    const pools = new Pools(circumstances);
    await pools.count({});
    await put(pools.store, aPool('p', poolSize));
    return pools;
  }

  /** Has the organization counted. */
  async count(status: Partial<OrganizationLimitStatus>): Promise<void> {
    const limit = await readLimit(this.store);
    const counted = { accounts: 1, inProgress: 0, countedAt: '2026-03-01T09:00:00Z', slots: [], ...status };
    await this.store.updateStatus({ ...limit, status: counted });
  }

  async pool(name = 'p'): Promise<AccountPool> {
    const found = await this.store.get({ kind: accountPoolKind.kind, namespace: operatorNamespace, name });
    if (!found) throw new Error(`there is no pool ${name}`);
    return found as AccountPool;
  }

  async status(name = 'p') {
    return (await this.pool(name)).status;
  }

  /** The slots of the organization, by the names of their accounts. */
  async slots(): Promise<string[]> {
    const limit = await this.store.get<object, OrganizationLimitStatus>(organizationLimitKey);
    return limit?.status?.slots.map(({ account }) => account) ?? [];
  }

  /** One look at a pool. @param pool as it was read; read now when it is not given */
  async reconcile(name = 'p', pool?: AccountPool): Promise<Reconciled> {
    const settings = { awsLimit: this.#awsLimit, emailId: 'osd-creds-mgmt' };
    const controller = accountPoolController({ store: this.store, settings, suffix: this.suffix });
    return controller.reconcile(pool ?? (await this.pool(name)), context);
  }

  /** Looks at a pool until nothing is left to do at once. @returns how that ended */
  async fill(name = 'p'): Promise<Reconciled> {
    for (let looks = 0; looks < 100; looks += 1) {
      const ended = await this.reconcile(name);
      if (ended.outcome !== 'again' || ended.afterSeconds > 0) return ended;
    }
    throw new Error('the pool is not done after 100 looks');
  }

  async accounts(): Promise<Account[]> {
    const { items } = await this.store.list({ kind: 'Account', namespace: operatorNamespace, limit: 100 });
    return items as Account[];
  }

  /** Adds an account of the pool, in some state. */
  async add(name: string, status?: AccountStatus, spec: Partial<AccountSpec> = {}): Promise<void> {
    await put(this.store, anAccount({ name }, { accountPool: 'p', ...spec }), status);
  }

  /** Has something become of an account. */
  async change(name: string, to: { status?: AccountStatus; spec?: Partial<AccountSpec> }): Promise<void> {
    const account = (await this.accounts()).find(({ metadata }) => metadata.name === name);
    if (!account) throw new Error(`there is no account ${name}`);
    const resource = {
      ...account,
      spec: { ...account.spec, ...to.spec },
      ...(to.status && { status: { ...account.status, ...to.status } }),
    };
    await this.store.transact([{ do: 'replace', resource }]);
  }

  /** Shows the counters what has happened since they were last shown something. */
  async observe(): Promise<void> {
    const changes = this.store.changes.slice(this.#observed);
    this.#observed = this.store.changes.length;
    await countStandings(this.store)(changes);
  }
}
