import { STSClient } from '@aws-sdk/client-sts';
import { UsageError } from './usage-error.ts';

/**
 * The region of the settings, else that of the AWS configuration.
 * @param variable the tool's own variable for it, such as `ROSACTL_REGION`
 * @throws UsageError when there is none
 */
export async function regionFrom(
  { region, profile }: { region?: string; profile?: string },
  variable: string,
): Promise<string> {
  if (region) return region;
  return new STSClient({ profile }).config.region().catch((cause: unknown) => {
    throw new UsageError(`no region is set: give one with --region, ${variable} or AWS_REGION`, { cause });
  });
}

/** An endpoint that accepts and never answers is given up; the time in milliseconds. */
export const withinTime = (requestTimeout: number) => ({
  connectionTimeout: 5_000,
  requestTimeout,
  throwOnRequestTimeout: true,
});
