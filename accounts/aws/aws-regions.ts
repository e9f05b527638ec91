import { DescribeRegionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { awsCall } from '../../shared/aws/aws-call-error.ts';
import { told } from '../../shared/checks/listing.ts';

/** Names of the regions that are enabled for the account of a client. @throws AwsCallError, with OptInRequired in a new account */
export async function enabledRegions(ec2: EC2Client): Promise<string[]> {
  const action = 'ec2:DescribeRegions';
  // Without AllRegions AWS leaves out those that are not enabled.
  const output = await awsCall(action, () => ec2.send(new DescribeRegionsCommand({})));
  const { Regions } = told(action, output, 'Regions');
  return Regions.map((region) => told(action, region, 'RegionName').RegionName);
}
