import { type Finding, failed, passed, Undetermined } from '../../../shared/checks/check.ts';
import type { InstanceType } from '../account-reader.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/** What nodes can run on: https://hypershift.pages.dev/reference/api/ (NodePool, spec.arch) */
const supported = ['x86_64', 'arm64'];

function judge(type: string, region: string, found: InstanceType | undefined): Finding {
  const details = { instance_type: type, vcpus: found?.vcpus, architectures: found?.architectures };
  if (!found)
    return failed(`EC2 has no instance type ${type} in ${region}. Choose another one`, {
      details: { instance_type: type },
    });
  if (!found.architectures)
    throw new Undetermined('value_absent', `EC2 does not tell the processor architecture of ${type}`);
  if (found.architectures.some((architecture) => supported.includes(architecture)))
    return passed(`${type} has ${found.vcpus} vCPUs (${found.architectures.join(', ')})`, { details });
  return failed(
    `${type} has the processor architecture ${found.architectures.join(', ')}; nodes run on ${supported.join(' or ')}. Choose another instance type`,
    { details },
  );
}

/** The instance types are such as EC2 has, with a processor that nodes can run on. */
export const instanceTypeExists: PreflightCheck = {
  name: 'instance_type_exists',
  what: 'EC2 has the instance types, and nodes can run on their processors',
  actions: ['ec2:DescribeInstanceTypes'],
  rule: 'Fails when EC2 has no instance type of that name in the region, or when its processor is neither x86_64 nor arm64.',
  remedy: 'Choose another instance type',
  run: async ({ cluster, region, instanceTypes }) => {
    const types = await instanceTypes();
    return cluster.instance_types.map((asked) =>
      judge(
        asked,
        region,
        types.find(({ name }) => name === asked),
      ),
    );
  },
};
