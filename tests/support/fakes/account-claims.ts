import { accountController } from '../../../accounts/account/account-controller.ts';
import { guardOfIds } from '../../../accounts/account/account-ids.ts';
import { workSettings } from '../../../accounts/account/account-settings.ts';
import { accountClaimController } from '../../../accounts/account-claim/account-claim-controller.ts';
import { type ClaimSettings, claimSettings } from '../../../accounts/account-claim/claim-settings.ts';
import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import type { Account, AccountSpec, AccountStatus } from '../../../accounts/resources/account.ts';
import type {
  AccountClaim,
  AccountClaimSpec,
  AccountClaimStatus,
} from '../../../accounts/resources/account-claim.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { awsFinalizer, iamUserIdLabel, operatorNamespace } from '../../../accounts/resources/api.ts';
import { seedSettings } from '../../../accounts/settings.ts';
import { deleteDependents } from '../../../shared/reconcile/cascade.ts';
import type { Controllers } from '../../../shared/reconcile/driver.ts';
import type { Reconciled } from '../../../shared/reconcile/reconcile.ts';
import type { Resource, ResourceKey } from '../../../shared/resources/resource.ts';
import { AwsModel } from '../../simulation/aws/aws-model.ts';
import { type AwsSettings, promptAws } from '../../simulation/aws/settings.ts';
import { Random } from '../../simulation/engine/random.ts';
import { aClaim, anAccount } from './account-resources.ts';
import { MemoryStore } from './memory-store.ts';

/** How the world is for some claims. */
interface Circumstances {
  aws?: Partial<AwsSettings>;
  settings?: Partial<ClaimSettings>;
  /** Ports that answer otherwise than the model. */
  ports?(ports: AwsPorts): Partial<AwsPorts>;
  beforeCall?: (name: string) => void | Promise<void>;
}

const start = Date.parse('2026-01-01T00:00:00Z');

const jumpRole = 'arn:aws:iam::111111111111:role/jump';

/** Looks that are enough for anything that comes to an end. */
const mostLooks = 500;

/** Claims and accounts on a model of AWS, with both of their controllers, and a clock that goes on while they wait. */
export class Claims {
  #seconds = 0;
  readonly now = () => new Date(start + this.#seconds * 1_000);
  readonly store: MemoryStore;
  readonly world: AwsModel;
  readonly ports: AwsPorts;
  readonly #controllers: Controllers;
  #observed = 0;
  /** Calls of AWS, in order. */
  readonly calls: string[] = [];
  /** Looks at each resource, by its name. */
  readonly looks = new Map<string, number>();

  constructor({ aws = {}, settings = {}, ports, beforeCall }: Circumstances = {}) {
    this.store = new MemoryStore({ now: this.now, ...(beforeCall && { beforeCall }) }, accountRules);
    this.world = new AwsModel({ now: this.now, random: new Random(1) }, { ...promptAws, ...aws });
    const given = this.world.ports(
      async (action, effect) => {
        this.calls.push(action);
        return effect();
      },
      [guardOfIds(this.store)],
    );
    this.ports = { ...given, ...ports?.(given) };
    const told = workSettings({
      ...seedSettings,
      emailDomain: 'example.com',
      coveredRegions: promptAws.regions.slice(0, 1),
      stsJumpRoleArn: jumpRole,
    });
    const common = { store: this.store, aws: this.ports };
    const watchless = { ...told, watchesCredentials: false };
    const mayCreate = async () => ({ allowed: true }) as const;
    this.#controllers = [
      accountController({ ...common, settings: watchless, mayCreate }),
      accountClaimController({ ...common, settings: { ...claimSettings(told), ...settings } }),
    ];
  }

  wait(seconds: number): void {
    this.#seconds += seconds;
  }

  /** Makes an account of the default pool, unless it is to be of another one, and has it become Ready. */
  async addAccount(suffix: string, spec: Partial<AccountSpec> = {}): Promise<Account> {
    const name = `osd-creds-mgmt-${suffix}`;
    const labels = { [iamUserIdLabel]: suffix };
    const given = { accountPool: 'osd-creds-mgmt', ...spec };
    await this.store.create(anAccount({ name, labels, finalizers: [awsFinalizer] }, given));
    await this.settle({ kind: 'Account', namespace: operatorNamespace, name });
    return this.account(name);
  }

  async addClaim(name: string, spec: Partial<AccountClaimSpec> = {}, namespace = 'default'): Promise<void> {
    const awsCredentialSecret = { name: `aws-${name}`, namespace };
    await this.store.create(aClaim({ name, namespace }, { awsCredentialSecret, ...spec }));
  }

  /** A customer's own account, with keys for it in a secret; what a claim says of it. */
  async bring(accountId: string, namespace = 'default'): Promise<Partial<AccountClaimSpec>> {
    const users = this.world.addCustomer(accountId).iam.users(async (_, effect) => effect());
    await users.create({ name: 'root', tags: {} });
    const made = await users.createKey('root');
    if (made.outcome !== 'created') throw new Error('there were keys before');
    const values = { aws_access_key_id: made.key.id, aws_secret_access_key: made.key.secret };
    await this.ports.secrets.create(`${namespace}/byoc-${accountId}`, values);
    const byocSecretRef = { name: `byoc-${accountId}`, namespace };
    return { byoc: true, byocAWSAccountID: accountId, byocSecretRef };
  }

