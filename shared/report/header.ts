import { badge, counted } from './badge.ts';
import { groupAddress } from './findings-section.ts';
import { groupBy } from './group-by.ts';
import { type Html, html } from './html.ts';
import { type Report, statuses, statusOrder } from './report.ts';

/** `2026-11-22 04:23:14 UTC`. */
const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function verdictOf({ summary: { status, failed, warning } }: Report): string {
  if (status === 'failed') return `A cluster would not work: ${counted(failed, 'finding')} failed`;
  if (status === 'warning') return `Nothing failed; ${counted(warning, 'thing')} to look at`;
  return 'Everything that was checked passed';
}

/** The checks that failed, as links to what they found. */
function failures({ findings }: Report): Html | undefined {
  const failed = groupBy(
    findings.filter(({ status }) => status === 'failed'),
    ({ check_name }) => check_name,
  );
  if (failed.size === 0) return undefined;
  return html`<ul class="failures" aria-label="Checks that failed">${[...failed].map(
    ([check, all]) =>
      html`<li><a href="#${groupAddress('failed', check)}"><code>${check}</code></a>${all.length > 1 && html` ×${all.length}`}</li>`,
  )}</ul>`;
}

const counts = ({ summary }: Report): Html => html`
  <nav class="counts" aria-label="Findings by state"><ul>${statusOrder.map((status) => {
    const words = html`<strong>${summary[status]}</strong> <span>${statuses[status].title.toLowerCase()}</span>`;
    const tile =
      summary[status] > 0
        ? html`<a href="#${status}">${words}</a>`
        : html`<span class="zero">${words}</span>`;
    return html`<li class="${status}">${tile}</li>`;
  })}</ul></nav>`;

/** What was verified, how it ended, and who was asked. */
export const header = (report: Report): Html => html`
<header class="text">
  <h1>${report.title}</h1>
  <div class="verdict ${report.summary.status}">
    <p>${badge(report.summary.status)}${verdictOf(report)}</p>
    ${failures(report)}
  </div>
  ${counts(report)}
  <dl class="facts">
    ${Object.entries(report.facts).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    <div><dt>Time</dt><dd><time datetime="${report.at.toISOString()}">${utc(report.at)}</time></dd></div>
  </dl>
</header>`;
