/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

/** An instance. */
export interface Instance {
  id: string;
  type: string;
  state: InstanceState;
}

/** An image to start an instance of. */
export interface Image {
  id: string;
  /** Name of its root volume's device, such as `/dev/xvda`. */
  rootDevice: string;
  /** Size of its root volume in GiB. */
  rootGiB: number;
}

/** An instance to be started; its volume is encrypted, nothing of it is left when it ends, and it does so in an hour. */
export interface InstanceRequest {
  image: Image;
  type: string;
  /** Of the instance and its volume. */
  tags: Record<string, string>;
  /** Absent: AWS's own key for volumes. */
  kmsKeyId?: string;
  /** At most 64 characters. The same request with the same token never starts a second instance. */
  token: string;
}

/**
 * What came of starting an instance.
 * - `spent`: this token starts nothing more. What it has started is gone, or was asked for otherwise and may be there.
 * - `later`: AWS is still verifying the account, or has no place: the same request may be made again.
 * - `limit`: the account may not have another one.
 */
export type InstanceStart =
  | { outcome: 'started'; instanceId: string }
  | { outcome: 'spent' }
  | { outcome: 'later'; code: string; said: string }
  | { outcome: 'limit'; code: string; said: string };

/**
 * EC2 instances of an account in a region, eventually consistent: an instance that was just started may not be found.
 * Every call rejects with AwsCallError; in a new account all of them may, as `unauthenticated` with the code
 * OptInRequired, until AWS has made it ready.
 */
export interface Instances {
  /** All that carry all of the tags, terminated ones left out. */
  withTags(tags: Record<string, string>): Promise<Instance[]>;
  /** The newest image for x86_64 of an owner; undefined when none fits. @param names may have `*` */
  newestImage(owner: string, names: string): Promise<Image | undefined>;
  start(request: InstanceRequest): Promise<InstanceStart>;
  /** Undefined when there is none, or it is not seen yet. */
  state(instanceId: string): Promise<InstanceState | undefined>;
  /** Terminates it; `not there` may also mean that it is not seen yet. */
  terminate(instanceId: string): Promise<'terminating' | 'not there'>;
}
