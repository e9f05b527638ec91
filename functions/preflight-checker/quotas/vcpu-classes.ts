/** Instance types that share a quota, counted in vCPUs. */
export interface VcpuClass {
  /** As AWS calls it. */
  title: string;
  quotaCode: string;
  /** The leading letters of its types. */
  families: ReadonlySet<string>;
}

const vcpuClass = (title: string, quotaCode: string, ...families: string[]): VcpuClass => ({
  title,
  quotaCode,
  families: new Set(families),
});

/**
 * A, C, D, H, I, M, R, T and Z. Families are told by their leading letters: `im4gn` and `is4gen` are standard;
 * `mac` runs on dedicated hosts only and is in no class.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits
 */
export const standardClass = vcpuClass(
  'Standard',
  'L-1216C47A',
  ...['a', 'c', 'd', 'h', 'i', 'im', 'is', 'm', 'r', 't', 'z'],
);

/** The others: https://docs.aws.amazon.com/general/latest/gr/ec2-service.html */
export const specialClasses: readonly VcpuClass[] = [
  vcpuClass('G and VT', 'L-DB2E81BA', 'g', 'gr', 'vt'),
  vcpuClass('P', 'L-417A185B', 'p'),
  vcpuClass('Inf', 'L-1945791B', 'inf'),
  vcpuClass('X', 'L-7295265B', 'x'),
  vcpuClass('F', 'L-74FC7D96', 'f'),
  vcpuClass('High Memory', 'L-43DA4232', 'u'),
  vcpuClass('DL', 'L-6E869C2A', 'dl'),
  vcpuClass('Trn', 'L-2C3B7624', 'trn'),
  vcpuClass('HPC', 'L-F7808C92', 'hpc'),
];

/** Whether an instance type, such as `m5.xlarge`, belongs to a class. */
export const isOf = ({ families }: VcpuClass, type: string): boolean =>
  families.has(/^[a-z]+/.exec(type)?.[0] ?? '');
