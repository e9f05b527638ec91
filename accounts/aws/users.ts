import type { AccessKey } from './sign-in.ts';

/** A user of an account. */
interface User {
  name: string;
  arn: string;
  tags: Record<string, string>;
}

/** An access key without its secret, which AWS shows only once. */
export interface ListedKey {
  id: string;
  active: boolean;
  createdAt: Date;
}

/**
 * IAM users of an account. IAM is eventually consistent: what was changed is seen elsewhere after a while, and until then
 * a call may answer as if it had not been. Every call rejects with AwsCallError; `mayPass` tells whether later another one
 * may succeed. What is taken away may be gone already.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export interface Users {
  get(name: string): Promise<User | undefined>;
  /** Names of all, of which `get` tells the tags. */
  names(): Promise<string[]>;
  create(user: Pick<User, 'name' | 'tags'>): Promise<'created' | 'exists'>;
  /** Gives it up when it is gone. It must have neither keys nor policies any more. */
  delete(name: string): Promise<void>;
  /** Adds tags, and replaces those of the same key. */
  tag(name: string, tags: Record<string, string>): Promise<void>;

  /** ARNs of the managed policies it has. */
  policies(name: string): Promise<string[]>;
  /** It may have it already. */
  attachPolicy(name: string, policyArn: string): Promise<void>;
  detachPolicy(name: string, policyArn: string): Promise<void>;

  keys(name: string): Promise<ListedKey[]>;
  /**
   * Makes a key; it is tried once, as a second try would make another. Of a key whose answer is lost nobody knows the
   * secret: delete what is not in a secret, and make one anew. `limit`: it has two, the most that AWS allows.
   */
  createKey(name: string): Promise<{ outcome: 'created'; key: AccessKey } | { outcome: 'limit' }>;
  deleteKey(name: string, keyId: string): Promise<void>;
}
