import type { ResourceStore } from '../../shared/resources/resource-store.ts';

/** What the operations of the API need of the world. */
export interface ApiDependencies {
  store: ResourceStore;
  /** The region this API works in. */
  region: string;
  /** The role that invokes the customers' functions. */
  clmRoleArn: string;
  /** Accounts that may read every account. */
  operatorAccounts: readonly string[];
  /** What the issuer URLs of clusters begin with; the cluster's id follows. */
  oidcIssuerBaseUrl: string;
  /** A UUID that was never given before. */
  newId(): string;
}
