import { isChange } from './aws-actions.ts';
import type { PolicyDocument } from './iam/policy.ts';
import { type Moto, NotInMoto } from './moto.ts';

/** Who made a call, and the policies that judge it. */
export type Caller = {
  accountId: string;
  partition: string;
  /** The user's ARN, or the assumed-role session's. */
  arn: string;
  /** The user's id, or the role's with the session's name: `AROAEXAMPLE:session`. */
  principalId: string;
  kind: 'user' | 'role';
  /** The role behind a session. */
  roleArn?: string;
  policies: PolicyDocument[];
  permissionsBoundary?: PolicyDocument;
  sessionPolicy?: PolicyDocument;
};

const CHANGES_IDENTITIES = new Set(['iam', 'sts', 'cloudformation']);

/** Resolves access keys through moto, remembering the answer until a call may have changed it. */
export class Callers {
  readonly #moto: Moto;
  readonly #known = new Map<string, Promise<Caller | undefined>>();

  constructor(moto: Moto) {
    this.#moto = moto;
  }

  /** The key's owner; `undefined` for a key nobody has. */
  async find(accessKeyId: string): Promise<Caller | undefined> {
    const known = this.#known.get(accessKeyId);
    if (known) return known;
    const found = this.#ask(accessKeyId);
    this.#known.set(accessKeyId, found);
    return found;
  }

  /** As moto does when IAM is not enforced: a key nobody has acts in the default account. */
  stranger(): Caller {
    const { accountId } = this.#moto.ready;
    const arn = `arn:aws:iam::${accountId}:root`;
    return { accountId, partition: 'aws', arn, principalId: accountId, kind: 'user', policies: [] };
  }

  /** Forgets everything when this call can have changed users, roles or policies. */
  noticeCall(service: string, action: string): void {
    if (CHANGES_IDENTITIES.has(service) && isChange(service, action)) this.#known.clear();
  }

  async #ask(accessKeyId: string): Promise<Caller | undefined> {
    try {
      return await this.#moto.ask<Caller>('caller', { accessKeyId });
    } catch (error) {
      this.#known.delete(accessKeyId);
      if (error instanceof NotInMoto) return undefined;
      throw error;
    }
  }
}