  async account(name: string): Promise<Account> {
    return this.#found<Account>({ kind: 'Account', namespace: operatorNamespace, name });
  }

  async claim(name: string, namespace = 'default'): Promise<AccountClaim> {
    return this.#found<AccountClaim>({ kind: 'AccountClaim', namespace, name });
  }

  find<R extends Resource>(kind: string, name: string, namespace = 'default'): Promise<R | undefined> {
    const where = kind === 'Account' ? operatorNamespace : namespace;
    return this.store.get({ kind, namespace: where, name }) as Promise<R | undefined>;
  }

  async #found<R extends Resource>(key: ResourceKey): Promise<R> {
    const found = (await this.store.get(key)) as R | undefined;
    if (!found) throw new Error(`there is no ${key.kind} ${key.name}`);
    return found;
  }

  /** The conditions of a claim that are so, as `type/reason`. */
  async findings(name: string): Promise<string[]> {
    const { conditions = [] } = (await this.claim(name)).status ?? {};
    return conditions
      .filter(({ status }) => status === 'True')
      .map(({ type, reason }) => `${type}/${reason}`);
  }

  /** One look; undefined when there is nothing to look at. */
  async look(key: ResourceKey): Promise<Reconciled | undefined> {
    const resource = await this.store.get(key);
    const controller = this.#controllers.find(({ kind }) => kind === key.kind);
    if (!resource || !controller) return undefined;
    this.looks.set(key.name, (this.looks.get(key.name) ?? 0) + 1);
    const reconciled = await controller.reconcile(resource, { now: this.now, remainingMs: () => 300_000 });
    await this.#observe();
    return reconciled;
  }

  /** What goes with something that is gone, goes, too. */
  async #observe(): Promise<void> {
    const changes = this.store.changes.slice(this.#observed);
    this.#observed = this.store.changes.length;
    await deleteDependents(this.store)(changes);
  }

  lookAtClaim(name: string, namespace = 'default'): Promise<Reconciled | undefined> {
    return this.look({ kind: 'AccountClaim', namespace, name });
  }

  /** Looks again and again, as the resource asks for it, and at the account of a claim meanwhile. */
  async settle(key: ResourceKey, isSo: () => Promise<boolean> = async () => false): Promise<void> {
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const reconciled = await this.look(key);
      if (reconciled?.outcome !== 'again') return;
      if (reconciled.afterSeconds > 0 && (await isSo())) return;
      this.wait(reconciled.afterSeconds);
      await this.#lookAtAccountOf(key);
    }
    throw new Error(`it never came to an end: ${JSON.stringify((await this.store.get(key))?.status)}`);
  }

  async #lookAtAccountOf({ kind, ...key }: ResourceKey): Promise<void> {
    if (kind !== 'AccountClaim') return;
    const claim = (await this.store.get({ kind, ...key })) as AccountClaim | undefined;
    const name = claim?.spec.accountLink;
    if (name) await this.look({ kind: 'Account', namespace: operatorNamespace, name });
  }

  /** Has a claim come to its end, or to where it waits for an account. */
  settleClaim(name: string, namespace = 'default'): Promise<void> {
    const key = { kind: 'AccountClaim', namespace, name };
    const isWaiting = async () => {
      const claim = (await this.store.get(key)) as AccountClaim | undefined;
      const isFree = claim?.status?.state === 'Pending' && !claim.spec.accountLink;
      return isFree && !claim?.metadata.deletionTimestamp;
    };
    return this.settle(key, isWaiting);
  }

  /** Makes a claim, and has it come to its end. */
  async claimed(
    name: string,
    spec: Partial<AccountClaimSpec> = {},
    namespace = 'default',
  ): Promise<AccountClaim> {
    await this.addClaim(name, spec, namespace);
    await this.settleClaim(name, namespace);
    return this.claim(name, namespace);
  }

  async deleteClaim(name: string, namespace = 'default'): Promise<void> {
    await this.store.delete({ kind: 'AccountClaim', namespace, name });
  }

  /** Deletes a claim, and has it come to its end. */
  async release(name: string, namespace = 'default'): Promise<void> {
    await this.deleteClaim(name, namespace);
    await this.settleClaim(name, namespace);
  }

  /** The values of a claim's secret; undefined when there is none. */
  secretOf(name: string, namespace = 'default') {
    return this.world.secrets.valuesOf(`${namespace}/aws-${name}`);
  }

  /** Writes what somebody else wants of an account. */
  async changeAccount(
    name: string,
    spec: Partial<AccountSpec>,
    status: Partial<AccountStatus> = {},
  ): Promise<void> {
    const account = await this.account(name);
    const resource = {
      ...account,
      spec: { ...account.spec, ...spec },
      status: { ...account.status, ...status },
    };
    await this.store.transact([{ do: 'replace', resource }]);
  }

  async changeClaim(
    name: string,
    spec: Partial<AccountClaimSpec>,
    status: Partial<AccountClaimStatus> = {},
  ): Promise<void> {
    const claim = await this.claim(name);
    const after = Object.keys(status).length > 0 ? { ...claim.status, ...status } : claim.status;
    const resource = { ...claim, spec: { ...claim.spec, ...spec }, ...(after && { status: after }) };
    await this.store.transact([{ do: 'replace', resource: resource as Resource }]);
  }
}

/** The customers of the tests. */
export const ours = { id: '1', name: 'one' };
export const theirs = { id: '2', name: 'two' };
