import {
  type EC2Client,
  type Instance,
  paginateDescribeInstances,
  paginateDescribeInstanceTypeOfferings,
  paginateDescribeInstanceTypes,
} from '@aws-sdk/client-ec2';
import { GetRoleCommand, type IAMClient, ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  type ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import { awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import { collect } from '../../shared/aws/collect.ts';
import { describeRegion } from '../../shared/aws/regions.ts';

/** What an account allows of one quota. */
export interface Quota {
  /** Absent when AWS gives none, for instance for lack of a permission that the quota depends on. */
  value?: number;
  /** true: the account has no applied value of its own, this is AWS's default. */
  isDefault: boolean;
  /** Why there is no value, as AWS says it. */
  errorReason?: string;
  /** The region that keeps the quota and where an increase is asked for. */
  region: string;
}

/** An EC2 instance type's size. */
export interface InstanceType {
  name: string;
  vcpus: number;
}

/** Reads the account. Every call rejects with AwsCallError when AWS refuses it; every listing is complete. */
export interface AccountReader {
  /** The region's opt-in status, absent when AWS does not tell; undefined when there is no such region. */
  region(name: string): Promise<{ optInStatus?: string } | undefined>;
  instanceTypes(names: string[]): Promise<InstanceType[]>;
  /** The zones (by name) of the region in which each of the types is offered. */
  offerings(names: string[]): Promise<{ instanceType: string; zone: string }[]>;
  /** Instances that count towards a vCPU quota by state: pending and running. */
  runningInstances(): Promise<Instance[]>;
  /** The quota, or undefined when the service does not know the code. */
  quota(serviceCode: string, quotaCode: string): Promise<Quota | undefined>;
  /** undefined when AWS does not tell. */
  oidcProviderCount(): Promise<number | undefined>;
  roleExists(name: string): Promise<boolean>;
}

/** The SDK clients an account is read with. Quotas of global services are kept in another region than others. */
export interface AccountClients {
  ec2: EC2Client;
  /** For the list of regions: one that is enabled for sure, which the cluster's may not be. */
  homeEc2: EC2Client;
  iam: IAMClient;
  quotas: ServiceQuotasClient;
  globalQuotas: ServiceQuotasClient;
}

/** Services whose quotas answer in the partition's control-plane region only. */
const globalServices = new Set(['iam', 'route53']);

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html */
const mostFilterValues = 200;

const inChunks = <Item>(items: Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** Reads the account that the clients' credentials belong to. */
export const awsAccountReader = ({
  ec2,
  homeEc2,
  iam,
  quotas,
  globalQuotas,
}: AccountClients): AccountReader => ({
  region: (name) => describeRegion(homeEc2, name),

  instanceTypes: async (names) => {
    // A filter leaves unknown types out; naming them in InstanceTypes would fail the whole call.
    const filtered = inChunks(names, mostFilterValues).map((Values) => [{ Name: 'instance-type', Values }]);
    const found = filtered.map((Filters) =>
      collect(
        'ec2:DescribeInstanceTypes',
        paginateDescribeInstanceTypes({ client: ec2 }, { Filters }),
        (page) => page.InstanceTypes,
      ),
    );
    return (await Promise.all(found))
      .flat()
      .flatMap(({ InstanceType: name, VCpuInfo }) =>
        name && VCpuInfo?.DefaultVCpus ? [{ name, vcpus: VCpuInfo.DefaultVCpus }] : [],
      );
  },

  offerings: async (names) => {
    const offers = await collect(
      'ec2:DescribeInstanceTypeOfferings',
      paginateDescribeInstanceTypeOfferings(
        { client: ec2 },
        { LocationType: 'availability-zone', Filters: [{ Name: 'instance-type', Values: names }] },
      ),
      (page) => page.InstanceTypeOfferings,
    );
    return offers.flatMap(({ InstanceType: instanceType, Location: zone }) =>
      instanceType && zone ? [{ instanceType, zone }] : [],
    );
  },

  runningInstances: async () => {
    const reservations = await collect(
      'ec2:DescribeInstances',
      paginateDescribeInstances(
        { client: ec2 },
        { Filters: [{ Name: 'instance-state-name', Values: ['pending', 'running'] }] },
      ),
      (page) => page.Reservations,
    );
    return reservations.flatMap(({ Instances }) => Instances ?? []);
  },

  quota: async (serviceCode, quotaCode) => {
    const client = globalServices.has(serviceCode) ? globalQuotas : quotas;
    const key = { ServiceCode: serviceCode, QuotaCode: quotaCode };
    const applied = await unlessMissing(
      awsCall('servicequotas:GetServiceQuota', () => client.send(new GetServiceQuotaCommand(key))),
    );
    // A quota that was never raised may have no applied value, only AWS's default.
    const output =
      applied ??
      (await unlessMissing(
        awsCall('servicequotas:GetAWSDefaultServiceQuota', () =>
          client.send(new GetAWSDefaultServiceQuotaCommand(key)),
        ),
      ));
    if (!output?.Quota) return undefined;
    return {
      value: output.Quota.Value,
      isDefault: applied === undefined,
      errorReason: output.Quota.ErrorReason?.ErrorMessage ?? output.Quota.ErrorReason?.ErrorCode,
      region: await client.config.region(),
    };
  },

  oidcProviderCount: async () => {
    // Not paginated: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html
    const output = await awsCall('iam:ListOpenIDConnectProviders', () =>
      iam.send(new ListOpenIDConnectProvidersCommand({})),
    );
    return output.OpenIDConnectProviderList?.length;
  },

  roleExists: async (name) => {
    const role = await unlessMissing(
      awsCall('iam:GetRole', () => iam.send(new GetRoleCommand({ RoleName: name }))),
    );
    return role !== undefined;
  },
});
