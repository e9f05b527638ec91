/** A role of an account. */
interface Role {
  name: string;
  arn: string;
  /** Unique: one that is made anew under the same name has another. */
  id: string;
  tags: Record<string, string>;
}

/** IAM roles of an account: eventually consistent, as users are, and with the same promises. */
export interface Roles {
  get(name: string): Promise<Role | undefined>;
  /** Names of all but those of AWS services. */
  names(): Promise<string[]>;
  /** @param trustPolicy who may assume it, as JSON */
  create(role: {
    name: string;
    trustPolicy: string;
    description?: string;
    tags: Record<string, string>;
  }): Promise<'created' | 'exists'>;
  /** Gives it up when it is gone. It must have no policies any more. */
  delete(name: string): Promise<void>;
  /** ARNs of the managed policies it has. */
  policies(name: string): Promise<string[]>;
  /** It may have it already. */
  attachPolicy(name: string, policyArn: string): Promise<void>;
  detachPolicy(name: string, policyArn: string): Promise<void>;
}
