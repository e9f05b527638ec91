import { accountController } from '../../../accounts/account/account-controller.ts';
import { guardOfIds } from '../../../accounts/account/account-ids.ts';
import { type WorkSettings, workSettings } from '../../../accounts/account/account-settings.ts';
import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import type { Permission } from '../../../accounts/organization-limit/may-create.ts';
import type { Account, AccountSpec, AccountStatus } from '../../../accounts/resources/account.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { awsFinalizer, iamUserIdLabel } from '../../../accounts/resources/api.ts';
import { seedSettings } from '../../../accounts/settings.ts';
import type { Reconciled } from '../../../shared/reconcile/reconcile.ts';
import { keyOf, type NewResource } from '../../../shared/resources/resource.ts';
import { AwsModel } from '../../simulation/aws/aws-model.ts';
import { type AwsSettings, promptAws } from '../../simulation/aws/settings.ts';
import { Random } from '../../simulation/engine/random.ts';
import { anAccount } from './account-resources.ts';
import { MemoryStore } from './memory-store.ts';

/** How the world is for one account. */
export interface Circumstances {
  aws?: Partial<AwsSettings>;
  settings?: Partial<WorkSettings>;
  mayCreate?: () => Permission;
  /** Ports that answer otherwise than the model. */
  ports?(ports: AwsPorts): Partial<AwsPorts>;
}

const start = Date.parse('2026-01-01T00:00:00Z');

/** Looks that are enough for any life that goes on. */
const mostLooks = 500;

/** An account as its pool makes it. */
export const aSeed = (spec: object = {}, metadata: Partial<NewResource['metadata']> = {}): NewResource =>
  anAccount(
    {
      name: 'osd-creds-mgmt-abc123',
      labels: { [iamUserIdLabel]: 'abc123' },
      finalizers: [awsFinalizer],
      ...metadata,
    },
    spec,
  );

/** The life of one account on a model of AWS, whose clock goes on while the account waits. */
export class AccountLife {
  #seconds = 0;
  readonly now = () => new Date(start + this.#seconds * 1_000);
  readonly store = new MemoryStore({ now: this.now }, accountRules);
  readonly world: AwsModel;
  readonly ports: AwsPorts;
  readonly #reconcile: (account: Account) => Promise<Reconciled>;
  #name = 'osd-creds-mgmt-abc123';
  /** Calls of AWS, in order. */
  readonly calls: string[] = [];

  constructor({ aws = {}, settings = {}, mayCreate = () => ({ allowed: true }), ports }: Circumstances = {}) {
    this.world = new AwsModel({ now: this.now, random: new Random(1) }, { ...promptAws, ...aws });
    const given = this.world.ports(
      async (action, effect) => {
        this.calls.push(action);
        return effect();
      },
      [guardOfIds(this.store)],
    );
    this.ports = { ...given, ...ports?.(given) };
    const told = { ...seedSettings, emailDomain: 'example.com', coveredRegions: promptAws.regions };
    const controller = accountController({
      store: this.store,
      aws: this.ports,
      settings: { ...workSettings(told), ...settings },
      mayCreate: async () => mayCreate(),
    });
    const context = { now: this.now, remainingMs: () => 300_000 };
    this.#reconcile = (account) => controller.reconcile(account, context);
  }

  async begin(resource: NewResource = aSeed(), status?: AccountStatus): Promise<void> {
    this.#name = resource.metadata.name;
    const made = await this.store.create<AccountSpec, AccountStatus>(resource as NewResource<AccountSpec>);
    if (made.outcome !== 'created') throw new Error(`it ${made.outcome}`);
    if (status) await this.store.updateStatus({ ...made.resource, status });
  }

  /** The account as it is stored; undefined when it is gone. */
  found(): Promise<Account | undefined> {
    return this.store.get<AccountSpec, AccountStatus>(keyOf(aSeed({}, { name: this.#name })));
  }

  async account(): Promise<Account> {
    const account = await this.found();
    if (!account) throw new Error('the account is gone');
    return account;
  }

  async state(): Promise<string> {
    return (await this.account()).status?.state ?? '';
  }

  /** The conditions that are so, as `type/reason`. */
  async findings(): Promise<string[]> {
    const { conditions = [] } = (await this.account()).status ?? {};
    return conditions
      .filter(({ status }) => status === 'True')
      .map(({ type, reason }) => `${type}/${reason}`);
  }

  wait(seconds: number): void {
    this.#seconds += seconds;
  }

  /** One look at the account. */
  async look(): Promise<Reconciled> {
    return this.#reconcile(await this.account());
  }

  /** Looks again and again, as the account asks for it, until it asks no more or is as it should be. */
  async until(isSo: (account: Account) => boolean = () => false): Promise<Reconciled> {
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const reconciled = await this.look();
      const account = await this.found();
      if (!account || isSo(account) || reconciled.outcome !== 'again') return reconciled;
      this.wait(reconciled.afterSeconds);
    }
    throw new Error(`it never came to an end: ${JSON.stringify((await this.account()).status)}`);
  }

  untilState(state: string): Promise<Reconciled> {
    return this.until(({ status }) => status?.state === state);
  }

  /** Writes what somebody else wants of the account. */
  async change(spec: Partial<AccountSpec>, status: Partial<AccountStatus> = {}): Promise<void> {
    const account = await this.account();
    const after = {
      ...account,
      spec: { ...account.spec, ...spec },
      status: { ...account.status, ...status },
    };
    await this.store.transact([{ do: 'replace', resource: after }]);
  }

  async delete(): Promise<void> {
    await this.store.delete(keyOf(await this.account()));
  }
}
