import { type Html, html } from '../html.ts';
import { statuses } from '../report.ts';
import { blockOf } from '../ways.ts';
import type { Box, Placed } from './boxes.ts';
import type { Drawing } from './layout.ts';
import type { DrawnWay } from './marks.ts';
import { cidrsOf } from './network.ts';
import type { Point } from './routes.ts';
import { type Font, fitting } from './text.ts';

const round = (value: number): number => Math.round(value * 10) / 10;

const rect = ({ x, y, width, height }: Box, looks: string, radius: number): Html =>
  html`<rect class="${looks}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;

const cornerRadius = 6;

/** A line through points, its corners rounded. */
function pathThrough(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${round(point.x)} ${round(point.y)}`;
      if (!after) return `L${round(point.x)} ${round(point.y)}`;
      const [start, end] = [before, after].map((other) => nearer(point, other));
      return `L${start} Q${round(point.x)} ${round(point.y)} ${end}`;
    })
    .join(' ');
}

/** The point on the way from a corner to its neighbour where the curve begins or ends. */
function nearer(corner: Point, other: Point): string {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y) || 1;
  const share = Math.min(cornerRadius, length / 2) / length;
  return `${round(corner.x + (other.x - corner.x) * share)} ${round(corner.y + (other.y - corner.y) * share)}`;
}

/** The tip of an arrow that ends at the last of the points. */
function tip(points: readonly Point[]): Html {
  const [before, end] = points.slice(-2);
  if (!before || !end) return html``;
  const [dx, dy] = [Math.sign(end.x - before.x), Math.sign(end.y - before.y)];
  const at = (along: number, across: number): string =>
    `${round(end.x - dx * along + dy * across)} ${round(end.y - dy * along + dx * across)}`;
  return html`<path class="tip" d="M${at(0, 0)} L${at(7, 3.8)} L${at(7, -3.8)} Z"/>`;
}

const line = (points: readonly Point[], looks = 'line'): Html =>
  html`<path class="${looks}" d="${pathThrough(points)}"/>`;

const text = (content: string, at: Point, looks: string): Html =>
  html`<text class="${looks}" x="${round(at.x)}" y="${round(at.y)}">${content}</text>`;

/** A state's sign in a disc. */
const badge = (sign: string, at: Point, looks: string): Html =>
  html`<g class="badge ${looks}"><circle cx="${round(at.x)}" cy="${round(at.y)}" r="7.5"/>${text(sign, { x: at.x, y: at.y + 3.6 }, 'sign')}</g>`;

/** The lines of text of a thing; the Internet's one stands in its middle. */
const rowsOf = (one: Placed): Html[] =>
  one.setRows.map((row) => {
    const isCentered = one.spot === 'outside';
    const at = isCentered ? { x: one.x + one.width / 2, y: one.y + one.height / 2 + 4.5 } : row;
    return text(row.text, at, `${row.font} ${row.look}`);
  });

/** A thing with all its words, the long ones too, as the tooltip. */
const thing = (one: Placed): Html => html`
  <g class="thing ${one.looks.join(' ')}" data-thing="${one.id}">
    <title>${one.rows.map((row) => row.text).join('\n')}</title>
    ${rect(one, 'box', one.spot === 'outside' ? 17 : 7)}
    ${one.ground && rect(one.ground, 'ground', 4)}
    ${rowsOf(one)}
    ${one.status && badge(statuses[one.status].mark, { x: one.x + one.width - 15, y: one.y + 15 }, one.status)}
  </g>`;

const wayTitle = ({ way }: DrawnWay): string => {
  const block = blockOf(way);
  return block ? `blocked at ${block.resource_id}: ${block.note}` : way.verdict;
};

/** A way: to be seen when it is blocked or asked for. Its address is `#way-<number>`. */
function drawnWay(drawn: DrawnWay): Html {
  const { way, routes, stub, cross } = drawn;
  const lines = [...routes.map(({ points }) => points), ...(stub ? [stub] : [])];
  // What lies below must not show between the dashes.
  const halos = lines.map((points) => line(points, 'halo'));
  const [last] = routes.slice(-1);
  return html`
  <g class="way ${way.verdict}" id="way-${way.number}">
    <title>${way.subnetId}: ${wayTitle(drawn)}</title>
    ${halos}${lines.map((points) => line(points))}
    ${cross ? badge('✕', cross, 'cross') : last && tip(last.points)}
  </g>`;
}

/** A zone's outline with its name above its subnets. */
const zone = (one: Drawing['zones'][number]): Html => html`
  <g class="zone" data-zone="${one.name}">
    <title>${one.name}</title>
    ${rect(one, 'outline', 10)}
    ${text(fitting(one.name, 'note', one.width - (one.left - one.x) - 10), { x: one.left, y: one.y + 22 }, 'note')}
  </g>`;

/** What is said of the VPC itself: name, id, ranges. */
function heading({ network, heading: { x, y, width } }: Drawing): Html {
  const { id, name } = network.vpc;
  const lines: [string, Font][] = [
    [name?.trim() || 'VPC', 'name'],
    [id, 'code'],
    [cidrsOf(network), 'code'],
  ];
  return html`
  <g class="heading">
    <title>${lines.map(([words]) => words).join('\n')}</title>
    ${lines.map(([words, font], index) => text(fitting(words, font, width), { x, y: y + 16 + index * 16 }, font))}
  </g>`;
}

/** What a drawing shows, in a sentence, for those who do not see it. */
function describe({ network, zones, ways }: Drawing): string {
  const blocked = ways.filter(({ way }) => way.verdict === 'blocked');
  const of = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
  const parts = [
    of(zones.length, 'zone'),
    of(network.subnets.length, 'subnet'),
    of(network.nat_gateways.length, 'NAT gateway'),
    of(network.internet_gateways.length, 'internet gateway'),
    of(network.endpoints.length, 'endpoint'),
  ];
  const red = blocked.length > 0 ? `. Blocked: ${of(blocked.length, 'way')}, listed below` : '';
  return `Drawing of ${network.vpc.id}: ${parts.join(', ')}${red}`;
}

/** A drawing as an SVG image. Colours are the style sheet's. */
export const svgOf = (drawing: Drawing): Html => html`
<svg role="img" aria-label="${describe(drawing)}" viewBox="0 0 ${round(drawing.width)} ${round(drawing.height)}"
  width="${round(drawing.width)}" height="${round(drawing.height)}">
  ${rect(drawing.vpc, 'vpc', 14)}
  ${heading(drawing)}
  ${drawing.zones.map(zone)}
  ${things(drawing, false)}
  <g class="routes">${drawing.routes.map(
    ({ from, to, points }) => html`
    <g class="route" data-from="${from}" data-to="${to}">${line(points)}${tip(points)}</g>`,
  )}
  </g>
  ${things(drawing, true)}
  ${drawing.ways.map(drawnWay)}
</svg>`;

/** Subnets are below the connections, which lead to the NAT gateways in them; everything else is above. */
const things = ({ things: all }: Drawing, isAbove: boolean): Html[] =>
  [...all.values()].filter((one) => one.looks.includes('subnet') !== isAbove).map(thing);
