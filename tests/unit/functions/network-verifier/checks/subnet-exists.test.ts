import { describe, expect, it } from '@jest/globals';
import { subnetExists } from '../../../../../functions/network-verifier/checks/subnet-exists.ts';
import {
  fakeNetwork,
  privateSubnetId,
  publicSubnetId,
  subnet,
  verify,
} from '../../../../support/fakes/network.ts';

const unknownId = 'subnet-0fffffffffffffff1';

describe('subnet_exists', () => {
  it('passes each available subnet, in the order asked', async () => {
    const results = await verify(subnetExists, fakeNetwork(), {}, [publicSubnetId, privateSubnetId]);
    expect(results.map(({ status, resourceId }) => [status, resourceId])).toEqual([
      ['passed', publicSubnetId],
      ['passed', privateSubnetId],
    ]);
    expect(results[1]?.details).toEqual({
      state: 'available',
      availability_zone: 'us-east-1a',
      cidr_block: '10.0.0.0/24',
    });
  });

  it('fails an unknown subnet and still passes the others', async () => {
    const results = await verify(subnetExists, fakeNetwork(), {}, [unknownId, privateSubnetId]);
    expect(results).toMatchObject([
      { status: 'failed', resourceId: unknownId },
      { status: 'passed', resourceId: privateSubnetId },
    ]);
    expect(results[0]?.message).toContain(`${unknownId} does not exist`);
  });

  it('reports a subnet that is named twice once', async () => {
    const results = await verify(subnetExists, fakeNetwork(), {}, [privateSubnetId, privateSubnetId]);
    expect(results.map(({ resourceId }) => resourceId)).toEqual([privateSubnetId]);
  });

  it.each(['pending', 'unavailable'] as const)('fails a subnet that is %s', async (State) => {
    const network = fakeNetwork({ subnets: [subnet(privateSubnetId, { State })] });
    const [result] = await verify(subnetExists, network, {}, [privateSubnetId]);
    expect(result).toMatchObject({
      status: 'failed',
      resourceId: privateSubnetId,
      details: { state: State },
    });
  });
});
