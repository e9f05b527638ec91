import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import { mayPass } from '../../../accounts/aws/may-pass.ts';
import type { MemberAccount } from '../../../accounts/aws/member-accounts.ts';
import type { Creation } from '../../../accounts/aws/organization.ts';
import {
  again,
  type Controller,
  done,
  failed,
  type Reconciled,
} from '../../../shared/reconcile/reconcile.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import {
  finalizer,
  requestOf,
  secretOf,
  type Tenant,
  type TenantStatus,
  tenantKind,
  userName,
} from './tenant.ts';

/** What a controller of tenants works with. */
export interface TenantDependencies {
  store: ResourceStore;
  aws: AwsPorts;
  now(): Date;
}

/** Longer than AWS takes to show a request to everybody. */
const shownAfterSeconds = 120;

const pollSeconds = 30;

/** Longer than a change of IAM takes until everybody sees it. */
const seenAfterSeconds = 90;

/** Brings tenants to their accounts as it should be done. The wrong ones of the tests each leave out a part of it. */
export class TenantController implements Controller<object, TenantStatus> {
  readonly kind = tenantKind;
  protected readonly dependencies: TenantDependencies;

  constructor(dependencies: TenantDependencies) {
    this.dependencies = dependencies;
  }

  async reconcile(tenant: Tenant): Promise<Reconciled> {
    if (tenant.metadata.deletionTimestamp) return this.letGo(tenant);
    const { isReady, failure, accountId, requestId } = tenant.status ?? {};
    if (isReady) return done;
    if (failure) return failed(failure);
    if (accountId) return this.furnish(tenant, accountId);
    return requestId ? this.follow(tenant, requestId) : this.ask(tenant);
  }

  protected async letGo(tenant: Tenant): Promise<Reconciled> {
    await this.dependencies.aws.secrets.delete(secretOf(tenant.metadata.name));
    await this.dependencies.store.removeFinalizer(tenant, finalizer);
    return done;
  }

  protected async ask(tenant: Tenant): Promise<Reconciled> {
    const { aws, now } = this.dependencies;
    const { askedAt } = tenant.status ?? {};
    if (askedAt) {
      const found = await aws.organization.findCreation(requestOf(tenant.metadata.name));
      if (found) return this.take(tenant, found);
      const secondsAgo = (now().getTime() - Date.parse(askedAt)) / 1_000;
      if (secondsAgo < shownAfterSeconds) return again(pollSeconds);
    }
    const noted = await this.save(tenant, { askedAt: now().toISOString() });
    const start = await aws.organization.createAccount(requestOf(tenant.metadata.name));
    if (start.outcome === 'requested') return this.take(noted, start.creation);
    await this.save(noted, {});
    return again(start.outcome === 'limit' ? 300 : pollSeconds);
  }

  protected async follow(tenant: Tenant, requestId: string): Promise<Reconciled> {
    const creation = await this.dependencies.aws.organization.creation(requestId);
    return creation ? this.take(tenant, creation) : again(pollSeconds);
  }

  protected async take(tenant: Tenant, creation: Creation | { state: 'taken' }): Promise<Reconciled> {
    switch (creation.state) {
      case 'succeeded':
        await this.save(tenant, { accountId: creation.accountId });
        return again(0);
      case 'in-progress':
        if (!tenant.status?.requestId)
          await this.save(tenant, { ...tenant.status, requestId: creation.requestId });
        return again(pollSeconds);
      case 'taken':
        return this.fail(tenant, 'somebody else has the e-mail address');
      case 'failed':
        return this.failedToMake(tenant, creation.reason);
    }
  }

  protected async failedToMake(tenant: Tenant, reason: string): Promise<Reconciled> {
    if (reason === 'EMAIL_ALREADY_EXISTS') {
      // It may have been us, in a request whose answer got lost.
      const found = await this.dependencies.aws.organization.findCreation(requestOf(tenant.metadata.name));
      if (found?.state === 'succeeded' || found?.state === 'in-progress') return this.take(tenant, found);
      return again(pollSeconds);
    }
    await this.save(tenant, {});
    return again(reason === 'ACCOUNT_LIMIT_EXCEEDED' ? 300 : pollSeconds);
  }

  protected async fail(tenant: Tenant, failure: string): Promise<Reconciled> {
    await this.save(tenant, { ...tenant.status, failure });
    return failed(failure);
  }

  protected async furnish(tenant: Tenant, accountId: string): Promise<Reconciled> {
    const reference = { metadata: tenant.metadata, spec: { awsAccountID: accountId } };
    const way = { by: 'role', roleName: 'OrganizationAccountAccessRole' } as const;
    const entry = await this.dependencies.aws.members.enter(reference, way);
    if (entry.outcome === 'refused') return again(pollSeconds);
    try {
      return await this.giveKey(tenant, entry.account);
    } catch (error) {
      if (!mayPass(error)) throw error;
      return again(seenAfterSeconds);
    }
  }

  protected async giveKey(tenant: Tenant, { users }: MemberAccount): Promise<Reconciled> {
    const { now, aws } = this.dependencies;
    const { keyMadeAt } = tenant.status ?? {};
    const age = keyMadeAt ? (now().getTime() - Date.parse(keyMadeAt)) / 1_000 : Number.POSITIVE_INFINITY;
    // Before that, what one sees may fit together and yet be the state of before.
    if (age < seenAfterSeconds) return again(seenAfterSeconds - age);
    if (!(await users.get(userName))) await users.create({ name: userName, tags: {} });
    const [keys, stored] = await Promise.all([
      users.keys(userName),
      aws.secrets.get(secretOf(tenant.metadata.name)),
    ]);
    if (stored?.id && stored.secret && keys.length === 1 && keys[0]?.id === stored.id) {
      await aws.signIn.identity({ id: stored.id, secret: stored.secret });
      await this.save(tenant, { ...tenant.status, isReady: true });
      return done;
    }
    await this.save(tenant, { ...tenant.status, keyMadeAt: now().toISOString() });
    for (const { id } of keys) await users.deleteKey(userName, id);
    await this.putKey(secretOf(tenant.metadata.name), users);
    return again(seenAfterSeconds);
  }

  protected async putKey(secret: string, users: MemberAccount['users']): Promise<void> {
    const { secrets } = this.dependencies.aws;
    const made = await users.createKey(userName);
    if (made.outcome === 'limit') return;
    const values = { id: made.key.id, secret: made.key.secret };
    if ((await secrets.create(secret, values)) === 'exists') await secrets.replace(secret, values);
  }

  protected save(tenant: Tenant, status: TenantStatus): Promise<Tenant> {
    return this.dependencies.store.updateStatus<object, TenantStatus>({ ...tenant, status });
  }
}
