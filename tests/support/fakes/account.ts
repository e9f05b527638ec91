import type { Instance } from '@aws-sdk/client-ec2';
import type {
  AccountReader,
  CapacityReservation,
  EbsEncryption,
  Endpoint,
  InstanceType,
  NetworkInterfaces,
  OidcProvider,
  Quota,
  ReservedPlaces,
  Role,
  Volume,
  Zone,
} from '../../../functions/preflight-checker/account-reader.ts';
import { type PreflightCheck, preflightFacts } from '../../../functions/preflight-checker/preflight-facts.ts';
import type { ClusterConfig } from '../../../schemas/generated/preflight-checker-request.js';
import { type CheckResult, runChecks } from '../../../shared/checks/run-checks.ts';
import { type Recorded, recorded } from './recorded.ts';
import { noted } from './seen-findings.ts';

export const vcpuQuota = 'ec2/L-1216C47A';
export const oidcQuota = 'iam/L-858F3967';

/** What a fake account consists of. */
export interface Account {
  /** Opt-in status by region; undefined when AWS does not tell. */
  regions: Record<string, string | undefined>;
  zones: Zone[];
  /** Types EC2 knows, with their vCPUs. */
  instanceTypes: InstanceType[];
  /** Zones by instance type. */
  offers: Record<string, string[]>;
  instances: Instance[];
  reservations: Record<string, CapacityReservation>;
  /** Places of capacity reservations that no instance has. */
  unused: ReservedPlaces[];
  /** Owners by id; undefined when AWS does not tell. */
  images: Record<string, string | undefined>;
  encryption: EbsEncryption;
  volumes: Volume[];
  /** How many there are of what is only counted. */
  counts: {
    snapshots: number;
    addresses: number;
    vpcs: number;
    internetGateways: number;
    securityGroups: number;
  };
  interfaces: NetworkInterfaces;
  endpoints: Endpoint[];
  natZones: (string | undefined)[];
  /** By service and code, such as `ec2/L-1216C47A`; of any other there is plenty. */
  quotas: Record<string, Quota | undefined>;
  iamSummary: Record<string, number>;
  /** How many there are; undefined when AWS does not tell. */
  oidcProviders: number | undefined;
  /** By ARN. */
  providers: Record<string, OidcProvider>;
  roles: Role[];
  /** ARNs by role name. */
  policies: Record<string, string[]>;
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

export const zone = (name: string, rest: Partial<Zone> = {}): Zone => ({
  name,
  type: 'availability-zone',
  state: 'available',
  optInStatus: 'opt-in-not-required',
  ...rest,
});

export const fakeRole = (name: string, rest: Partial<Role> = {}): Role => ({
  name,
  arn: `arn:aws:iam::123456789012:role/${name}`,
  tags: {},
  trustPolicy: '{}',
  ...rest,
});

export const iamSummary = {
  GlobalEndpointTokenVersion: 1,
  Roles: 40,
  RolesQuota: 1000,
  InstanceProfiles: 2,
  InstanceProfilesQuota: 1000,
  AttachedPoliciesPerRoleQuota: 10,
};

const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

const wellEquipped: Account = {
  regions: { 'us-east-1': 'opt-in-not-required' },
  zones: zones.map((name) => zone(name)),
  instanceTypes: [{ name: 'm5.xlarge', vcpus: 4, architectures: ['x86_64'] }],
  offers: { 'm5.xlarge': zones },
  instances: [],
  reservations: {},
  unused: [],
  images: {},
  encryption: { byDefault: false, keyId: 'alias/aws/ebs' },
  volumes: [],
  counts: { snapshots: 0, addresses: 1, vpcs: 2, internetGateways: 1, securityGroups: 4 },
  interfaces: {
    zones: Array(10).fill('us-east-1a'),
    loadBalancers: { network: 0, application: 0, classic: 0 },
  },
  endpoints: [],
  natZones: ['us-east-1a'],
  quotas: {},
  iamSummary,
  oidcProviders: 1,
  providers: {},
  roles: [fakeRole('AWSServiceRoleForElasticLoadBalancing')],
  policies: {},
};

/** An account that passes every check for a cluster of m5.xlarge nodes. */
export function fakeAccount(differences: Partial<Account> = {}): Recorded<AccountReader> {
  const account: Account = { ...wellEquipped, ...differences };
  const quotas: Account['quotas'] = {
    [vcpuQuota]: quota(100),
    [oidcQuota]: quota(100),
    ...differences.quotas,
  };
  const { counts } = account;
  return recorded<AccountReader>({
    region: async (name) => (name in account.regions ? { optInStatus: account.regions[name] } : undefined),
    zones: async () => account.zones,
    instanceTypes: async (names) => account.instanceTypes.filter(({ name }) => names.includes(name)),
    offerings: async (names) =>
      names.flatMap((instanceType) =>
        (account.offers[instanceType] ?? []).map((zone) => ({ instanceType, zone })),
      ),
    capacityReservation: async (id) => account.reservations[id],
    unusedReservations: async () => account.unused,
    image: async (id) => (id in account.images ? { owner: account.images[id] } : undefined),
    ebsEncryption: async () => account.encryption,
    runningInstances: async () => account.instances,
    volumes: async () => account.volumes,
    snapshotCount: async () => counts.snapshots,
    addressCount: async () => counts.addresses,
    vpcCount: async () => counts.vpcs,
    internetGatewayCount: async () => counts.internetGateways,
    securityGroupCount: async () => counts.securityGroups,
    networkInterfaces: async () => account.interfaces,
    endpoints: async () => account.endpoints,
    natGatewayZones: async () => account.natZones,
    quota: async (service, code) => {
      const key = `${service}/${code}`;
      return key in quotas ? quotas[key] : quota(1_000_000);
    },
    iamSummary: async () => account.iamSummary,
    oidcProviderCount: async () => account.oidcProviders,
    oidcProvider: async (arn) => account.providers[arn],
    role: async (name) => account.roles.find((role) => role.name === name),
    attachedPolicies: async (name) =>
      account.roles.some((role) => role.name === name) ? (account.policies[name] ?? []) : undefined,
  });
}

/** Where the fake function is. */
export const home = { partition: 'aws', account: '123456789012', region: 'us-east-1' };

/** The results of one check for a cluster of two m5.xlarge nodes in us-east-1, or what is given. */
export function preflight(
  check: PreflightCheck,
  account: AccountReader,
  config: Partial<ClusterConfig> = {},
  region = 'us-east-1',
): Promise<CheckResult[]> {
  const cluster = { instance_types: ['m5.xlarge'], node_count: 2, ...config };
  return runChecks([check], preflightFacts({ region, cluster, home }, account), 60_000).then(noted);
}
