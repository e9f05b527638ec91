import { describe, expect, it } from '@jest/globals';
import { subnetsSameVpc } from '../../../../../functions/network-verifier/checks/subnets-same-vpc.ts';
import {
  fakeNetwork,
  otherVpcId,
  privateSubnetId,
  publicSubnetId,
  subnet,
  verify,
  vpcId,
} from '../../../../support/fakes/network.ts';

const unknownId = 'subnet-0fffffffffffffff1';
const nextDoor = subnet(publicSubnetId, { VpcId: otherVpcId });

describe('subnets_same_vpc', () => {
  it('passes when all are in the VPC', async () => {
    const results = await verify(subnetsSameVpc, fakeNetwork());
    expect(results).toEqual([
      { check: 'subnets_same_vpc', status: 'passed', message: `Every subnet that exists is in ${vpcId}` },
    ]);
  });

  it('fails, naming both VPCs, for each subnet that is elsewhere', async () => {
    const results = await verify(
      subnetsSameVpc,
      fakeNetwork({ subnets: [subnet(privateSubnetId), nextDoor] }),
    );
    expect(results).toMatchObject([
      { status: 'failed', resourceId: publicSubnetId, details: { vpc_id: otherVpcId } },
    ]);
    expect(results[0]?.message).toContain(`${publicSubnetId} is in ${otherVpcId}, not in ${vpcId}`);
  });

  it('warns when none of the subnets exists', async () => {
    const results = await verify(subnetsSameVpc, fakeNetwork(), {}, [unknownId]);
    expect(results).toMatchObject([
      { status: 'warning', details: { reason_code: 'depends_on_other_check' } },
    ]);
  });
});
