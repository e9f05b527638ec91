import type {
  InstanceRequest,
  InstanceStart,
  InstanceState,
  Instances,
} from '../../../accounts/aws/instances.ts';
import { awsError } from '../../support/fakes/aws-errors.ts';
import type { Call } from '../engine/attempt.ts';
import type { AwsSettings } from './settings.ts';
import { Eventual, type Spreading } from './spreading.ts';

/** An instance as it is in truth. */
interface StoredInstance {
  id: string;
  region: string;
  token: string;
  imageId: string;
  type: string;
  tags: Record<string, string>;
  runningAt: Date;
  /** When its end was asked for, and when it is over. */
  end?: { askedAt: Date; overAt: Date };
  isThere: Eventual<boolean>;
}

/** EC2 of one account, in all regions. */
export class Ec2Model {
  readonly #spreading: Spreading;
  readonly #settings: AwsSettings;
  readonly #verifiedAt: Date;
  readonly #instances: StoredInstance[] = [];

  constructor(spreading: Spreading, settings: AwsSettings) {
    this.#spreading = spreading;
    this.#settings = settings;
    this.#verifiedAt = spreading.after(spreading.random.between(...settings.verificationSeconds));
  }

  /** In truth: regions in which an instance has ever been started. */
  get usedRegions(): string[] {
    return [...new Set(this.#instances.map(({ region }) => region))];
  }

  /** In truth: instances that were started and have not ended, and are not about to. */
  get leftInstances(): { id: string; region: string }[] {
    return this.#instances.filter(({ end }) => !end).map(({ id, region }) => ({ id, region }));
  }

  /** How many were ever started, by region. */
  startedIn(region: string): number {
    return this.#instances.filter((one) => one.region === region).length;
  }

  enabledRegions(call: Call): Promise<string[]> {
    return call('ec2:DescribeRegions', () => {
      this.#checkOptedIn('ec2:DescribeRegions');
      return [...this.#settings.regions];
    });
  }

  instances(region: string, call: Call): Instances {
    const here = () => this.#instances.filter((one) => one.region === region);
    const seen = (id: string) => here().find((one) => one.id === id && one.isThere.seen());
    return {
      withTags: (tags) =>
        call(`ec2:DescribeInstances ${region}`, () => {
          this.#checkOptedIn('ec2:DescribeInstances');
          return here()
            .filter((one) => Object.entries(tags).every(([key, value]) => one.tags[key] === value))
            .filter((one) => one.isThere.seen() && this.#stateOf(one) !== 'terminated')
            .map((one) => ({ id: one.id, type: one.type, state: this.#stateOf(one) }));
        }),
      newestImage: () =>
        call(`ec2:DescribeImages ${region}`, () => {
          this.#checkOptedIn('ec2:DescribeImages');
          const number = Math.floor(Number(this.#spreading.now()) / 1_000 / this.#settings.imageSeconds);
          return { id: `ami-${region}-${number}`, rootDevice: '/dev/xvda', rootGiB: 8 };
        }),
      start: (request) => call(`ec2:RunInstances ${region}`, () => this.#start(region, request)),
      state: (id) =>
        call(`ec2:DescribeInstanceStatus ${region}`, () => {
          this.#checkOptedIn('ec2:DescribeInstanceStatus');
          const instance = seen(id);
          return instance && this.#stateOf(instance);
        }),
      terminate: (id) =>
        call(`ec2:TerminateInstances ${region}`, () => {
          const instance = seen(id);
          if (!instance) return 'not there';
          this.#end(instance);
          return 'terminating';
        }),
    };
  }

  get #isVerified(): boolean {
    return this.#spreading.now() >= this.#verifiedAt;
  }

  #checkOptedIn(action: string): void {
    if (!this.#isVerified && this.#spreading.random.chance(0.3)) throw awsError(action, 'OptInRequired');
  }

  #start(region: string, { image, token, type, tags }: InstanceRequest): InstanceStart {
    const { random } = this.#spreading;
    const known = this.#instances.find((one) => one.region === region && one.token === token);
    if (known) {
      const isSame = !known.end && known.imageId === image.id;
      return isSame ? { outcome: 'started', instanceId: known.id } : { outcome: 'spent' };
    }
    if (!this.#isVerified) {
      return {
        outcome: 'later',
        code: random.pick(['PendingVerification', 'OptInRequired']),
        said: 'not verified',
      };
    }
    if (random.chance(this.#settings.noPlace)) {
      return { outcome: 'later', code: 'InsufficientInstanceCapacity', said: 'no place' };
    }
    const id = `i-${random.text(17)}`;
    const runningAt = this.#spreading.after(random.between(...this.#settings.instanceSeconds));
    const isThere = new Eventual(this.#spreading, false);
    isThere.set(true);
    const imageId = image.id;
    this.#instances.push({ id, region, token, imageId, type, tags: { ...tags }, runningAt, isThere });
    return { outcome: 'started', instanceId: id };
  }

  #end(instance: StoredInstance): void {
    if (instance.end) return;
    const { random, now } = this.#spreading;
    const overAt = this.#spreading.after(random.between(...this.#settings.instanceSeconds));
    instance.end = { askedAt: now(), overAt };
    this.#spreading.changes += 1;
  }

  #stateOf({ runningAt, end }: StoredInstance): InstanceState {
    const now = this.#spreading.now();
    if (end) return now >= end.overAt ? 'terminated' : 'shutting-down';
    return now >= runningAt ? 'running' : 'pending';
  }
}
