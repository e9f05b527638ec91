import { guardOfIds } from '../../../accounts/account/account-ids.ts';
import { type WorkSettings, workSettings } from '../../../accounts/account/account-settings.ts';
import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import { federatedAccessController } from '../../../accounts/federated-access/federated-access-controller.ts';
import { federatedRoleController } from '../../../accounts/federated-role/federated-role-controller.ts';
import type { Account } from '../../../accounts/resources/account.ts';
import type { AccountClaim } from '../../../accounts/resources/account-claim.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import { awsFinalizer, operatorNamespace } from '../../../accounts/resources/api.ts';
import type { AWSFederatedAccountAccess } from '../../../accounts/resources/aws-federated-account-access.ts';
import type {
  AWSFederatedRole,
  AWSFederatedRoleSpec,
} from '../../../accounts/resources/aws-federated-role.ts';
import type { Reconciled } from '../../../shared/reconcile/reconcile.ts';
import {
  keyOf,
  type NewResource,
  type Resource,
  type ResourceKey,
} from '../../../shared/resources/resource.ts';
import { AwsModel } from '../../simulation/aws/aws-model.ts';
import { promptAws } from '../../simulation/aws/settings.ts';
import { Random } from '../../simulation/engine/random.ts';
import { accountKey, anAccess, aRole, claimIn, readyAccount } from '../../simulation/federated/people.ts';
import { MemoryStore } from './memory-store.ts';

interface Circumstances {
  settings?: Partial<WorkSettings>;
  /** Ports that answer otherwise than the model. */
  ports?(ports: AwsPorts): Partial<AwsPorts>;
}

const start = Date.parse('2026-01-01T00:00:00Z');

/** Looks that are enough for whatever comes to an end. */
const mostLooks = 100;

export const accountName = 'osd-creds-mgmt-aaa001';

/** A federated role and an access to it on a model of AWS, whose clock goes on while they wait. */
export class FederatedLife {
  #seconds = 0;
  readonly now = () => new Date(start + this.#seconds * 1_000);
  readonly store = new MemoryStore({ now: this.now }, accountRules);
  readonly world = new AwsModel({ now: this.now, random: new Random(1) }, promptAws);
  readonly ports: AwsPorts;
  /** Calls of AWS, in order. */
  readonly calls: string[] = [];
  readonly roleKey = keyOf(aRole('network', {} as AWSFederatedRoleSpec) as Resource);
  accessKey = keyOf(anAccess('uhc-one', 'access', 'network') as Resource);
  readonly #controllers: Record<string, (resource: Resource) => Promise<Reconciled>>;

  constructor({ settings = {}, ports }: Circumstances = {}) {
    const call = async <Value>(action: string, effect: () => Value | Promise<Value>) => {
      this.calls.push(action);
      return effect();
    };
    const given = this.world.ports(call, [guardOfIds(this.store)]);
    this.ports = { ...given, ...ports?.(given) };
    const work = { ...workSettings(), ...settings };
    const { store } = this;
    const context = { now: this.now, remainingMs: () => 300_000 };
    const role = federatedRoleController({ store, trials: this.ports.trials, settings: work });
    const suffix = () => 'abc123';
    const access = federatedAccessController({
      store,
      aws: this.ports,
      settings: work,
      partition: 'aws',
      suffix,
    });
    this.#controllers = {
      [role.kind]: (resource) => role.reconcile(resource as AWSFederatedRole, context),
      [access.kind]: (resource) => access.reconcile(resource as AWSFederatedAccountAccess, context),
    };
  }

  wait(seconds: number): void {
    this.#seconds += seconds;
  }

  async #found<R extends Resource>(key: ResourceKey): Promise<R> {
    const resource = await this.store.get(key);
    if (!resource) throw new Error(`${key.kind} ${key.name} is gone`);
    return resource as R;
  }

  role = () => this.#found<AWSFederatedRole>(this.roleKey);
  access = () => this.#found<AWSFederatedAccountAccess>(this.accessKey);
  account = () => this.#found<Account>(accountKey(accountName));
  claim = () => this.#found<AccountClaim>(keyOf(claimIn('uhc-one') as Resource));

  async isGone(key: ResourceKey): Promise<boolean> {
    return (await this.store.get(key)) === undefined;
  }

  /** IAM of the account, in truth. */
  get iam() {
    const [member] = this.world.organization.members;
    if (!member) throw new Error('there is no account');
    return member.iam;
  }

  async look(key: ResourceKey): Promise<Reconciled> {
    return this.#controllers[key.kind]?.(await this.#found(key)) as Promise<Reconciled>;
  }

  /** Looks again and again, as the resource asks for it, until it asks no more, or is as it should be. */
  async until(key: ResourceKey, isSo: (resource: Resource) => boolean = () => false): Promise<Reconciled> {
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const reconciled = await this.look(key);
      const resource = await this.store.get(key);
      if (!resource || isSo(resource) || reconciled.outcome !== 'again') return reconciled;
      this.wait(reconciled.afterSeconds);
    }
    throw new Error(`it never came to an end: ${JSON.stringify((await this.#found(key)).status)}`);
  }

  untilState(key: ResourceKey, state: string): Promise<Reconciled> {
    return this.until(key, ({ status }) => (status as { state?: string } | undefined)?.state === state);
  }

  /** The conditions that are so, as `type/reason`. */
  async findings(key: ResourceKey): Promise<string[]> {
    const { conditions = [] } = (await this.#found<AWSFederatedRole>(key)).status ?? {};
    return conditions
      .filter(({ status }) => status === 'True')
      .map(({ type, reason }) => `${type}/${reason}`);
  }

  async describe(spec: AWSFederatedRoleSpec): Promise<void> {
    await this.store.update({ ...(await this.role()), spec });
  }

  async change(resource: Resource, spec: object, status: object = {}): Promise<void> {
    const changed = { spec: { ...resource.spec, ...spec }, status: { ...resource.status, ...status } };
    await this.store.transact([{ do: 'replace', resource: { ...resource, ...changed } }]);
  }

  /** A role that AWS takes. */
  async valid(spec: AWSFederatedRoleSpec): Promise<void> {
    await this.store.create(aRole('network', spec));
    await this.untilState(this.roleKey, 'Valid');
  }

  /** An account that a claim has, both Ready. */
  async claimed(): Promise<void> {
    await readyAccount(this.store, this.world, accountName);
    await this.store.create({
      ...claimIn('uhc-one'),
      metadata: { ...claimIn('uhc-one').metadata, finalizers: [awsFinalizer] },
    });
    await this.link();
  }

  async link(): Promise<void> {
    const claim = { claimLink: 'claim', claimLinkNamespace: 'uhc-one' };
    await this.change(await this.account(), claim, { claimed: true });
    await this.change(await this.claim(), { accountLink: accountName }, { state: 'Ready', conditions: [] });
  }

  async wanted(access: NewResource = anAccess('uhc-one', 'access', 'network')): Promise<void> {
    await this.store.create(access);
    this.accessKey = keyOf(access as Resource);
  }

  /** A role, an account with its claim, and an access that is Ready. */
  async ready(spec: AWSFederatedRoleSpec): Promise<void> {
    await this.valid(spec);
    await this.claimed();
    await this.wanted();
    await this.untilState(this.accessKey, 'Ready');
  }

  /** The access by the account's own secret, which is in the namespace of accounts. */
  static byOwnSecret = () => anAccess(operatorNamespace, 'own', 'network', `${accountName}-secret`);
}
