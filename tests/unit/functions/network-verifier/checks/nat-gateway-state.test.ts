import { describe, expect, it } from '@jest/globals';
import { natGatewayState } from '../../../../../functions/network-verifier/checks/nat-gateway-state.ts';
import {
  defaultRoute,
  fakeNetwork,
  mainTable,
  nat,
  natId,
  privateSubnetId,
  privateTable,
  publicSubnetId,
  route,
  toNat,
  verify,
} from '../../../../support/fakes/network.ts';

describe('nat_gateway_state', () => {
  it('passes an available gateway and says who uses it', async () => {
    const results = await verify(natGatewayState, fakeNetwork());
    expect(results).toMatchObject([
      { status: 'passed', resourceId: natId, details: { state: 'available', used_by: [privateSubnetId] } },
    ]);
  });

  it('warns about a pending gateway', async () => {
    const results = await verify(natGatewayState, fakeNetwork({ natGateways: [nat({ State: 'pending' })] }));
    expect(results).toMatchObject([{ status: 'warning', resourceId: natId, details: { state: 'pending' } }]);
  });

  it.each(['failed', 'deleting', 'deleted'] as const)('fails a gateway that is %s', async (State) => {
    const results = await verify(natGatewayState, fakeNetwork({ natGateways: [nat({ State })] }));
    expect(results).toMatchObject([{ status: 'failed', resourceId: natId, details: { state: State } }]);
    expect(results[0]?.message).toContain(`${natId} is ${State}, so ${privateSubnetId}`);
  });

  it('gives the reason AWS gives for a failed gateway', async () => {
    const FailureMessage = 'Elastic IP address eipalloc-1 could not be associated';
    const network = fakeNetwork({ natGateways: [nat({ State: 'failed', FailureMessage })] });
    const [result] = await verify(natGatewayState, network);
    expect(result?.message).toContain(`(${FailureMessage})`);
    expect(result?.details).toMatchObject({ failure: FailureMessage });
  });

  it('fails a gateway the VPC does not have', async () => {
    const network = fakeNetwork({ natGateways: [nat({ NatGatewayId: 'nat-of-others' })] });
    const results = await verify(natGatewayState, network);
    expect(results).toMatchObject([{ status: 'failed', resourceId: natId, details: { state: 'not found' } }]);
    expect(results[0]?.message).toContain('not in this VPC');
  });

  it('passes when the subnets use none', async () => {
    const network = fakeNetwork({
      routeTables: [privateTable()],
      natGateways: [nat({ State: 'failed' })],
    });
    const results = await verify(natGatewayState, network, {}, [privateSubnetId]);
    expect(results).toMatchObject([{ status: 'passed', message: 'The subnets use no NAT gateway' }]);
  });

  it('reports a gateway that two subnets share once, with both', async () => {
    const network = fakeNetwork({ routeTables: [mainTable(defaultRoute(toNat))] });
    const results = await verify(natGatewayState, network);
    expect(results.map(({ details }) => details?.used_by)).toEqual([[privateSubnetId, publicSubnetId]]);
  });

  it('reports each of the gateways behind a split default', async () => {
    const halves = [route('0.0.0.0/1', toNat), route('128.0.0.0/1', { NatGatewayId: 'nat-of-old' })];
    const network = fakeNetwork({ routeTables: [privateTable(...halves)] });
    const results = await verify(natGatewayState, network, {}, [privateSubnetId]);
    expect(results.map(({ status, resourceId }) => [status, resourceId])).toEqual([
      ['passed', natId],
      ['failed', 'nat-of-old'],
    ]);
  });
});
