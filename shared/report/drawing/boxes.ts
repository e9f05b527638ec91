import { fitting } from './text.ts';
import type { Row, Thing } from './thing.ts';

/** A rectangle in the drawing's units; one is a CSS pixel where the drawing has its full size. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A line of text that fits its box, with where its baseline begins. */
interface SetRow extends Row {
  x: number;
  y: number;
}

/** A thing in its place. */
export interface Placed extends Thing, Box {
  setRows: SetRow[];
  /** The ground that route table and route stand on. */
  ground?: Box;
  /** Where connections meet its left and right side. */
  portY: number;
}

export const subnetWidth = 228;
/** A NAT gateway is so far from each side of its subnet. */
export const inset = 9;
export const gap = 12;

const rowHeight = { name: 17, code: 15, note: 15 } as const;
const padding = 10;
/** Around the ground of route table and route. */
const groundPadding = 5;

/** The height that lines of text take up in a box. */
export function heightOf({ rows }: Thing): number {
  const ground = rows.some(({ look }) => look === 'table') ? 2 * groundPadding + 4 : 0;
  return rows.reduce((height, { font }) => height + rowHeight[font], 2 * padding - 4 + ground);
}

/** The lines of text within a box, one below the other. */
function setRows({ rows, status }: Thing, { x, y, width }: Box): SetRow[] {
  let bottom = y + padding - 3;
  return rows.map((row, index) => {
    const before = rows[index - 1];
    if ((before?.look === 'table') !== (row.look === 'table')) bottom += groundPadding + (before ? 2 : 0);
    bottom += rowHeight[row.font];
    const left = row.look === 'table' ? padding + groundPadding : padding;
    // The mark of a finding stands at the right of the first line.
    const right = index === 0 && status ? left + 18 : left;
    const text = fitting(row.text, row.font, width - left - right);
    return { ...row, text, x: x + left, y: bottom - 4 };
  });
}

/** Puts a thing into its place. @param height of its box, when there is more in it than its own lines */
export function placed(thing: Thing, box: Box): Placed {
  const rows = setRows(thing, box);
  const table = rows.filter(({ look }) => look === 'table');
  const [first, last] = [table[0], table.at(-1)];
  if (!first || !last) return { ...thing, ...box, setRows: rows, portY: box.y + box.height / 2 };
  const y = first.y - 11 - groundPadding;
  const ground = {
    x: box.x + padding - 1,
    y,
    width: box.width - 2 * (padding - 1),
    height: last.y + 4 + groundPadding - y,
  };
  return { ...thing, ...box, setRows: rows, ground, portY: y + ground.height / 2 };
}
