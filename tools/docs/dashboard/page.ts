import type { DashboardBody } from '../../../observability/dashboards/widgets.ts';
import { Html, html } from '../../../shared/report/html.ts';
import type { accounts } from '../sample/day.ts';
import { cell, widget } from './widgets.ts';

// Without smoothing, lines of 288 points make a picture of half the size.
const style = new Html(`
* { box-sizing: border-box; margin: 0 }
body { width: 1278px; padding: 20px; background: #f2f3f3; color: #16191f; font: 12.5px/1.45 "Helvetica Neue", Arial, "Liberation Sans", sans-serif }
header { display: flex; justify-content: space-between; align-items: center; padding-bottom: 14px; font-size: 19px; font-weight: 700 }
header em { font: italic 600 13px/1 Arial, "Liberation Sans", sans-serif; color: #8a4b00; background: #fff3d6; border: 1px solid #e0b557; border-radius: 12px; padding: 6px 12px }
main { position: relative }
section { position: absolute; overflow: hidden; background: #fff; border: 1px solid #d5dbdb; border-radius: 8px; padding: 8px 11px }
h1 { font-size: 17px; padding-bottom: 4px } h2 { font-size: 13.5px; padding-bottom: 6px } p { padding-bottom: 3px }
code { font: 11.5px "DejaVu Sans Mono", Menlo, monospace; background: #f2f3f3; border-radius: 3px; padding: 1px 4px }
svg { display: block; shape-rendering: crispEdges } .rule { stroke: #e3e7e7 } .series { fill: none; stroke-width: 1.5; stroke-linejoin: round }
svg text { font-size: 11px; fill: #687078 } .scale { text-anchor: end } .time, .unit { text-anchor: middle }
.legend { display: flex; flex-wrap: wrap; column-gap: 12px; overflow: hidden; margin-top: 4px; font-size: 11.5px; line-height: 18px }
.legend i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 5px }
.chips { display: grid; grid-template-columns: repeat(6, 1fr); gap: 5px }
.chip { border: 1px solid #b6dbb8; background: #f2faf2; border-radius: 4px; padding: 5px 6px; font-size: 10.5px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.chip b { margin-right: 6px; color: #1d8102 } .chip.ALARM { background: #fdf0ee; border-color: #d13212; font-weight: 700 } .chip.ALARM b { color: #d13212 }
table { width: 100%; border-collapse: collapse; font-size: 11.5px } th { text-align: left; color: #545b64; background: #fafafa }
th, td { padding: 5px 8px; border-bottom: 1px solid #eaeded; white-space: nowrap; max-width: 500px; overflow: hidden; text-overflow: ellipsis }
`);

/** A dashboard as CloudWatch lays it out, drawn from the sample's day. @param seen the accounts that it shows */
export function dashboardPage(name: string, { widgets }: DashboardBody, seen: typeof accounts): string {
  const height = Math.max(...widgets.map((one) => one.y + one.height)) * cell.height;
  const page = html`<!doctype html><meta charset="utf-8"><title>${name}</title><style>${style}</style>
<body><header>${name}<em>sample data</em></header>
<main style="height:${height}px">${widgets.map((one) => widget(one, seen))}</main></body>`;
  return page.text;
}
