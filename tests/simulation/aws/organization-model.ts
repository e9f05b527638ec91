import {
  type AccountRequest,
  type Creation,
  type CreationStart,
  isClosed,
  type Organization,
  type OrganizationAccount,
} from '../../../accounts/aws/organization.ts';
import type { Call } from '../engine/attempt.ts';
import { Ec2Model } from './ec2-model.ts';
import { IamModel } from './iam-model.ts';
import { LeftoversModel } from './leftovers-model.ts';
import type { AwsSettings } from './settings.ts';
import { Eventual, type Spreading } from './spreading.ts';

/** An account as it is in truth. */
export interface ModelAccount extends OrganizationAccount {
  iam: IamModel;
  ec2: Ec2Model;
  leftovers: LeftoversModel;
}

interface StoredAccount extends ModelAccount {
  isListed: Eventual<boolean>;
}

interface StoredRequest extends AccountRequest {
  requestId: string;
  doneAt: Date;
  /** Why it fails; undefined when it succeeds. */
  reason?: string;
  accountId?: string;
  isShown: Eventual<boolean>;
}

const administratorsRole = 'OrganizationAccountAccessRole';

/** The organization with its accounts, which are made one after the other, each in its own time. */
export class OrganizationModel {
  readonly #spreading: Spreading;
  readonly #settings: AwsSettings;
  readonly #accounts: StoredAccount[] = [];
  readonly #requests: StoredRequest[] = [];
  /** Of all accounts that ever were, in this organization or any other. */
  readonly #emails = new Set<string>();

  constructor(spreading: Spreading, settings: AwsSettings) {
    this.#spreading = spreading;
    this.#settings = settings;
    const payer = { name: 'payer', email: 'payer@example.com' };
    this.#add(settings.payerAccountId, payer, new Eventual(spreading, true));
  }

  /** In truth: the accounts but the payer's own. */
  get members(): ModelAccount[] {
    this.finish();
    return this.#accounts.filter(({ id }) => id !== this.#settings.payerAccountId);
  }

  /** In truth, the payer's own included. */
  account(id: string): ModelAccount | undefined {
    this.finish();
    return this.#accounts.find((account) => account.id === id);
  }

  /** How often somebody has asked for an account of a name, and not in vain. */
  requestsFor(name: string): number {
    return this.#requests.filter((request) => request.name === name && !request.reason).length;
  }

  /** Has somebody else, elsewhere, take an e-mail address. */
  takeEmail(email: string): void {
    this.#emails.add(email.toLowerCase());
  }

  /** Adds an account that was not asked for, such as one that was invited. */
  invite(account: AccountRequest): ModelAccount {
    return this.#add(this.#spreading.random.digits(12), account);
  }

