import type { NetworkTopology } from '../../schemas/generated/network-verifier-result.js';
import { layOut } from './drawing/layout.ts';
import { svgOf } from './drawing/svg.ts';
import type { Surroundings } from './findings-section.ts';
import { type Html, html } from './html.ts';
import type { Report } from './report.ts';
import { topologyTables } from './topology-tables.ts';
import { groupsOf, verdicts, wayEnd } from './way-card.ts';
import type { Way } from './ways.ts';

const legend = [
  ['public', 'public subnet'],
  ['private', 'private subnet'],
  ['unknown', 'subnet whose routes are not known'],
  ['beside', 'subnet that was not asked about'],
  ['gone', 'gateway or endpoint that does not work'],
  ['route', 'where internet traffic is sent'],
  ['blocked', '✕ blocked way'],
] as const;

const legendList = html`
  <ul class="legend" aria-label="What the drawing's signs mean">${legend.map(
    ([looks, words]) => html`<li><span class="swatch ${looks}" aria-hidden="true"></span>${words}</li>`,
  )}</ul>`;

/** The parts that AWS did not show; what they would have in them is missing in the drawing. */
function gapsNote({ not_determined: gaps }: NetworkTopology): Html | undefined {
  if (gaps.length === 0) return undefined;
  return html`
  <div class="note warning">
    <p>Not all of it could be read, so it is missing here:</p>
    <ul>${gaps.map(({ part, message }) => html`<li><b>${part.replaceAll('_', ' ')}</b>: not determined. ${message}</li>`)}</ul>
  </div>`;
}

const wayItem = (way: Way, { nameOf }: Surroundings): Html => html`
  <li data-way="${way.number}"><a class="${way.verdict}" href="#way-${way.number}">
    <span class="dot" aria-hidden="true">${verdicts[way.verdict].mark}</span>
    <span><b>${nameOf(way.subnetId)}</b> to ${groupsOf(way)}: ${wayEnd(way)}</span></a></li>`;

/** The ways as links, which show each in the drawing. */
function wayList(around: Surroundings): Html | undefined {
  const list = (ways: readonly Way[]): Html =>
    html`<ul class="ways">${ways.map((way) => wayItem(way, around))}</ul>`;
  const notable = around.ways.filter(({ verdict }) => verdict !== 'open');
  const open = around.ways.filter(({ verdict }) => verdict === 'open');
  if (around.ways.length === 0) return undefined;
  return html`
  <div class="text">
    <h3>Ways out</h3>
    <p class="hint">Point at a way to see it in the drawing; follow it to keep it there.
      <a href="#drawing">Show all that are blocked again</a></p>
    ${notable.length > 0 && list(notable)}
    ${open.length > 0 && html`<details class="measured"><summary>${open.length} open</summary>${list(open)}</details>`}
  </div>`;
}

/** The VPC as a picture and as tables; a sentence instead where there is nothing to draw. */
export function drawingSection(report: Report, around: Surroundings): Html | undefined {
  const { topology, undrawn, findings } = report;
  if (!topology && !undrawn) return undefined;
  const title = html`<h2 id="drawing" tabindex="-1">The VPC</h2>`;
  if (!topology) {
    return html`<section class="text" aria-labelledby="drawing">${title}<p class="note">${undrawn}</p></section>`;
  }
  const drawing = layOut(topology, around.ways, findings);
  const isWide = drawing.width > 900;
  return html`
<section class="drawing${isWide && ' wide'}" aria-labelledby="drawing">
  <div class="sheet">
  <div class="text">${title}
    <p class="hint">How internet traffic is routed and filtered, as far as AWS shows it. It does not prove that an endpoint answers.</p>
    ${gapsNote(topology)}</div>
  <figure style="--width: ${Math.round(drawing.width)}px">
    <div class="scroll" tabindex="0" role="region" aria-label="Drawing of the VPC, may be scrolled">
      ${svgOf(drawing)}</div>
    <figcaption>${legendList}</figcaption>
  </figure>
  </div>
  ${wayList(around)}
  ${topologyTables(drawing.network)}
</section>`;
}
