import type { Policies } from '../../../accounts/aws/policies.ts';
import type { PolicyTrials } from '../../../accounts/aws/policy-trials.ts';
import type { Roles } from '../../../accounts/aws/roles.ts';
import type { AccessKey } from '../../../accounts/aws/sign-in.ts';
import type { ListedKey, Users } from '../../../accounts/aws/users.ts';
import { awsError } from '../../support/fakes/aws-errors.ts';
import type { Call } from '../engine/attempt.ts';
import { Eventual, EventualMap, type Spreading } from './spreading.ts';

/** A user or a role as it is in truth. */
interface Principal {
  arn: string;
  /** Of this one, and not of another one of the same name. */
  id: string;
  tags: Record<string, string>;
  policies: EventualMap<true>;
  /** Who may assume a role, as JSON. */
  trust?: string;
}

interface StoredPolicy {
  tags: Record<string, string>;
  document: Eventual<string>;
}

/** A principal that AWS does not find. */
export const nobody = 'arn:aws:iam::999999999999:user/nobody';

/** What AWS takes for a policy of an account: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
function isPolicy(document: string): boolean {
  const { Statement } = JSON.parse(document) as { Statement: Record<string, unknown>[] };
  return Statement.length > 0 && Statement.every((one) => 'Resource' in one && !('Principal' in one));
}

interface StoredKey extends ListedKey {
  secret: string;
}

interface StoredUser extends Principal {
  keys: EventualMap<StoredKey>;
}

/** Most access keys of a user: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostKeys = 2;

/** IAM of one account. */
export class IamModel {
  readonly #spreading: Spreading;
  readonly #accountId: string;
  readonly #users: EventualMap<StoredUser>;
  readonly #roles: EventualMap<Principal>;
  readonly #policies: EventualMap<StoredPolicy>;

  constructor(spreading: Spreading, accountId: string) {
    this.#spreading = spreading;
    this.#accountId = accountId;
    this.#users = new EventualMap(spreading);
    this.#roles = new EventualMap(spreading);
    this.#policies = new EventualMap(spreading);
  }

