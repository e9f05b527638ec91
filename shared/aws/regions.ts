import { DescribeRegionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { awsCall } from './aws-call-error.ts';

/** A region as an account has it; without `optInStatus` AWS does not tell. */
export interface AccountRegion {
  optInStatus?: string;
}

/**
 * Looks a region up among all that the partition has; undefined when it has none of that name.
 * @param homeEc2 a client of a region that every account has: in the region itself, nobody may answer
 * @throws AwsCallError
 */
export async function describeRegion(homeEc2: EC2Client, name: string): Promise<AccountRegion | undefined> {
  // All regions are asked for: naming an unknown one would be an error of the call.
  const output = await awsCall('ec2:DescribeRegions', () =>
    homeEc2.send(new DescribeRegionsCommand({ AllRegions: true })),
  );
  const found = output.Regions?.find(({ RegionName }) => RegionName === name);
  return found && { optInStatus: found.OptInStatus };
}
