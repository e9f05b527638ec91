/** What AWS says of a policy. */
export type TrialAnswer = { outcome: 'taken' } | { outcome: 'refused'; said: string };

/**
 * The one thing that is done in the account that pays: letting AWS say whether it takes a policy, by making it and taking
 * it away. Nobody ever gets it, so that it allows nothing while it is there; those who try have a path of their own, and
 * may do nothing else with IAM there. docs/accounts/federated.md
 */
export interface PolicyTrials {
  /** Whether AWS has a managed policy of that name; one that is not at the top has its path in it. */
  hasManaged(name: string): Promise<boolean>;
  /**
   * Makes a policy, unless it is there already.
   * @throws AwsCallError, after which nobody knows whether it was made when it says `unavailable`
   */
  make(name: string, document: string): Promise<TrialAnswer>;
  /** Takes it away. `not there`: it was never made, is gone, or is not seen yet. */
  unmake(name: string): Promise<'gone' | 'not there'>;
}
