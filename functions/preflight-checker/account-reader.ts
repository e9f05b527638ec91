import type { Instance } from '@aws-sdk/client-ec2';

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

/** An EC2 instance type's size and processor architectures, such as `x86_64`. */
export interface InstanceType {
  name: string;
  vcpus: number;
  architectures?: string[];
}

/** What of a running instance decides which quota it counts towards. */
export type RunningInstance = Pick<
  Instance,
  'InstanceId' | 'InstanceType' | 'InstanceLifecycle' | 'Placement' | 'CpuOptions'
>;

/** An availability zone, local zone or wavelength zone of the region; fields AWS does not tell are absent. */
export interface Zone {
  name: string;
  type?: string;
  state?: string;
  optInStatus?: string;
}

/** The size of an EBS volume. */
export interface Volume {
  type: string;
  sizeGib: number;
  /** Absent for types without provisioned IOPS. */
  iops?: number;
}

/** The kinds of load balancers that have quotas of their own. */
export type LoadBalancerKind = 'network' | 'application' | 'classic';

/** All network interfaces of the region. */
export interface NetworkInterfaces {
  /** The zone of each; undefined where AWS does not tell it. */
  zones: (string | undefined)[];
  /** Distinct load balancers among their owners. */
  loadBalancers: Record<LoadBalancerKind, number>;
}

/** A VPC endpoint: `Interface`, `Gateway` or another type. */
export interface Endpoint {
  type?: string;
  vpcId?: string;
}

/** A capacity reservation; fields AWS does not tell are absent. */
export interface CapacityReservation {
  state?: string;
  instanceType?: string;
  zone?: string;
  available?: number;
}

/** Places that the account's on-demand capacity reservations keep free, for instances of a type. */
export interface ReservedPlaces {
  reservationId: string;
  instanceType: string;
  places: number;
}

/** How new EBS volumes are encrypted that do not say it themselves. */
export interface EbsEncryption {
  byDefault?: boolean;
  keyId?: string;
}

/** An IAM role. */
export interface Role {
  name: string;
  arn?: string;
  tags: Record<string, string>;
  /** JSON text of its trust policy. */
  trustPolicy: string;
  permissionsBoundary?: string;
}

/** An OIDC provider; `clientIds` is absent when AWS does not tell them. */
export interface OidcProvider {
  clientIds?: string[];
  tags: Record<string, string>;
}

/**
 * Reads the account. Every call rejects with AwsCallError when AWS refuses it, and with Undetermined when the answer
 * lacks what it should tell; every listing is complete.
 */
export interface AccountReader {
  /** The region's opt-in status, absent when AWS does not tell; undefined when there is no such region. */
  region(name: string): Promise<{ optInStatus?: string } | undefined>;
  zones(): Promise<Zone[]>;
  instanceTypes(names: string[]): Promise<InstanceType[]>;
  /** The zones (by name) of the region in which each of the types is offered. */
  offerings(names: string[]): Promise<{ instanceType: string; zone: string }[]>;
  /** undefined when there is none of that id. */
  capacityReservation(id: string): Promise<CapacityReservation | undefined>;
  /** Reservations of the account's own that nobody uses or not all of. */
  unusedReservations(account: string): Promise<ReservedPlaces[]>;
  /** The image's owner, absent when AWS does not tell; undefined when the account sees no such image. */
  image(id: string): Promise<{ owner?: string } | undefined>;
  ebsEncryption(): Promise<EbsEncryption>;
  /** Instances that count towards a vCPU quota by state: pending and running. */
  runningInstances(): Promise<RunningInstance[]>;
  /** Volumes of the types that have a quota a cluster looks at: gp2, gp3 and io1. */
  volumes(): Promise<Volume[]>;
  snapshotCount(): Promise<number>;
  addressCount(): Promise<number>;
  vpcCount(): Promise<number>;
  internetGatewayCount(): Promise<number>;
  securityGroupCount(): Promise<number>;
  networkInterfaces(): Promise<NetworkInterfaces>;
  endpoints(): Promise<Endpoint[]>;
  /** The zone of each NAT gateway that counts towards its quota; undefined where AWS does not tell it. */
  natGatewayZones(): Promise<(string | undefined)[]>;
  /** The quota, or undefined when the service does not know the code. */
  quota(serviceCode: string, quotaCode: string): Promise<Quota | undefined>;
  /** Counts and quotas of IAM by name, such as `Roles` and `RolesQuota`. */
  iamSummary(): Promise<Record<string, number>>;
  /** undefined when AWS does not tell. */
  oidcProviderCount(): Promise<number | undefined>;
  /** undefined when there is none of that ARN. */
  oidcProvider(arn: string): Promise<OidcProvider | undefined>;
  /** undefined when there is none of that name. */
  role(name: string): Promise<Role | undefined>;
  /** ARNs of the managed policies that are attached to a role; undefined when there is no such role. */
  attachedPolicies(roleName: string): Promise<string[] | undefined>;
}
