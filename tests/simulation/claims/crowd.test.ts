import { expect, it } from '@jest/globals';
import { accountClaimController } from '../../../accounts/account-claim/account-claim-controller.ts';
import { claimSettings } from '../../../accounts/account-claim/claim-settings.ts';
import { accountSecretName, type Secrets, type SecretValues } from '../../../accounts/aws/secrets.ts';
import type { Account } from '../../../accounts/resources/account.ts';
import type { AccountClaim } from '../../../accounts/resources/account-claim.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { accountSelection } from '../../../accounts/resources/selections.ts';
import { reconcileOne } from '../../../shared/reconcile/driver.ts';
import { keyOf, type ResourceKey } from '../../../shared/resources/resource.ts';
import type { IndexedResource, SelectRequest } from '../../../shared/resources/resource-store.ts';
import { aClaim, anAccount, store as put } from '../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../support/fakes/memory-store.ts';
import { MemoryWorkQueue } from '../../support/fakes/memory-work-queue.ts';

/** How many there are, and how late the index is, in writes. */
interface Size {
  count: number;
  workers: number;
  lateBy: number;
}

/** What an index shows of the accounts that are free, without having heard of the last writes. */
class LateIndexStore extends MemoryStore {
  readonly #lateBy: number;
  readonly #shown = new Map<string, Map<string, IndexedResource>>();
  #heard = 0;

  constructor(lateBy: number) {
    super({}, accountRules);
    this.#lateBy = lateBy;
  }

  override async select({ selection, limit }: SelectRequest): Promise<IndexedResource[]> {
    for (; this.#heard < this.changes.length - this.#lateBy; this.#heard += 1) this.#hear(this.#heard);
    return [...(this.#shown.get(selection)?.values() ?? [])].slice(0, limit);
  }

  #hear(index: number): void {
    const account = this.changes[index]?.after as Account | undefined;
    if (account?.kind !== 'Account') return;
    const { name } = account.metadata;
    for (const names of this.#shown.values()) names.delete(name);
    const selection = accountSelection(account);
    if (!selection) return;
    const names = this.#shown.get(selection) ?? new Map<string, IndexedResource>();
    this.#shown.set(selection, names.set(name, { ...keyOf(account), labels: {} }));
  }
}

/** Secrets that are there at once. */
function promptSecrets(): Secrets {
  const secrets = new Map<string, SecretValues>();
  return {
    get: async (name) => secrets.get(name),
    create: async (name, values) => {
      secrets.set(name, values);
      return 'created';
    },
    replace: async () => 'not there',
    delete: async () => {},
    names: async () => [...secrets.keys()],
  };
}

/** As many claims as there are accounts, all at a time. @returns how often an account was tried, and the links */
async function crowd({ count, workers, lateBy }: Size) {
  const store = new LateIndexStore(lateBy);
  const secrets = promptSecrets();
  const queue = new MemoryWorkQueue();
  for (let one = 0; one < count; one += 1) {
    const name = `osd-creds-mgmt-${one}`;
    const status = { state: 'Ready', accessKeys: { admin: { id: `AKIA${one}` } } };
    const account = await put(store, anAccount({ name }, { accountPool: 'osd-creds-mgmt' }), status);
    const values = { aws_access_key_id: `AKIA${one}`, aws_secret_access_key: 'secret' };
    await secrets.create(accountSecretName(account.metadata, 'admin'), values);
    const claim = aClaim(
      { name: `claim-${one}` },
      { awsCredentialSecret: { name: `aws-${one}`, namespace: 'default' } },
    );
    await put(store, claim);
    await queue.add([
      { key: { kind: 'AccountClaim', namespace: 'default', name: `claim-${one}` }, afterSeconds: 0 },
    ]);
  }
  // What the index has not heard of are the last of them: none of these claims has to wait for it.
  for (let more = 0; more < lateBy; more += 1)
    await put(store, aClaim({ name: `late-${more}`, namespace: 'late' }));
  let looks = 0;
  const counting = new Proxy(store, {
    get: (target, property) => {
      if (property !== 'get') return Reflect.get(target, property).bind(target);
      return (key: ResourceKey) => {
        if (key.kind === 'Account') looks += 1;
        return target.get(key);
      };
    },
  });
  const aws = { secrets } as Parameters<typeof accountClaimController>[0]['aws'];
  const controllers = [accountClaimController({ store: counting, aws, settings: claimSettings() })];
  const reporter = { reconciled: () => {}, dropped: () => {} };
  const context = { now: () => new Date(), remainingMs: () => 300_000 };
  const work = async (): Promise<void> => {
    for (let next = queue.take(); next; next = queue.take()) {
      await reconcileOne({ store: counting, queue, controllers, reporter }, context, next.key);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const links = new Map<string, string>();
  for (const { after } of store.changes) {
    const claim = after as AccountClaim | undefined;
    if (claim?.kind === 'AccountClaim' && claim.status?.state === 'Ready')
      links.set(claim.metadata.name, claim.spec.accountLink);
  }
  // Each claim has looked at its account once more, when it had it.
  return { links, tries: (looks - count) / count };
}

// As many workers as there are unless more are asked for, and an index that has not heard of what they did last.
const size: Size = { count: 1_000, workers: 20, lateBy: 40 };

it('1,000 claims at a time get 1,000 accounts, each another one, in less than 3 tries on average', async () => {
  const { links, tries } = await crowd(size);
  expect(links.size).toBe(size.count);
  expect(new Set(links.values()).size).toBe(size.count);
  expect(tries).toBeGreaterThanOrEqual(1);
  expect(tries).toBeLessThan(3);
}, 120_000);
