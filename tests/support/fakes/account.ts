import type { Instance } from '@aws-sdk/client-ec2';
import type {
  AccountReader,
  InstanceType,
  Quota,
} from '../../../functions/preflight-checker/account-reader.ts';
import { type PreflightCheck, preflightFacts } from '../../../functions/preflight-checker/preflight-facts.ts';
import type { ClusterConfig } from '../../../schemas/generated/preflight-checker-request.js';
import { type CheckResult, runChecks } from '../../../shared/checks/run-checks.ts';
import { type Recorded, recorded } from './recorded.ts';

export const vcpuQuota = 'ec2/L-1216C47A';
export const oidcQuota = 'iam/L-858F3967';

/** What a fake account consists of. */
interface Account {
  /** Opt-in status by region; undefined when AWS does not tell. */
  regions: Record<string, string | undefined>;
  /** Types EC2 knows, with their vCPUs. */
  instanceTypes: InstanceType[];
  /** Zones by instance type. */
  offers: Record<string, string[]>;
  instances: Instance[];
  /** By service and code, such as `ec2/L-1216C47A`. */
  quotas: Record<string, Quota | undefined>;
  /** How many there are; undefined when AWS does not tell. */
  oidcProviders: number | undefined;
  roles: string[];
}

export const quota = (value: number | undefined, rest: Partial<Quota> = {}): Quota => ({
  value,
  isDefault: false,
  region: 'us-east-1',
  ...rest,
});

/** A running on-demand instance as DescribeInstances shows it, without CpuOptions unless given. */
export const instance = (type: string, rest: Instance = {}): Instance => ({
  InstanceId: `i-of-${type}`,
  InstanceType: type as Instance['InstanceType'],
  State: { Code: 16, Name: 'running' },
  Placement: { Tenancy: 'default' },
  ...rest,
});

/** An account that passes every check for a cluster of m5.xlarge nodes. */
export function fakeAccount(differences: Partial<Account> = {}): Recorded<AccountReader> {
  const account: Account = {
    regions: { 'us-east-1': 'opt-in-not-required' },
    instanceTypes: [{ name: 'm5.xlarge', vcpus: 4 }],
    offers: { 'm5.xlarge': ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
    instances: [],
    roles: ['AWSServiceRoleForElasticLoadBalancing'],
    oidcProviders: 1,
    ...differences,
    quotas: { [vcpuQuota]: quota(100), [oidcQuota]: quota(100), ...differences.quotas },
  };
  return recorded<AccountReader>({
    region: async (name) => (name in account.regions ? { optInStatus: account.regions[name] } : undefined),
    instanceTypes: async (names) => account.instanceTypes.filter(({ name }) => names.includes(name)),
    offerings: async (names) =>
      names.flatMap((instanceType) =>
        (account.offers[instanceType] ?? []).map((zone) => ({ instanceType, zone })),
      ),
    runningInstances: async () => account.instances,
    quota: async (service, code) => account.quotas[`${service}/${code}`],
    oidcProviderCount: async () => account.oidcProviders,
    roleExists: async (name) => account.roles.includes(name),
  });
}

/** The results of one check for a cluster of two m5.xlarge nodes in us-east-1, or what is given. */
export function preflight(
  check: PreflightCheck,
  account: AccountReader,
  cluster: Partial<ClusterConfig> = {},
  region = 'us-east-1',
): Promise<CheckResult[]> {
  const config = { instance_types: ['m5.xlarge'], node_count: 2, ...cluster };
  return runChecks([check], preflightFacts(region, config, account), 60_000);
}