  /** In truth: users with their policies and keys. */
  get userList(): { name: string; tags: Record<string, string>; policies: string[]; keyIds: string[] }[] {
    return this.#users.all().map(([name, { tags, policies, keys }]) => ({
      name,
      tags,
      policies: policies.all().map(([arn]) => arn),
      keyIds: keys.all().map(([id]) => id),
    }));
  }

  /** In truth. */
  get roleNames(): string[] {
    return this.#roles.all().map(([name]) => name);
  }

  /** In truth: roles with their policies, and who may assume them. */
  get roleList(): { name: string; tags: Record<string, string>; policies: string[]; trust?: string }[] {
    return this.#roles.all().map(([name, { tags, policies, trust }]) => ({
      name,
      tags,
      policies: policies.all().map(([arn]) => arn),
      ...(trust !== undefined && { trust }),
    }));
  }

  /** In truth: the account's own policies, by ARN. */
  get policyList(): { arn: string; document: string }[] {
    return this.#policies.all().map(([arn, { document }]) => ({ arn, document: document.truth }));
  }

  makeRole(name: string, tags: Record<string, string> = {}, trust?: string): void {
    this.#roles.set(name, { ...this.#principal('role', name, tags), ...(trust !== undefined && { trust }) });
  }

  /** A role, for one who wants to assume it now. */
  seenRole(name: string): { id: string } | undefined {
    return this.#roles.seen(name);
  }

  /** Whose key it is, for one who uses it now: a deleted one works until that is known everywhere. */
  ownerOf({ id, secret }: AccessKey): { arn: string; isAdministrator: boolean } | undefined {
    const candidates = [...this.#users.all(), ...this.#users.listed()].map(([, user]) => user);
    const owner = candidates.find((user) => user.keys.seen(id)?.secret === secret);
    if (!owner) return undefined;
    const isAdministrator = owner.policies.listed().some(([arn]) => arn.endsWith('/AdministratorAccess'));
    return { arn: owner.arn, isAdministrator };
  }

  users(call: Call): Users {
    const users = this.#users;
    const seen = (action: string, name: string): StoredUser => found(action, users.seen(name));
    return {
      get: (name) =>
        call('iam:GetUser', () => {
          const user = users.seen(name);
          return user && { name, arn: user.arn, tags: { ...user.tags } };
        }),
      names: () => call('iam:ListUsers', () => users.listed().map(([name]) => name)),
      create: ({ name, tags }) =>
        call('iam:CreateUser', () => {
          if (users.truth(name)) return 'exists';
          const keys = new EventualMap<StoredKey>(this.#spreading);
          users.set(name, { ...this.#principal('user', name, tags), keys });
          return 'created';
        }),
      delete: (name) =>
        call('iam:DeleteUser', () => {
          const user = users.truth(name);
          if (!user) return;
          if (user.keys.all().length + user.policies.all().length > 0)
            throw awsError('iam:DeleteUser', 'DeleteConflictException');
          users.set(name, undefined);
        }),
      tag: (name, tags) =>
        call('iam:TagUser', () => {
          Object.assign(seen('iam:TagUser', name).tags, tags);
          this.#spreading.changes += 1;
        }),
      ...policyCalls('User', (name) => users.seen(name), call),
      keys: (name) =>
        call('iam:ListAccessKeys', () =>
          seen('iam:ListAccessKeys', name)
            .keys.listed()
            .map(([, { id, active, createdAt }]) => ({ id, active, createdAt })),
        ),
      createKey: (name) =>
        call('iam:CreateAccessKey', () => this.#createKey(seen('iam:CreateAccessKey', name))),
      deleteKey: (name, keyId) =>
        call('iam:DeleteAccessKey', () => {
          const user = users.seen(name);
          if (user?.keys.truth(keyId)) user.keys.set(keyId, undefined);
        }),
    };
  }

  roles(call: Call): Roles {
    const roles = this.#roles;
    return {
      get: (name) =>
        call('iam:GetRole', () => {
          const role = roles.seen(name);
          return role && { name, arn: role.arn, id: role.id, tags: { ...role.tags } };
        }),
      names: () => call('iam:ListRoles', () => roles.listed().map(([name]) => name)),
      create: ({ name, trustPolicy, tags }) =>
        call('iam:CreateRole', () => {
          if (trustPolicy.includes(nobody))
            throw awsError('iam:CreateRole', 'MalformedPolicyDocumentException');
          if (roles.truth(name)) return 'exists';
          this.makeRole(name, tags, trustPolicy);
          return 'created';
        }),
      delete: (name) =>
        call('iam:DeleteRole', () => {
          const role = roles.truth(name);
          if (!role) return;
          if (role.policies.all().length > 0) throw awsError('iam:DeleteRole', 'DeleteConflictException');
          roles.set(name, undefined);
        }),
      ...policyCalls(
        'Role',
        (name) => roles.seen(name),
        call,
        (arn) => this.#knows(arn),
      ),
    };
  }

  policies(call: Call): Policies {
    const policies = this.#policies;
    return {
      get: (arn) =>
        call('iam:GetPolicy', () => {
          const policy = policies.seen(arn);
          return policy && { arn, document: policy.document.seen(), tags: { ...policy.tags } };
        }),
      create: ({ name, document, tags }) =>
        call('iam:CreatePolicy', () => this.#createPolicy(this.#policyArn(name), document, tags)),
      change: (arn, document) =>
        call('iam:CreatePolicyVersion', () => {
          const policy = found('iam:CreatePolicyVersion', policies.seen(arn));
          if (!isPolicy(document))
            throw awsError('iam:CreatePolicyVersion', 'MalformedPolicyDocumentException');
          policy.document.set(document);
        }),
      delete: (arn) => call('iam:DeletePolicy', () => this.#deletePolicy(arn)).then(() => {}),
    };
  }

  /** For the account that pays. */
  trials(call: Call): PolicyTrials {
    const arnOf = (name: string) => this.#policyArn(`rosa-accounts-trial/${name}`);
    return {
      hasManaged: (name) => call('iam:GetPolicy', () => !name.startsWith('Unknown')),
      make: (name, document) =>
        call('iam:CreatePolicy', () => {
          if (!isPolicy(document)) return { outcome: 'refused', said: 'Syntax errors in policy.' };
          this.#createPolicy(arnOf(name), document, {});
          return { outcome: 'taken' };
        }),
      unmake: (name) => call('iam:DeletePolicy', () => this.#deletePolicy(arnOf(name))),
    };
  }

  #policyArn(name: string): string {
    return `arn:aws:iam::${this.#accountId}:policy/${name}`;
  }

  /** Whether a policy may be attached by one who looks for it now. */
  #knows(arn: string): boolean {
    return arn.startsWith('arn:aws:iam::aws:') || this.#policies.seen(arn) !== undefined;
  }

  #createPolicy(arn: string, document: string, tags: Record<string, string>): 'created' | 'exists' {
    if (!isPolicy(document)) throw awsError('iam:CreatePolicy', 'MalformedPolicyDocumentException');
    if (this.#policies.truth(arn)) return 'exists';
    this.#policies.set(arn, { tags, document: new Eventual(this.#spreading, document) });
    return 'created';
  }

  #deletePolicy(arn: string): 'gone' | 'not there' {
    if (!this.#policies.seen(arn)) return 'not there';
    const holders = [...this.#roles.all(), ...this.#users.all()];
    if (holders.some(([, { policies }]) => policies.truth(arn)))
      throw awsError('iam:DeletePolicy', 'DeleteConflictException');
    if (this.#policies.truth(arn)) this.#policies.set(arn, undefined);
    return 'gone';
  }

  #principal(what: 'user' | 'role', name: string, tags: Record<string, string>): Principal {
    const arn = `arn:aws:iam::${this.#accountId}:${what}/${name}`;
    const id = `${what === 'user' ? 'AIDA' : 'AROA'}${this.#spreading.random.text(17).toUpperCase()}`;
    return { arn, id, tags: { ...tags }, policies: new EventualMap(this.#spreading) };
  }

  #createKey({ keys }: StoredUser): Awaited<ReturnType<Users['createKey']>> {
    if (keys.all().length >= mostKeys) return { outcome: 'limit' };
    const { random, now } = this.#spreading;
    const key = { id: `AKIA${random.text(16).toUpperCase()}`, secret: random.text(40) };
    keys.set(key.id, { ...key, active: true, createdAt: now() });
    return { outcome: 'created', key };
  }
}

function found<P>(action: string, principal: P | undefined): P {
  if (!principal) throw awsError(action, 'NoSuchEntityException');
  return principal;
}

/** What users and roles have in common. */
function policyCalls(
  of: 'User' | 'Role',
  seen: (name: string) => Principal | undefined,
  call: Call,
  knows: (arn: string) => boolean = () => true,
) {
  const listing = `iam:ListAttached${of}Policies`;
  return {
    policies: (name: string) =>
      call(listing, () =>
        found(listing, seen(name))
          .policies.listed()
          .map(([arn]) => arn),
      ),
    attachPolicy: (name: string, policyArn: string) =>
      call(`iam:Attach${of}Policy`, () => {
        const { policies } = found(`iam:Attach${of}Policy`, seen(name));
        found(`iam:Attach${of}Policy`, knows(policyArn) || undefined);
        if (!policies.truth(policyArn)) policies.set(policyArn, true);
      }),
    detachPolicy: (name: string, policyArn: string) =>
      call(`iam:Detach${of}Policy`, () => {
        const principal = seen(name);
        if (principal?.policies.truth(policyArn)) principal.policies.set(policyArn, undefined);
      }),
  };
}
