/** Instance types that share quotas, counted in vCPUs. */
export interface VcpuClass {
  /** As AWS calls it. */
  title: string;
  /** The quota of its on-demand instances. */
  quotaCode: string;
  /** The quota of its spot instances; absent for classes that have none. */
  spotQuotaCode?: string;
  /** The leading letters of its types. */
  families: ReadonlySet<string>;
}

const vcpuClass = (
  title: string,
  [quotaCode, spotQuotaCode]: [string, string?],
  ...families: string[]
): VcpuClass => ({ title, quotaCode, spotQuotaCode, families: new Set(families) });

/**
 * A, C, D, H, I, M, R, T and Z. Families are told by their leading letters: `im4gn` and `is4gen` are standard;
 * `mac` runs on dedicated hosts only and is in no class.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits
 */
export const standardClass = vcpuClass(
  'Standard',
  ['L-1216C47A', 'L-34B43A08'],
  ...['a', 'c', 'd', 'h', 'i', 'im', 'is', 'm', 'r', 't', 'z'],
);

/**
 * The others: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html. Where that page has a
 * spot quota of P5's own (L-C4BD4855), https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html
 * has one for all of P, as here.
 */
export const specialClasses: readonly VcpuClass[] = [
  vcpuClass('G and VT', ['L-DB2E81BA', 'L-3819A6DF'], 'g', 'gr', 'vt'),
  vcpuClass('P', ['L-417A185B', 'L-7212CCBC'], 'p'),
  vcpuClass('Inf', ['L-1945791B', 'L-B5D1601B'], 'inf'),
  vcpuClass('X', ['L-7295265B', 'L-E3A00192'], 'x'),
  vcpuClass('F', ['L-74FC7D96', 'L-88CF9481'], 'f'),
  vcpuClass('High Memory', ['L-43DA4232'], 'u'),
  vcpuClass('DL', ['L-6E869C2A', 'L-85EED4F7'], 'dl'),
  vcpuClass('Trn', ['L-2C3B7624', 'L-6B0D517C'], 'trn'),
  vcpuClass('HPC', ['L-F7808C92'], 'hpc'),
];

/** Whether an instance type, such as `m5.xlarge`, belongs to a class. */
export const isOf = ({ families }: VcpuClass, type: string): boolean =>
  families.has(/^[a-z]+/.exec(type)?.[0] ?? '');
