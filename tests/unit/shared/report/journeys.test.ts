import { describe, expect, it } from '@jest/globals';
import type { EgressHop } from '../../../../schemas/generated/network-verifier-result.js';
import { journeyOf, legsOf } from '../../../../shared/report/drawing/journeys.ts';
import { networkOf } from '../../../../shared/report/drawing/network.ts';
import type { Way } from '../../../../shared/report/ways.ts';
import {
  aclIds,
  gatewayId,
  natId,
  privateSubnetId,
  privateTableId,
  sampleTopology,
} from '../../../../tools/docs/sample/topology.ts';

const network = networkOf(sampleTopology);

const hop = (direction: 'out' | 'back', kind: EgressHop['kind'], resource_id: string): EgressHop => ({
  direction,
  kind,
  resource_id,
  verdict: 'open',
  note: '',
});

/** A way from a private subnet whose last hop is blocked. */
const blockedWay = (zone: number, ...hops: EgressHop[]): Way => ({
  number: 1,
  subnetId: privateSubnetId(zone),
  status: 'failed',
  verdict: 'blocked',
  hops: hops.map((one, index) => (index === hops.length - 1 ? { ...one, verdict: 'blocked' } : one)),
  findings: [],
});

const outOverNat = (zone: number) => [
  hop('out', 'subnet', privateSubnetId(zone)),
  hop('out', 'route', privateTableId(zone)),
  hop('out', 'nat-gateway', natId(zone)),
  hop('out', 'internet-gateway', gatewayId),
];

describe('where a way is blocked', () => {
  it('at the gateway that lets nothing in', () => {
    const { block, stops } = journeyOf(network, blockedWay(0, ...outOverNat(0).slice(0, 3)));
    expect(block).toMatchObject({ at: natId(0), side: 'enter' });
    expect(stops).toEqual([privateSubnetId(0), natId(0)]);
  });

  it('at the subnet, when its ACL lets nothing out; the line goes on to where its route leads', () => {
    const way = blockedWay(2, hop('out', 'network-acl', aclIds.strict));
    const journey = journeyOf(network, way);
    expect(journey.block).toMatchObject({ at: privateSubnetId(2), side: 'leave', next: natId(2) });
    expect(legsOf(journey)).toEqual([{ from: privateSubnetId(2), to: natId(2) }]);
  });

  it('at the NAT gateway, when the ACL of its subnet lets nothing in', () => {
    const way = blockedWay(
      2,
      hop('out', 'route', privateTableId(2)),
      hop('out', 'network-acl', aclIds.common),
    );
    expect(journeyOf(network, way).block).toMatchObject({ at: natId(2), side: 'enter' });
  });

  it('at the subnet, when its answer is kept out', () => {
    const way = blockedWay(
      2,
      ...outOverNat(2),
      hop('back', 'nat-gateway', natId(2)),
      hop('back', 'network-acl', aclIds.strict),
    );
    const { block, stops } = journeyOf(network, way);
    expect(block).toMatchObject({ at: privateSubnetId(2), side: 'leave' });
    expect(stops).toEqual([privateSubnetId(2), natId(2), gatewayId, 'internet']);
  });

  it('at the NAT gateway, when the answer comes to its ACL first', () => {
    const way = blockedWay(0, ...outOverNat(0), hop('back', 'network-acl', aclIds.common));
    expect(journeyOf(network, way).block).toMatchObject({ at: natId(0) });
  });

  it('at the subnet, when the answer has come over the NAT gateway whose subnet has the same ACL', () => {
    const way = blockedWay(
      0,
      ...outOverNat(0),
      hop('back', 'nat-gateway', natId(0)),
      hop('back', 'network-acl', aclIds.common),
    );
    expect(journeyOf(network, way).block).toMatchObject({ at: privateSubnetId(0) });
  });

  it('at the subnet, when no route leads anywhere', () => {
    const nowhere = networkOf({ ...sampleTopology, route_tables: [] });
    const journey = journeyOf(nowhere, blockedWay(0, hop('out', 'route', privateTableId(0))));
    expect(journey.block).toEqual(expect.not.objectContaining({ next: expect.anything() }));
    expect(legsOf(journey)).toEqual([]);
  });
});
