import { type Html, html } from '../../../shared/report/html.ts';
import { dayBegan, points } from '../sample/day.ts';
import type { Series } from '../sample/metrics.ts';

/** CloudWatch's own colours, in its order. */
const colours = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
];

export const colourOf = (index: number): string => colours[index % colours.length] ?? '';

interface Frame {
  width: number;
  height: number;
  unit: string;
  isStacked: boolean;
}

const margin = { left: 44, right: 10, top: 8, bottom: 20 };

/** The next number that can be halved without a long fraction, so that the scale has round numbers. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return ([1, 2, 3, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10) * power;
}

const short = (value: number): string => (value >= 1000 ? `${value / 1000}k` : `${value}`);

/** Each on the sum of those before. */
function stacked(all: Series[]): number[][] {
  const base = new Array<number>(points).fill(0);
  return all.map(({ values }) =>
    values.map((value, point) => {
      base[point] = (base[point] ?? 0) + value;
      return base[point];
    }),
  );
}

/** A graph over the day, from zero on. */
export function graph(all: Series[], { width, height, unit, isStacked }: Frame): Html {
  const heights = isStacked ? stacked(all) : all.map(({ values }) => values);
  const top = roundUp(Math.max(1, ...heights.flat()));
  const x = (point: number) => margin.left + (point / (points - 1)) * (width - margin.left - margin.right);
  const y = (value: number) => height - margin.bottom - (value / top) * (height - margin.top - margin.bottom);
  const path = (values: number[]) =>
    values
      .map((value, point) => `${point ? 'L' : 'M'}${x(point).toFixed(1)} ${y(value).toFixed(1)}`)
      .join('');

  const rules = [0, 0.5, 1].map(
    (
      share,
    ) => html`<line class="rule" x1="${margin.left}" x2="${width - margin.right}" y1="${y(top * share)}" y2="${y(top * share)}"/>
      <text class="scale" x="${margin.left - 6}" y="${y(top * share) + 4}">${short(top * share)}</text>`,
  );
  const hours = [0, 6, 12, 18].map((hour) => {
    const time = new Date(dayBegan.getTime() + hour * 3_600_000).toISOString().slice(11, 16);
    return html`<text class="time" x="${x(hour * 12)}" y="${height - 5}">${time}</text>`;
  });
  const areas = heights
    .map(
      (values, index) =>
        html`<path d="${path(values)}L${x(points - 1)} ${y(0)}L${x(0)} ${y(0)}Z" fill="${colourOf(index)}"/>`,
    )
    .reverse();
  const lines = heights.map(
    (values, index) => html`<path class="series" d="${path(values)}" stroke="${colourOf(index)}"/>`,
  );
  return html`<svg width="${width}" height="${height}">
    ${rules}${hours}<text class="unit" x="4" y="${height / 2}" transform="rotate(-90 10 ${height / 2})">${unit}</text>
    ${isStacked ? areas : lines}</svg>`;
}
