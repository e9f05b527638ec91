import { describe, expect, it } from '@jest/globals';
import { vpcExists } from '../../../../../functions/network-verifier/checks/vpc-exists.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';
import { fakeNetwork, verify, vpc, vpcId } from '../../../../support/fakes/network.ts';

describe('vpc_exists', () => {
  it('passes an available VPC and gives its range', async () => {
    const results = await verify(vpcExists, fakeNetwork());
    expect(results).toEqual([
      {
        check: 'vpc_exists',
        status: 'passed',
        message: `${vpcId} exists and is available`,
        details: { state: 'available', cidr_block: '10.0.0.0/16' },
      },
    ]);
  });

  it('fails a pending VPC and says to wait', async () => {
    const [result] = await verify(vpcExists, fakeNetwork({ vpc: vpc({ State: 'pending' }) }));
    expect(result).toMatchObject({ status: 'failed', details: { state: 'pending' } });
    expect(result?.message).toContain(`${vpcId} is pending`);
  });

  it('fails when there is no such VPC and names the id', async () => {
    const [result] = await verify(vpcExists, fakeNetwork({ vpc: undefined }));
    expect(result?.status).toBe('failed');
    expect(result?.message).toContain(`${vpcId} does not exist`);
  });

  it('warns, naming the action, when the role may not look', async () => {
    const network = fakeNetwork();
    network.fail('vpc', awsError('ec2:DescribeVpcs', 'UnauthorizedOperation'));
    const [result] = await verify(vpcExists, network);
    expect(result).toMatchObject({
      status: 'warning',
      details: { reason_code: 'access_denied', missing_action: 'ec2:DescribeVpcs' },
    });
  });
});
