/**
 * Region of IAM's control plane in each partition: IAM is global, but its endpoint is signed for one region.
 * https://docs.aws.amazon.com/general/latest/gr/iam-service.html
 * Service Quotas answers for `iam` only there; AWS says so of us-east-1, of the others it is taken to be the same.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const controlPlaneRegions: Record<string, string> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};

/**
 * @param partition first part of every ARN: `aws`, `aws-us-gov` or `aws-cn`
 * @throws Error for a partition this product does not know
 */
export function controlPlaneRegion(partition: string): string {
  const region = controlPlaneRegions[partition];
  if (!region) throw new Error(`unknown AWS partition "${partition}"`);
  return region;
}

/**
 * A region that every account of the partition of `region` has enabled. AWS does not take credentials in a region
 * that is not enabled: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
export function homeRegionOf(region: string): string {
  const prefix = /^(us-gov|cn)-/.exec(region)?.[1];
  return controlPlaneRegion(prefix ? (`aws-${prefix}` as const) : 'aws');
}

/**
 * The domain of AWS's endpoints in a region: China's differs.
 * https://docs.aws.amazon.com/general/latest/gr/rande.html
 */
export const dnsSuffixOf = (region: string): string =>
  region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
