import type { Line, PlacedWidget } from '../../../observability/dashboards/widgets.ts';
import { type Html, html } from '../../../shared/report/html.ts';
import { type accounts, failures, ringing } from '../sample/day.ts';
import { seriesOf } from '../sample/metrics.ts';
import { colourOf, graph } from './graph.ts';

/** Pixels of one of the 24 columns, and of one row. */
export const cell = { width: 52, height: 44 };

/** Room of a widget for its title and its legend, and around it. */
const titleHeight = 30;
const legendRow = 18;
const gap = 10;

/** Markdown as far as the dashboards use it. */
function markdown(text: string): Html[] {
  const inline = (line: string) =>
    line.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part));
  return text
    .split('\n\n')
    .map((block) =>
      block.startsWith('## ') ? html`<h1>${inline(block.slice(3))}</h1>` : html`<p>${inline(block)}</p>`,
    );
}

const titled = (title: unknown, ...content: Html[]): Html => html`<h2>${String(title)}</h2>${content}`;

interface GraphProperties {
  title: string;
  metrics: Line[];
  stacked: boolean;
  yAxis: { left: { label: string } };
}

/** As many rows as the labels need, roughly: a letter is 6.2 pixels wide. */
const legendRows = (labels: string[], width: number): number =>
  Math.min(3, Math.ceil(labels.reduce((total, label) => total + 26 + label.length * 6.2, 0) / width));

function metricWidget(one: PlacedWidget, seen: typeof accounts): Html {
  const { title, metrics, stacked, yAxis } = one.properties as unknown as GraphProperties;
  const all = metrics.flatMap((line) => seriesOf(line, seen));
  const width = one.width * cell.width - gap - 22;
  const rows = legendRows(
    all.map(({ label }) => label),
    width,
  );
  const height = one.height * cell.height - gap - titleHeight - rows * legendRow - 14;
  const legend = all.map(
    ({ label }, index) => html`<span><i style="background:${colourOf(index)}"></i>${label}</span>`,
  );
  return titled(
    title,
    graph(all, { width, height, unit: yAxis.left.label, isStacked: stacked }),
    html`<div class="legend" style="height:${rows * legendRow}px">${legend}</div>`,
  );
}

function alarmWidget({ properties }: PlacedWidget): Html {
  const names = (properties.alarms as string[]).map((arn) => arn.split(':alarm:')[1] ?? '');
  const chips = names.map((name) => {
    const state = ringing.includes(name) ? 'ALARM' : 'OK';
    return html`<span class="chip ${state}"><b>${state === 'OK' ? '✓' : '▲'}</b>${name}</span>`;
  });
  return titled(properties.title, html`<div class="chips">${chips}</div>`);
}

function logWidget({ properties }: PlacedWidget): Html {
  const [, fields = ''] = /\| fields ([^|]+) \|/.exec(String(properties.query)) ?? [];
  const heads = fields.split(', ').map((field) => html`<th>${field}</th>`);
  const rows = failures.map((row) => html`<tr>${row.map((text) => html`<td>${text}</td>`)}</tr>`);
  return titled(properties.title, html`<table><tr>${heads}</tr>${rows}</table>`);
}

const contents: Record<PlacedWidget['type'], (one: PlacedWidget, seen: typeof accounts) => Html | Html[]> = {
  text: ({ properties }) => markdown(String(properties.markdown)),
  metric: metricWidget,
  alarm: alarmWidget,
  log: logWidget,
};

/** A widget in its place on the grid. @param seen the accounts that the dashboard shows */
export function widget(one: PlacedWidget, seen: typeof accounts): Html {
  const [left, top] = [one.x * cell.width, one.y * cell.height];
  const [width, height] = [one.width * cell.width - gap, one.height * cell.height - gap];
  return html`<section class="${one.type}" style="left:${left}px;top:${top}px;width:${width}px;height:${height}px">${contents[one.type](one, seen)}</section>`;
}
