import type { Instance } from '@aws-sdk/client-ec2';
import type { ClusterConfig } from '../../../schemas/generated/preflight-checker-request.js';
import { type Finding, failed, passed, Undetermined, warning } from '../../../shared/checks/check.ts';
import type { InstanceType } from '../account-reader.ts';
import { type KnownQuota, knownQuota, type PreflightCheck, type PreflightFacts } from '../preflight-facts.ts';

/** "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances", counted in vCPUs. */
const quotaCode = 'L-1216C47A';

/**
 * Instance families of that quota, which are told by their leading letters: `im4gn` and `is4gen` are standard,
 * `inf`, `dl`, `hpc`, `mac`, `trn`, `g`, `p`, `f`, `x`, `u-*` and `vt` have quotas of their own.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits
 */
const standardFamilies = new Set(['a', 'c', 'd', 'h', 'i', 'im', 'is', 'm', 'r', 't', 'z']);

const isStandard = (type: string): boolean => standardFamilies.has(/^[a-z]+/.exec(type)?.[0] ?? '');

/** HyperShift replaces nodes of a pool by first adding one. */
const surgeNodes = 1;

const isOnDemand = ({ InstanceLifecycle, Placement }: Instance): boolean =>
  InstanceLifecycle === undefined && Placement?.Tenancy !== 'host';

/** The vCPUs of running on-demand standard instances: as configured, else the default of their type. */
async function usedVcpus({ account }: PreflightFacts): Promise<number> {
  const running = (await account.runningInstances()).filter(isOnDemand);
  const standard = running.filter(({ InstanceType: type }) => isStandard(String(type)));
  const types = new Set(
    standard.filter(({ CpuOptions }) => !CpuOptions?.CoreCount).map((i) => String(i.InstanceType)),
  );
  const sizes = types.size > 0 ? await account.instanceTypes([...types]) : [];
  return standard.reduce((sum, instance) => sum + vcpusOf(instance, sizes), 0);
}

function vcpusOf(
  { CpuOptions, InstanceType: type, InstanceId: id }: Instance,
  sizes: InstanceType[],
): number {
  if (CpuOptions?.CoreCount) return CpuOptions.CoreCount * (CpuOptions.ThreadsPerCore ?? 1);
  const size = sizes.find(({ name }) => name === type);
  if (!size) throw new Undetermined('value_absent', `EC2 does not tell how many vCPUs ${id} (${type}) has`);
  return size.vcpus;
}

/** The vCPUs of one node: the largest of the types asked for that count towards this quota; 0 when none does. */
async function vcpusPerNode({ instanceTypes, cluster }: PreflightFacts): Promise<number> {
  const types = await instanceTypes();
  const unknown = cluster.instance_types.filter((asked) => !types.some(({ name }) => name === asked));
  if (unknown.length > 0) {
    const message = `EC2 does not know the instance type ${unknown.join(', ')} here (see instance_type_offered)`;
    throw new Undetermined('depends_on_other_check', message);
  }
  return Math.max(0, ...types.filter(({ name }) => isStandard(name)).map(({ vcpus }) => vcpus));
}

/** The quota less what runs now holds what the cluster needs, at its full size and with a node to spare. */
export const quotaEc2StandardVcpu: PreflightCheck = {
  name: 'quota_ec2_standard_vcpu',
  run: async (facts) => {
    const quotaAndUse = Promise.all([knownQuota(facts, 'ec2', quotaCode), usedVcpus(facts)]);
    // Whether they can be read does not matter when no instance type counts.
    quotaAndUse.catch(() => {});
    const perNode = await vcpusPerNode(facts);
    if (perNode === 0) return [passed('None of the instance types counts towards the standard vCPU quota')];
    const [quota, used] = await quotaAndUse;
    return [verdict(facts.cluster, perNode, quota, used)];
  },
};

function verdict(cluster: ClusterConfig, perNode: number, quota: KnownQuota, used: number): Finding {
  const needed = (cluster.node_count + surgeNodes) * perNode;
  const neededAtMost = (Math.max(cluster.node_count, cluster.max_node_count ?? 0) + surgeNodes) * perNode;
  const free = quota.value - used;
  const details = {
    quota_code: quotaCode,
    quota: quota.value,
    assumed_default: quota.isDefault,
    used,
    needed,
    needed_at_most: neededAtMost,
  };
  const have = `${free} are free (quota ${quota.value}, in use ${used})`;
  const need = (vcpus: number) =>
    `${vcpus} vCPUs are needed (${vcpus / perNode} nodes of ${perNode}, one of them for upgrades)`;
  const remedy = `Ask AWS for more with: ${quota.increaseTo(used + neededAtMost)}`;
  if (free < needed) return failed(`${need(needed)} and ${have}. ${remedy}`, { details });
  if (free < neededAtMost) {
    return warning(`At its largest, ${need(neededAtMost)} and ${have}. ${remedy}`, { details });
  }
  return passed(`${need(neededAtMost)} and ${have}`, { details });
}
