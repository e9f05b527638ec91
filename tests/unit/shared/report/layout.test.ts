import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Box, Placed } from '../../../../shared/report/drawing/boxes.ts';
import { type Drawing, layOut } from '../../../../shared/report/drawing/layout.ts';
import type { Point } from '../../../../shared/report/drawing/routes.ts';
import { widthOf } from '../../../../shared/report/drawing/text.ts';
import { waysOf } from '../../../../shared/report/ways.ts';
import { sampleReport } from '../../../../tools/docs/sample/report.ts';
import {
  natId,
  privateSubnetId,
  publicSubnetId,
  sampleTopology,
} from '../../../../tools/docs/sample/topology.ts';
import { egressFindings, topologies } from '../../../support/report/topologies.ts';

const isWithin = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const isOnEdge = ({ x, y }: Point, box: Box): boolean =>
  isWithin({ x, y, width: 0, height: 0 }, box) &&
  (x === box.x || x === box.x + box.width || y === box.y || y === box.y + box.height);

const canvasOf = ({ width, height }: Drawing): Box => ({ x: 0, y: 0, width, height });

/** What a thing has to be within: its subnet, its zone, or all of the drawing. */
function parentOf(drawing: Drawing, { spot, zone, subnetId }: Placed): Box {
  const parent = subnetId ? drawing.things.get(subnetId) : drawing.zones.find(({ name }) => name === zone);
  if (spot === 'zone' && !parent) throw new Error('a thing of a zone that is not drawn');
  if (spot === 'bottom' || spot === 'regional') return drawing.vpc;
  return parent ?? canvasOf(drawing);
}

/** Every pair of boxes of which neither is in the other. */
const siblings = ({ things, zones, heading }: Drawing): [Box, Box][] => {
  const all = [...things.values()];
  const outer = [...all.filter(({ spot }) => spot !== 'zone'), ...zones, heading];
  const pairs = (boxes: Box[]) =>
    boxes.flatMap((one, index) => boxes.slice(index + 1).map((other): [Box, Box] => [one, other]));
  const subnets = all.filter(({ spot, subnetId }) => spot === 'zone' && !subnetId);
  const within = subnets.map(({ id }) => all.filter(({ subnetId }) => subnetId === id));
  return [outer, subnets, ...within].flatMap(pairs);
};

const drawings = fc
  .tuple(topologies, egressFindings)
  .map(([topology, findings]) => layOut(topology, waysOf(findings), findings));

/** The same networks in every run. */
const seed = 20261122;

const always = (holds: (drawing: Drawing) => void): void =>
  fc.assert(fc.property(drawings, holds), { numRuns: 60, seed });

describe('the drawing of any network', () => {
  it('has every subnet, gateway and endpoint once', () => {
    always(({ network, things }) => {
      const named = [
        network.subnets,
        network.nat_gateways,
        network.internet_gateways,
        network.endpoints,
      ].flat();
      for (const { id } of named) expect(things.has(id)).toBe(true);
    });
  });

  it('has every box within what it belongs to', () => {
    always((drawing) => {
      expect(isWithin(drawing.vpc, canvasOf(drawing))).toBe(true);
      for (const zone of drawing.zones) expect(isWithin(zone, drawing.vpc)).toBe(true);
      for (const thing of drawing.things.values()) {
        expect({ thing, isWithin: isWithin(thing, parentOf(drawing, thing)) }).toMatchObject({
          isWithin: true,
        });
      }
    });
  });

  it('has no box over another', () => {
    always((drawing) => {
      for (const [one, other] of siblings(drawing)) {
        expect({ one, other, overlap: overlap(one, other) }).toMatchObject({ overlap: false });
      }
    });
  });

  it('connects only things that are there, from edge to edge', () => {
    always(({ routes, ways, things }) => {
      for (const { from, to, points } of [...routes, ...ways.flatMap((way) => way.routes)]) {
        const [one, other, first, last] = [things.get(from), things.get(to), points[0], points.at(-1)];
        if (!one || !other || !first || !last) throw new Error(`${from} or ${to} is not there`);
        expect([isOnEdge(first, one), isOnEdge(last, other)]).toEqual([true, true]);
      }
    });
  });

  it('connects in level and upright lines that stay in the drawing', () => {
    always((drawing) => {
      const lines = [...drawing.routes, ...drawing.ways.flatMap((way) => way.routes)];
      for (const { points } of lines) {
        for (const [index, point] of points.slice(1).entries()) {
          expect([point.x, point.y].some((at, axis) => at === Object.values(points[index] ?? {})[axis])).toBe(
            true,
          );
          expect(isWithin({ ...point, width: 0, height: 0 }, canvasOf(drawing))).toBe(true);
        }
      }
    });
  });

  it('keeps every line of text within its box', () => {
    always(({ things }) => {
      for (const { setRows, ...box } of things.values()) {
        for (const { text, font, x, y } of setRows) {
          expect(x + widthOf(text, font)).toBeLessThanOrEqual(box.x + box.width);
          expect(y).toBeLessThan(box.y + box.height);
        }
      }
    });
  });

  it('marks every block of a way whose subnet is there', () => {
    always(({ ways, things }) => {
      for (const { way, block, cross } of ways) {
        if (block && things.has(way.subnetId)) expect(cross).toBeDefined();
      }
    });
  });
});

describe('the drawing of the sample', () => {
  const drawing = layOut(sampleTopology, waysOf(sampleReport.findings), sampleReport.findings);
  const place = (id: string): Placed => {
    const thing = drawing.things.get(id);
    if (!thing) throw new Error(`${id} is not drawn`);
    return thing;
  };

  it('has zones beside each other and public subnets above private ones', () => {
    expect(drawing.zones.map(({ name }) => name)).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
    expect(place(publicSubnetId(0)).y).toBeLessThan(place(privateSubnetId(0)).y);
    expect(place(publicSubnetId(0)).y).toBe(place(publicSubnetId(2)).y);
    expect(place(privateSubnetId(0)).y).toBe(place(privateSubnetId(2)).y);
  });

  it('leads from each private subnet over the NAT gateway of its zone to the Internet', () => {
    const legs = drawing.routes.map(({ from, to }) => `${from} ${to}`);
    expect(legs).toContain(`${privateSubnetId(0)} ${natId(0)}`);
    expect(legs).toContain(`${sampleTopology.internet_gateways[0]?.id} internet`);
  });

  it('ends the way over the deleted NAT gateway before it, and names it there', () => {
    const way = drawing.ways.find(
      ({ way: { subnetId, verdict } }) => verdict === 'blocked' && subnetId === privateSubnetId(1),
    );
    expect(way?.block).toMatchObject({ at: natId(1), side: 'enter' });
    expect(way?.stops).toEqual([privateSubnetId(1), natId(1)]);
    expect(place(natId(1)).rows.at(-1)?.text).toBe(`✕ ${natId(1)}`);
  });

  it('leads an answer that is kept out to the Internet and back to the subnet whose ACL it is', () => {
    const way = drawing.ways.find(
      ({ way: { subnetId, verdict } }) => verdict === 'blocked' && subnetId === privateSubnetId(2),
    );
    expect(way?.stops.at(-1)).toBe('internet');
    expect(way?.block).toMatchObject({ at: privateSubnetId(2), side: 'leave' });
  });
});
