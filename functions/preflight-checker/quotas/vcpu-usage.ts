import { Undetermined } from '../../../shared/checks/check.ts';
import type { RunningInstance } from '../account-reader.ts';
import { nodesOf } from '../cluster-size.ts';
import type { PreflightFacts } from '../preflight-facts.ts';
import type { Need } from './judge-quota.ts';
import { isOf, type VcpuClass } from './vcpu-classes.ts';

/** Whether an instance counts towards a quota of on-demand instances. */
export const isOnDemand = ({ InstanceLifecycle, Placement }: RunningInstance): boolean =>
  InstanceLifecycle === undefined && Placement?.Tenancy !== 'host';

/** Whether it counts towards a quota of spot instances. */
export const isSpot = ({ InstanceLifecycle }: RunningInstance): boolean => InstanceLifecycle === 'spot';

const configured = ({ CpuOptions: { CoreCount, ThreadsPerCore } = {} }: RunningInstance) =>
  CoreCount && ThreadsPerCore ? CoreCount * ThreadsPerCore : undefined;

/** The vCPUs of running instances of a class: as configured, else the default of their type. */
export async function vcpusInUse(
  { account }: PreflightFacts,
  group: VcpuClass,
  counts: (instance: RunningInstance) => boolean,
): Promise<number> {
  const running = (await account.runningInstances()).filter(
    (instance) => counts(instance) && isOf(group, String(instance.InstanceType)),
  );
  const types = new Set(running.filter((one) => !configured(one)).map((one) => String(one.InstanceType)));
  const sizes = types.size > 0 ? await account.instanceTypes([...types]) : [];
  const sizeOf = new Map(sizes.map(({ name, vcpus }) => [name, vcpus]));
  return running.reduce((sum, instance) => {
    const vcpus = configured(instance) ?? sizeOf.get(String(instance.InstanceType));
    if (vcpus !== undefined) return sum + vcpus;
    const { InstanceId: id, InstanceType: type } = instance;
    throw new Undetermined('value_absent', `EC2 does not tell how many vCPUs ${id} (${type}) has`);
  }, 0);
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
