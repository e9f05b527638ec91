import type { Roles } from '../../../accounts/aws/roles.ts';
import type { AccessKey } from '../../../accounts/aws/sign-in.ts';
import type { ListedKey, Users } from '../../../accounts/aws/users.ts';
import { awsError } from '../../support/fakes/aws-errors.ts';
import type { Call } from '../engine/attempt.ts';
import { EventualMap, type Spreading } from './spreading.ts';

/** A user or a role as it is in truth. */
interface Principal {
  arn: string;
  /** Of this one, and not of another one of the same name. */
  id: string;
  tags: Record<string, string>;
  policies: EventualMap<true>;
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

  constructor(spreading: Spreading, accountId: string) {
    this.#spreading = spreading;
    this.#accountId = accountId;
    this.#users = new EventualMap(spreading);
    this.#roles = new EventualMap(spreading);
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

  makeRole(name: string, tags: Record<string, string> = {}): void {
    this.#roles.set(name, this.#principal('role', name, tags));
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
      create: ({ name, tags }) =>
        call('iam:CreateRole', () => {
          if (roles.truth(name)) return 'exists';
          this.makeRole(name, tags);
          return 'created';
        }),
      delete: (name) =>
        call('iam:DeleteRole', () => {
          const role = roles.truth(name);
          if (!role) return;
          if (role.policies.all().length > 0) throw awsError('iam:DeleteRole', 'DeleteConflictException');
          roles.set(name, undefined);
        }),
      ...policyCalls('Role', (name) => roles.seen(name), call),
    };
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
function policyCalls(of: 'User' | 'Role', seen: (name: string) => Principal | undefined, call: Call) {
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
        if (!policies.truth(policyArn)) policies.set(policyArn, true);
      }),
    detachPolicy: (name: string, policyArn: string) =>
      call(`iam:Detach${of}Policy`, () => {
        const principal = seen(name);
        if (principal?.policies.truth(policyArn)) principal.policies.set(policyArn, undefined);
      }),
  };
}
