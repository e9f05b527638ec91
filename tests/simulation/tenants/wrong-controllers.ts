import type { MemberAccount } from '../../../accounts/aws/member-accounts.ts';
import { again, done, type Reconciled } from '../../../shared/reconcile/reconcile.ts';
import { finalizer, requestOf, secretOf, type Tenant, userName } from './tenant.ts';
import { TenantController } from './tenant-controller.ts';

/** Asks for an account and writes that down afterwards, each time with another e-mail address. */
export class Forgetful extends TenantController {
  #asked = 0;

  protected override async ask(tenant: Tenant): Promise<Reconciled> {
    this.#asked += 1;
    const { aws, now } = this.dependencies;
    const email = `${tenant.metadata.name}+${now().getTime()}-${this.#asked}@example.com`;
    const start = await aws.organization.createAccount({ name: tenant.metadata.name, email });
    return start.outcome === 'requested' ? this.take(tenant, start.creation) : again(30);
  }
}

/** Asks again without a look at what became of the last time, and takes itself for somebody else. */
export class Rash extends TenantController {
  protected override ask(tenant: Tenant): Promise<Reconciled> {
    const { askedAt: _, ...status } = tenant.status ?? {};
    return super.ask({ ...tenant, status });
  }

  protected override failedToMake(tenant: Tenant, reason: string): Promise<Reconciled> {
    const isTaken = reason === 'EMAIL_ALREADY_EXISTS';
    return isTaken ? this.fail(tenant, reason) : super.failedToMake(tenant, reason);
  }
}

/** Looks at each state of a resource once: what it was called for before, it believes to have done. */
export class EdgeTriggered extends TenantController {
  readonly #seen = new Set<string>();

  override async reconcile(tenant: Tenant): Promise<Reconciled> {
    if (this.#seen.has(tenant.metadata.resourceVersion)) return done;
    this.#seen.add(tenant.metadata.resourceVersion);
    return super.reconcile(tenant);
  }
}

/** Lets go before it has cleaned up. */
export class Leaky extends TenantController {
  protected override async letGo(tenant: Tenant): Promise<Reconciled> {
    await this.dependencies.store.removeFinalizer(tenant, finalizer);
    await this.dependencies.aws.secrets.delete(secretOf(tenant.metadata.name));
    return done;
  }
}

/** Makes a key whenever it finds no secret, and does not ask what became of the one before. */
export class Hoarder extends TenantController {
  protected override async giveKey(tenant: Tenant, { users }: MemberAccount): Promise<Reconciled> {
    const secret = secretOf(tenant.metadata.name);
    if (!(await users.get(userName))) await users.create({ name: userName, tags: {} });
    if (!(await this.dependencies.aws.secrets.get(secret))) await this.putKey(secret, users);
    await this.save(tenant, { ...tenant.status, isReady: true });
    return done;
  }
}

/** Looks again soon after it has changed something, and believes what it sees. */
export class Credulous extends TenantController {
  protected override async giveKey(tenant: Tenant, account: MemberAccount): Promise<Reconciled> {
    const { keyMadeAt: _, ...status } = tenant.status ?? {};
    const given = await super.giveKey({ ...tenant, status }, account);
    return given.outcome === 'again' ? again(15) : given;
  }
}

/** Hands out whatever account is the newest. */
export class Careless extends TenantController {
  protected override async take(
    tenant: Tenant,
    creation: Parameters<TenantController['take']>[1],
  ): Promise<Reconciled> {
    for (const name of ['anna', 'ben', 'cleo']) {
      const found = await this.dependencies.aws.organization.findCreation(requestOf(name));
      if (found?.state === 'succeeded') return super.take(tenant, found);
    }
    return super.take(tenant, creation);
  }
}

/** Writes down how often it was there. */
export class Busy extends TenantController {
  override async reconcile(tenant: Tenant): Promise<Reconciled> {
    const { isReady, askedAt } = tenant.status ?? {};
    if (!isReady) return super.reconcile(tenant);
    await this.save(tenant, { ...tenant.status, askedAt: `${askedAt}.` });
    return done;
  }
}

/** Waits in the middle of its work. */
export class Sleepy extends TenantController {
  override async reconcile(tenant: Tenant): Promise<Reconciled> {
    await new Promise((resolve) => setTimeout(resolve, 1_000).unref());
    return super.reconcile(tenant);
  }
}

/** Works in the account that pays. */
export class Dangerous extends TenantController {
  protected override async furnish(tenant: Tenant): Promise<Reconciled> {
    return super.furnish(tenant, await this.dependencies.aws.organization.payerAccountId());
  }
}
