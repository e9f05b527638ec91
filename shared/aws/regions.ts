import { DescribeRegionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { Undetermined } from '../checks/check.ts';
import { told } from '../checks/listing.ts';
import { awsCall } from './aws-call-error.ts';

/** A region as an account has it; without `optInStatus` AWS does not tell. */
export interface AccountRegion {
  optInStatus?: string;
}

/**
 * Looks a region up among all that the partition has; undefined when it has none of that name.
 * @param homeEc2 a client of a region that every account has: in the region itself, nobody may answer
 * @throws AwsCallError
 * @throws Undetermined when AWS does not tell the regions
 */
export async function describeRegion(homeEc2: EC2Client, name: string): Promise<AccountRegion | undefined> {
  // All regions are asked for: naming an unknown one would be an error of the call.
  const output = await awsCall('ec2:DescribeRegions', () =>
    homeEc2.send(new DescribeRegionsCommand({ AllRegions: true })),
  );
  if (!output.Regions) throw new Undetermined('value_absent', 'AWS does not tell the regions there are');
  const regions = output.Regions.map((region) => told('ec2:DescribeRegions', region, 'RegionName'));
  const found = regions.find(({ RegionName }) => RegionName === name);
  return found && { optInStatus: found.OptInStatus };
}
