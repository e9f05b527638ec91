import { describe, expect, it } from '@jest/globals';
import { subnetClassification } from '../../../../../functions/network-verifier/checks/subnet-classification.ts';
import {
  defaultRoute,
  fakeNetwork,
  mainTable,
  mainTableId,
  otherVpcId,
  privateSubnetId,
  publicSubnetId,
  publicTable,
  publicTableId,
  subnet,
  toIgw,
  toNat,
  verify,
} from '../../../../support/fakes/network.ts';

const nextDoor = subnet(publicSubnetId, { VpcId: otherVpcId });

describe('subnet_classification', () => {
  const onlyPublic = [publicSubnetId];
  const onlyPrivate = [privateSubnetId];

  it('tells public from private by the routes', async () => {
    const results = await verify(subnetClassification, fakeNetwork());
    expect(
      results.map(({ status, resourceId, details }) => [status, resourceId, details?.classification]),
    ).toEqual([
      ['passed', privateSubnetId, 'private'],
      ['passed', publicSubnetId, 'public'],
    ]);
    expect(results[1]?.details).toMatchObject({ route_table_id: publicTableId, route_table_by: 'explicit' });
  });

  it('judges a subnet without an association by the main table, and says so', async () => {
    const network = fakeNetwork({ routeTables: [publicTable(), mainTable(defaultRoute(toIgw))] });
    const [result] = await verify(
      subnetClassification,
      network,
      { private_subnets_required: false },
      onlyPrivate,
    );
    expect(result?.details).toEqual({
      classification: 'public',
      route_table_id: mainTableId,
      route_table_by: 'main',
    });
    expect(result?.message).toContain(`the VPC's main route table ${mainTableId}`);
  });

  it.each([
    ['fails', 'when a private subnet is needed by default', {}, onlyPublic, 'private'],
    [
      'fails',
      'when a private subnet is asked for',
      { private_subnets_required: true },
      onlyPublic,
      'private',
    ],
    ['fails', 'when a public subnet is asked for', { public_subnets_required: true }, onlyPrivate, 'public'],
  ])('%s %s and none is there', async (_, _when, requirements, subnetIds, wanted) => {
    const results = await verify(subnetClassification, fakeNetwork(), requirements, subnetIds);
    expect(results).toMatchObject([{ status: 'failed', details: { wanted } }, { status: 'passed' }]);
    expect(results[0]?.message).toContain(`needs a ${wanted} subnet`);
    expect(results[0]?.message).toContain(String(subnetIds[0]));
  });

  it.each([
    ['no private subnet is needed', { private_subnets_required: false }, onlyPublic],
    ['no public subnet is needed', {}, onlyPrivate],
    ['both kinds are needed and there', { public_subnets_required: true }, [...onlyPublic, ...onlyPrivate]],
  ])('passes when %s', async (_, requirements, subnetIds) => {
    const results = await verify(subnetClassification, fakeNetwork(), requirements, subnetIds);
    expect(results.map(({ status }) => status)).toEqual(subnetIds.map(() => 'passed'));
  });

  it('leaves out subnets of another VPC', async () => {
    const network = fakeNetwork({ subnets: [subnet(privateSubnetId), nextDoor] });
    const results = await verify(subnetClassification, network);
    expect(results.map(({ resourceId }) => resourceId)).toEqual([privateSubnetId]);
  });

  it('warns when AWS shows no table for a subnet', async () => {
    const network = fakeNetwork({ routeTables: [publicTable(defaultRoute(toNat))] });
    const results = await verify(subnetClassification, network, {}, onlyPrivate);
    expect(results).toMatchObject([{ status: 'warning', details: { reason_code: 'value_absent' } }]);
    expect(results[0]?.message).toContain(privateSubnetId);
  });

  it('still classifies the others then', async () => {
    const network = fakeNetwork({ routeTables: [publicTable(defaultRoute(toNat))] });
    const results = await verify(subnetClassification, network, {}, [privateSubnetId, publicSubnetId]);
    expect(results.map(({ status, resourceId }) => [status, resourceId])).toEqual([
      ['passed', publicSubnetId],
      ['warning', privateSubnetId],
    ]);
  });
});
