import { setTimeout as sleep } from 'node:timers/promises';
import { organizationLimitKey, readLimit } from '../../accounts/organization-limit/organization-limit.ts';
import { type Account, accountKind } from '../../accounts/resources/account.ts';
import { type AccountPool, accountPoolKind } from '../../accounts/resources/account-pool.ts';
import { apiVersion, operatorNamespace } from '../../accounts/resources/api.ts';
import type { ResourceKey } from '../../shared/resources/resource.ts';
import type { WorkerAtHand } from './worker-at-hand.ts';

/** One look of the worker at a resource, and what it has asked of AWS. */
export interface Look {
  /** Kind, state, and what has happened before: the same for looks that can be compared. */
  at: string;
  /** Of the table, in calls; a transaction is one. */
  reads: number;
  writes: number;
  /** All calls, by service and action. */
  calls: Record<string, number>;
  /** Milliseconds of the longest time in which none was under way. */
  longestPauseMs: number;
}

const reading = ['GetItem', 'Query'];
const writing = ['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems'];

const sumOf = (calls: Record<string, number>, actions: readonly string[]): number =>
  actions.reduce((sum, action) => sum + (calls[`dynamodb:${action}`] ?? 0), 0);

/** The laptop AWS resolves a case two seconds after it was opened, by its own clock. */
const caseMs = 2_100;

/** Looks after which a life has come to nothing. */
const mostLooks = 200;

/** The pool whose looks are counted. */
export const nameOfPool = 'osd-creds-mgmt';

type Around = <Value>(look: () => Promise<Value>) => Promise<Value>;

/** Keeps what each look has taken, in the order of a life from an empty pool to an account that is gone. */
class Life {
  readonly looks: Look[] = [];
  readonly #worker: WorkerAtHand;
  readonly #around: Around;
  readonly #pool: ResourceKey = {
    kind: accountPoolKind.kind,
    namespace: operatorNamespace,
    name: nameOfPool,
  };
  #account: ResourceKey = this.#pool;

  constructor(worker: WorkerAtHand, around: Around) {
    this.#worker = worker;
    this.#around = around;
  }

  async whole(): Promise<void> {
    await this.#beginPool();
    await this.#liveUntil((account) => account?.status?.state === 'Ready');
    await this.#lookAtPool('its account is Ready');
    await this.#lookAtAccount('nothing has happened');
    await this.#change((account) => ({ ...account, status: { ...account.status, rotateCredentials: true } }));
    await this.#lookAtAccount('its credentials are to be made anew');
    const spec = { claimLink: 'harbour', claimLinkNamespace: 'uhc' };
    await this.#change((account) => ({ ...account, spec: { ...account.spec, ...spec } }));
    await this.#lookAtAccount('it was claimed');
    await this.#lookAtPool('its account was claimed');
    await this.#lookAtPool('another one was made');
    await this.#lookAtPending();
    await this.#change((account) => ({ ...account, status: { ...account.status, state: 'Failed' } }));
    await this.#lookAtAccount('it stays so');
    await this.#worker.store.delete(this.#account);
    await this.#liveUntil((account) => account === undefined);
  }

  /** A pool of one makes its account. */
  async #beginPool(): Promise<void> {
    await readLimit(this.#worker.store);
    await this.#worker.look(organizationLimitKey);
    const { kind, namespace, name } = this.#pool;
    const metadata = { namespace, name };
    await this.#worker.store.create({ apiVersion, kind, metadata, spec: { poolSize: 1 } });
    await this.#lookAtPool('it is empty');
    await this.#lookAtPool('it has made one');
    await this.#lookAtPool('nothing has happened');
    this.#account = await this.#madeByPool();
  }

  /** The one account that the pool counts on. */
  async #madeByPool(): Promise<ResourceKey> {
    const pool = (await this.#worker.store.get(this.#pool)) as AccountPool;
    return {
      kind: accountKind.kind,
      namespace: operatorNamespace,
      name: pool.status?.reservedAccounts?.[0] ?? '',
    };
  }

  /** The pool's next account has waited for room in the organization. */
  async #lookAtPending(): Promise<void> {
    const before = this.#account;
    this.#account = await this.#madeByPool();
    await this.#change((account) => ({ ...account, status: { state: 'Pending' } }));
    await this.#lookAtAccount('there is room');
    this.#account = before;
  }

  async #found(): Promise<Account | undefined> {
    return (await this.#worker.store.get(this.#account)) as Account | undefined;
  }

  async #change(how: (account: Account) => Account): Promise<void> {
    const account = await this.#found();
    if (!account) throw new Error('the account is gone');
    await this.#worker.store.transact([{ do: 'replace', resource: how(account) }]);
  }

  async #look(key: ResourceKey, at: string): Promise<number | undefined> {
    const { record, calls, longestPauseMs } = await this.#around(() => this.#worker.look(key));
    const [reads, writes] = [sumOf(calls, reading), sumOf(calls, writing)];
    this.looks.push({ at: `${key.kind}, ${at}`, reads, writes, calls, longestPauseMs });
    return record.after_seconds;
  }

  async #lookAtPool(why: string): Promise<void> {
    await this.#look(this.#pool, why);
  }

  async #lookAtAccount(why: string): Promise<number | undefined> {
    const account = await this.#found();
    const state = account?.metadata.deletionTimestamp
      ? 'to be deleted'
      : account?.status?.state || 'no state';
    return this.#look(this.#account, `${state}: ${why}`);
  }

  /** Looks at the account whenever it asks for it, until it is as it should be. */
  async #liveUntil(isSo: (account: Account | undefined) => boolean): Promise<void> {
    let afterSeconds = 0;
    for (let looks = 1; looks <= mostLooks; looks += 1) {
      const account = await this.#found();
      if (isSo(account)) return;
      const { state, supportCaseID } = account?.status ?? {};
      if (state === 'PendingVerification' && supportCaseID) await sleep(caseMs);
      this.#worker.wait(afterSeconds);
      afterSeconds = (await this.#lookAtAccount('on its way')) ?? 0;
    }
    throw new Error(`the account never came to an end: ${JSON.stringify(await this.#found())}`);
  }
}

/**
 * What each look at a pool and at its account takes, from the first to the last.
 * @param around does each look, with something before and after it
 */
export async function looksOfALife(worker: WorkerAtHand, around: Around = (look) => look()): Promise<Look[]> {
  const life = new Life(worker, around);
  await life.whole();
  return life.looks;
}
