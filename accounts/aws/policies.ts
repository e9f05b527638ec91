/** A managed policy of an account. */
export interface Policy {
  arn: string;
  /** The version that counts, as JSON. */
  document: string;
  tags: Record<string, string>;
}

/** Managed policies of an account itself: eventually consistent, as users are, and with the same promises. */
export interface Policies {
  /** With its tags and the version that counts. */
  get(arn: string): Promise<Policy | undefined>;
  create(policy: {
    name: string;
    document: string;
    description: string;
    tags: Record<string, string>;
  }): Promise<'created' | 'exists'>;
  /** Lets another document count. Of those before only the last one stays. */
  change(arn: string, document: string): Promise<void>;
  /** Takes it away with all its versions; gives up when it is gone. Nobody may have it any more. */
  delete(arn: string): Promise<void>;
}