  /** Makes the accounts whose time has come. */
  finish(): void {
    for (const request of this.#requests) {
      if (request.reason || request.accountId || request.doneAt > this.#spreading.now()) continue;
      request.accountId = this.#add(this.#spreading.random.digits(12), request).id;
    }
  }

  port(call: Call): Organization {
    const asked = <Value>(action: string, effect: () => Value) =>
      call(`organizations:${action}`, () => {
        this.finish();
        return effect();
      });
    return {
      payerAccountId: () => asked('DescribeOrganization', () => this.#settings.payerAccountId),
      createAccount: (request) => asked(`CreateAccount ${request.name}`, () => this.#create(request)),
      creation: (requestId) =>
        asked('DescribeCreateAccountStatus', () => {
          const request = this.#requests.find((one) => one.requestId === requestId && one.isShown.seen());
          return request && this.#creationOf(request);
        }),
      findCreation: (sought) => asked('ListAccounts', () => this.#find(sought)),
      account: (id) =>
        asked('DescribeAccount', () => {
          const account = this.#listed().find((one) => one.id === id);
          return account && shown(account);
        }),
      count: () =>
        asked('ListAccounts', () => ({
          accounts: this.#listed().length,
          closed: this.#listed().filter(({ state }) => isClosed(state)).length,
          inProgress: this.#inProgress().filter(({ isShown }) => isShown.seen()).length,
        })),
    };
  }

  /** @param isListed whether listings show it; unless given, it is new to them */
  #add(id: string, { name, email }: AccountRequest, isListed = this.#newToListings()): StoredAccount {
    const spreading = this.#spreading;
    const iam = new IamModel(spreading, id);
    iam.makeRole(administratorsRole);
    const account = {
      id,
      name,
      email,
      state: 'ACTIVE' as const,
      joinedAt: spreading.now(),
      iam,
      ec2: new Ec2Model(spreading, this.#settings),
      leftovers: new LeftoversModel(spreading, this.#settings),
      isListed,
    };
    this.#emails.add(email.toLowerCase());
    this.#accounts.push(account);
    return account;
  }

  #newToListings(): Eventual<boolean> {
    const isListed = new Eventual(this.#spreading, false);
    isListed.set(true);
    return isListed;
  }

  #listed(): StoredAccount[] {
    return this.#accounts.filter(({ isListed }) => isListed.seen());
  }

  #inProgress(): StoredRequest[] {
    return this.#requests.filter(({ doneAt }) => doneAt > this.#spreading.now());
  }

  #create(request: AccountRequest): CreationStart {
    const { random } = this.#spreading;
    const inProgress = this.#inProgress();
    const { createdAtOnce, concurrentModification, accountLimit } = this.#settings;
    if (inProgress.length >= createdAtOnce) return later('TooManyRequestsException');
    if (inProgress.length > 0 && random.chance(concurrentModification))
      return later('ConcurrentModificationException');
    const isFull = this.#accounts.length + inProgress.filter(({ reason }) => !reason).length >= accountLimit;
    // AWS may find it out at once, or only when it makes the account.
    if (isFull && random.chance(0.5)) {
      return { outcome: 'limit', code: 'ACCOUNT_NUMBER_LIMIT_EXCEEDED', said: 'no more accounts' };
    }
    return {
      outcome: 'requested',
      creation: this.#creationOf(this.#take(request, this.#reasonAgainst(request, isFull))),
    };
  }

  #reasonAgainst({ email }: AccountRequest, isFull: boolean): string | undefined {
    if (isFull) return 'ACCOUNT_LIMIT_EXCEEDED';
    if (this.#emails.has(email.toLowerCase())) return 'EMAIL_ALREADY_EXISTS';
    return this.#spreading.random.chance(this.#settings.internalFailure) ? 'INTERNAL_FAILURE' : undefined;
  }

  #take({ name, email }: AccountRequest, reason?: string): StoredRequest {
    const { random } = this.#spreading;
    const doneAt = this.#spreading.after(random.between(...this.#settings.creationSeconds));
    const isShown = new Eventual(this.#spreading, false);
    isShown.set(true);
    const request = {
      name,
      email,
      requestId: `car-${random.text(32)}`,
      doneAt,
      isShown,
      ...(reason && { reason }),
    };
    // It is taken from the moment it was asked for.
    if (!reason) this.#emails.add(email.toLowerCase());
    this.#requests.push(request);
    this.finish();
    return request;
  }

  #creationOf({ requestId, doneAt, reason, accountId }: StoredRequest): Creation {
    if (accountId) return { state: 'succeeded', accountId, requestId };
    if (reason && doneAt <= this.#spreading.now()) return { state: 'failed', reason, requestId };
    return { state: 'in-progress', requestId };
  }

  #find({ name, email }: AccountRequest): Awaited<ReturnType<Organization['findCreation']>> {
    const account = this.#listed().find((one) => one.email.toLowerCase() === email.toLowerCase());
    if (account) return { state: account.name === name ? 'succeeded' : 'taken', accountId: account.id };
    const requests = this.#requests.filter((one) => one.name === name && one.isShown.seen());
    // The newest of those that are best.
    return requests.findLast(({ reason }) => !reason)
      ? this.#creationOf(requests.findLast(({ reason }) => !reason) as StoredRequest)
      : requests.map((one) => this.#creationOf(one)).at(-1);
  }
}

const shown = ({ id, name, email, state, joinedAt }: OrganizationAccount): OrganizationAccount => ({
  id,
  name,
  email,
  state,
  ...(joinedAt && { joinedAt }),
});

const later = (code: string): CreationStart => ({
  outcome: 'later',
  code,
  said: 'another one is being made',
});
