/**
 * What a former holder may leave in an account, and where it is looked for: in each region, or once in the account. A kind
 * is cleaned when it is in this list, and in that of the adapters: aws-leftovers.ts
 */
export const leftoverKinds = {
  EBSSnapshots: 'region',
  EBSVolumes: 'region',
  VPCEndpointServices: 'region',
  S3Buckets: 'account',
  Route53HostedZones: 'account',
} as const;

export type LeftoverKind = keyof typeof leftoverKinds;

/**
 * Things of one kind, in one place. Both calls reject with AwsCallError when AWS refuses them.
 */
export interface Leftovers {
  /** Ids of all there are, but for those that AWS is taking away already. */
  ids(): Promise<string[]>;
  /**
   * Takes one away with all that is in it; it may be gone already. When there is no time for all of it, it is still there
   * afterwards.
   * @param mayGoOn whether there is time for more
   */
  remove(id: string, mayGoOn: () => boolean): Promise<void>;
}
