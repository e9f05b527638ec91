import type { Volume } from '../account-reader.ts';
import { nodesOf, rootVolumeGib } from '../cluster-size.ts';
import type { PreflightFacts } from '../preflight-facts.ts';
import { fixed, type Need } from '../quotas/judge-quota.ts';
import { quotaCheck } from '../quotas/quota-check.ts';

/** Quotas of storage are in TiB: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-resource-quotas.html */
const gibPerTib = 1024;

/** The root volumes of the nodes are gp3: EC2VolumeDefaultType in https://github.com/openshift/hypershift/blob/main/hypershift-operator/controllers/nodepool/manifests.go */
function rootVolumes({ cluster }: PreflightFacts): Need {
  const size = rootVolumeGib(cluster);
  const amount = (nodes: number) => ({
    value: (nodes * size) / gibPerTib,
    why: `${nodes} root volumes of ${size} GiB, one of them for upgrades`,
  });
  const { now, atMost } = nodesOf(cluster);
  return { now: amount(now), atMost: amount(atMost) };
}

const none = () => fixed(0);

const sum = (volumes: Volume[], type: string, of: (volume: Volume) => number): number =>
  volumes.filter((volume) => volume.type === type).reduce((total, volume) => total + of(volume), 0);

const tib = ({ sizeGib }: Volume): number => sizeGib / gibPerTib;
const provisionedIops = ({ iops = 0 }: Volume): number => iops;

/**
 * The minimum is the one Red Hat documents for hosted control planes, which use no gp2; of the types but gp3 a
 * cluster takes nothing by itself. For ROSA Classic it is 300 TiB of each.
 */
const rows = [
  {
    name: 'quota_ebs_gp3_tib',
    code: 'L-7A658B76',
    type: 'gp3',
    documented: 1,
    need: rootVolumes,
    grows: true,
  },
  {
    name: 'quota_ebs_gp2_tib',
    code: 'L-D18FCD1D',
    type: 'gp2',
    documented: undefined,
    need: none,
    grows: false,
  },
  { name: 'quota_ebs_io1_tib', code: 'L-FD252861', type: 'io1', documented: 300, need: none, grows: false },
].map((row) => ({ ...row, unit: `TiB of ${row.type} volumes`, of: tib }));

const iops = {
  name: 'quota_ebs_io1_iops',
  code: 'L-B3A130E6',
  type: 'io1',
  documented: 300_000,
  need: none,
  grows: false,
  unit: 'IOPS of io1 volumes',
  of: provisionedIops,
};

/** The storage of the nodes' volumes, and of those that applications may ask for. */
export const quotasEbs = [...rows, iops].map(({ name, code, type, documented, need, grows, unit, of }) =>
  quotaCheck({
    name,
    quota: { service: 'ebs', code },
    unit,
    actions: ['ec2:DescribeVolumes', 'servicequotas:ListServiceQuotas'],
    used: async ({ account }) => sum(await account.volumes(), type, of),
    need,
    grows,
    documented,
    informational: need === none,
  }),
);
