import { describe, expect, it } from '@jest/globals';
import {
  subnetFreeIps,
  subnetMinSize,
} from '../../../../../functions/network-verifier/checks/subnet-size.ts';
import {
  privateSubnet,
  privateSubnetId,
  publicSubnet,
  publicSubnetId,
  verifyIn,
} from '../../../../support/fakes/network.ts';

const free = (ofPrivate: number | undefined, ofPublic = 250) => ({
  subnets: [
    privateSubnet({ AvailableIpAddressCount: ofPrivate }),
    publicSubnet({ AvailableIpAddressCount: ofPublic }),
  ],
});

describe('subnet_free_ips', () => {
  // 3 nodes, one more while nodes are replaced, one endpoint; 12 nodes and 8 for load balancers at most.
  it.each([
    ['failed', 4],
    ['warning', 5],
    ['warning', 21],
    ['passed', 22],
  ])('is %s with %d free addresses for 3 to 12 nodes', async (status, count) => {
    const requirements = { node_count: 3, max_node_count: 12 };
    const results = await verifyIn(subnetFreeIps, free(count), requirements, [privateSubnetId]);
    expect(results).toMatchObject([
      { status, details: { free_addresses: count, needed: 5, needed_at_most: 22 } },
    ]);
  });

  it('takes two nodes when the request names no number', async () => {
    const results = await verifyIn(subnetFreeIps, free(3), {}, [privateSubnetId]);
    expect(results).toMatchObject([{ status: 'failed', details: { needed: 4, needed_at_most: 12 } }]);
  });

  it.each([
    ['each endpoint yet to be made, without egress', true, [], 8],
    ['none when there is egress', false, [], 5],
    ['none for one that is there', true, ['sts', 'ecr.api'], 6],
  ])('counts an address for %s', async (_, zero_egress, there, needed) => {
    const endpoints = there.map((service) => ({
      VpcEndpointType: 'Interface' as const,
      ServiceName: `com.amazonaws.us-east-1.${service}`,
    }));
    const network = { ...free(100), endpoints };
    const results = await verifyIn(subnetFreeIps, network, { node_count: 3, zero_egress }, [privateSubnetId]);
    expect(results).toMatchObject([{ details: { needed } }]);
  });

  it('shares the nodes among the private subnets', async () => {
    const two = { subnets: [privateSubnet(), privateSubnet({ SubnetId: 'subnet-2' })] };
    const results = await verifyIn(subnetFreeIps, two, { node_count: 5 }, [privateSubnetId, 'subnet-2']);
    expect(results.map(({ details }) => details?.needed)).toEqual([5, 5]);
  });

  it.each([
    ['failed', 7, { private: false }],
    ['warning', 7, {}],
    ['passed', 8, { private: false }],
  ])('is %s for a public subnet with %d and %j', async (status, count, requirements) => {
    const results = await verifyIn(subnetFreeIps, free(250, count), requirements, [publicSubnetId]);
    expect(results).toMatchObject([{ status, resourceId: publicSubnetId }]);
  });

  it('takes an absent number for neither 0 nor enough', async () => {
    const results = await verifyIn(subnetFreeIps, free(undefined), {}, [privateSubnetId]);
    expect(results).toMatchObject([{ status: 'warning', details: { reason_code: 'value_absent' } }]);
  });
});

describe('subnet_min_size', () => {
  it.each([
    ['passed', '10.0.0.0/27'],
    ['warning', '10.0.0.0/28'],
  ])('is %s for %s', async (status, CidrBlock) => {
    const results = await verifyIn(subnetMinSize, { subnets: [privateSubnet({ CidrBlock })] });
    expect(results).toMatchObject([{ status }]);
  });
});
