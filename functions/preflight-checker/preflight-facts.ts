import type { ClusterConfig } from '../../schemas/generated/preflight-checker-request.js';
import type { CataloguedCheck } from '../../shared/checks/check.ts';
import type { AccountReader, InstanceType } from './account-reader.ts';
import { askedOnce } from './asked-once.ts';

/** Where the function is. */
interface Home {
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  partition: string;
  /** The 12-digit account. */
  account: string;
  region: string;
}

/** What the checks of one run share: the request, and the account, each fact of which is fetched at most once. */
export interface PreflightFacts {
  region: string;
  cluster: ClusterConfig;
  home: Home;
  account: AccountReader;
  /** The instance types of the request that EC2 knows in this region. */
  instanceTypes(): Promise<InstanceType[]>;
  /** Why facts could not be had, once no check waits for one any more. */
  failures(): Promise<unknown[]>;
}

export type PreflightCheck = CataloguedCheck<PreflightFacts>;

/** Facts about the account for a cluster; an instance type that is named twice is looked at once. */
export function preflightFacts(
  request: { region: string; cluster: ClusterConfig; home: Home },
  reader: AccountReader,
): PreflightFacts {
  const cluster = { ...request.cluster, instance_types: [...new Set(request.cluster.instance_types)] };
  const { account, failures } = askedOnce(reader);
  return {
    ...request,
    cluster,
    account,
    instanceTypes: () => account.instanceTypes(cluster.instance_types),
    failures,
  };
}
