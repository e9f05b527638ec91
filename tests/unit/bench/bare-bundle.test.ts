import { describe, expect, it } from '@jest/globals';
import { bareSource } from '../../../bench/subjects/bare-bundle.ts';

const call = (service: string, action: string) => ({ service, action, region: 'us-east-1', body: '' });

describe('the source of a bare handler', () => {
  it('imports the client of each service and each command once, and nothing else', () => {
    const calls = [
      call('iam', 'GetRole'),
      call('ec2', 'DescribeVpcs'),
      call('ec2', 'DescribeSubnets'),
      call('ec2', 'DescribeVpcs'),
    ];
    expect(bareSource(calls).split('\n')).toEqual([
      "import { bareHandler } from './bare-handler.ts';",
      "import { EC2Client, DescribeSubnetsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';",
      "import { IAMClient, GetRoleCommand } from '@aws-sdk/client-iam';",
      'export const handler = bareHandler({ ' +
        'ec2: { Client: EC2Client, commands: { DescribeSubnets: DescribeSubnetsCommand, DescribeVpcs: DescribeVpcsCommand } }, ' +
        'iam: { Client: IAMClient, commands: { GetRole: GetRoleCommand } } });',
    ]);
  });

  it('cannot be made for a service it does not know', () => {
    expect(() => bareSource([call('s3', 'ListBuckets')])).toThrow('knows no SDK client of s3; add it there');
  });
});
