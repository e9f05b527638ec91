import { Undetermined } from '../../../shared/checks/check.ts';
import type { RunningInstance } from '../account-reader.ts';
import { nodesOf } from '../cluster-size.ts';
import type { PreflightFacts } from '../preflight-facts.ts';
import type { Need } from './judge-quota.ts';
import { isOf, type VcpuClass } from './vcpu-classes.ts';

/** What counts towards a quota: a running instance, or the places of a reservation. */
interface Counted {
  /** Its id. */
  id: string;
  type: string;
  number: number;
  /** vCPUs of one, where they are not the default of the type. */
  vcpus?: number;
}

/** Whether an instance counts towards a quota of on-demand instances. */
const isOnDemand = ({ InstanceLifecycle, Placement }: RunningInstance): boolean =>
  InstanceLifecycle === undefined && Placement?.Tenancy !== 'host';

/** Whether it counts towards a quota of spot instances. */
const isSpot = ({ InstanceLifecycle }: RunningInstance): boolean => InstanceLifecycle === 'spot';

/**
 * AWS counts the vCPUs that an instance uses; that these are the configured ones where CPU options are set is how
 * its page reads, not what it says:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits
 */
const configured = ({ CpuOptions: { CoreCount, ThreadsPerCore } = {} }: RunningInstance) =>
  CoreCount && ThreadsPerCore ? CoreCount * ThreadsPerCore : undefined;

const asCounted = (instance: RunningInstance): Counted => ({
  id: String(instance.InstanceId),
  type: String(instance.InstanceType),
  number: 1,
  vcpus: configured(instance),
});

async function vcpusOf({ account }: PreflightFacts, counted: Counted[]): Promise<number> {
  const types = new Set(counted.filter(({ vcpus }) => !vcpus).map(({ type }) => type));
  const sizes = types.size > 0 ? await account.instanceTypes([...types]) : [];
  const sizeOf = new Map(sizes.map(({ name, vcpus }) => [name, vcpus]));
  return counted.reduce((sum, { id, type, number, vcpus = sizeOf.get(type) }) => {
    if (vcpus !== undefined) return sum + number * vcpus;
    throw new Undetermined('value_absent', `EC2 does not tell how many vCPUs ${id} (${type}) has`);
  }, 0);
}

/**
 * What counts towards the on-demand quota of a class: running instances, and places in capacity reservations that
 * no instance has. The reservation that the nodes are to use is left out, since the nodes are counted as need.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits
 */
export async function onDemandVcpus(facts: PreflightFacts, group: VcpuClass): Promise<number> {
  const { account, cluster, home } = facts;
  const [running, unused] = await Promise.all([
    account.runningInstances(),
    account.unusedReservations(home.account),
  ]);
  const reserved = unused
    .filter(({ reservationId }) => reservationId !== cluster.capacity_reservation_id)
    .map(({ reservationId: id, instanceType: type, places: number }): Counted => ({ id, type, number }));
  const counted = [...running.filter(isOnDemand).map(asCounted), ...reserved];
  return vcpusOf(
    facts,
    counted.filter(({ type }) => isOf(group, type)),
  );
}

/**
 * What counts towards the spot quota of a class: running instances. Open spot requests count, too, and are not
 * looked at: a request is either met at once, and then runs, or waits for capacity.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html
 */
export async function spotVcpus(facts: PreflightFacts, group: VcpuClass): Promise<number> {
  const running = (await facts.account.runningInstances()).filter(isSpot).map(asCounted);
  return vcpusOf(
    facts,
    running.filter(({ type }) => isOf(group, type)),
  );
}

/** Whether one of the types that are asked for belongs to a class. */
export const asksFor = ({ cluster }: PreflightFacts, group: VcpuClass): boolean =>
  cluster.instance_types.some((type) => isOf(group, type));

/** What the nodes take of a class: as if all were of the largest of its types that are asked for. */
export async function vcpuNeed({ instanceTypes, cluster }: PreflightFacts, group: VcpuClass): Promise<Need> {
  const types = await instanceTypes();
  const unknown = cluster.instance_types.filter((asked) => !types.some(({ name }) => name === asked));
  if (unknown.length > 0) {
    const message = `EC2 does not know the instance type ${unknown.join(', ')} here (see instance_type_offered)`;
    throw new Undetermined('depends_on_other_check', message);
  }
  const perNode = Math.max(...types.filter(({ name }) => isOf(group, name)).map(({ vcpus }) => vcpus));
  const { now, atMost } = nodesOf(cluster);
  const amount = (nodes: number) => ({
    value: nodes * perNode,
    why: `${nodes} nodes of ${perNode}, one of them for upgrades`,
  });
  return { now: amount(now), atMost: amount(atMost) };
}
