import type { CheckStatus } from '../../schemas/generated/check.js';
import { badge, counted } from './badge.ts';
import { detailsList } from './details-list.ts';
import { groupBy } from './group-by.ts';
import { type Html, html } from './html.ts';
import { type ReportFinding, statuses, statusOrder } from './report.ts';
import { wayCard } from './way-card.ts';
import { isEgressFinding, type Way } from './ways.ts';

/** What the page has beside the findings, which some of them lead to. */
export interface Surroundings {
  ways: readonly Way[];
  /** The name of a resource, or its id when it has none. */
  nameOf(id: string): string;
  isDrawn: boolean;
}

/** A finding's details: in sight where something is to be done about it. */
function detailsOf({ status, details }: ReportFinding): Html | undefined {
  const list = detailsList(details);
  if (status !== 'passed' || !list) return list;
  return html`<details class="measured"><summary>Details</summary>${list}</details>`;
}

const findingItem = (finding: ReportFinding): Html => html`
  <li class="finding">
    <p class="message">${finding.message}</p>
    ${finding.resource_id && html`<p class="about"><code>${finding.resource_id}</code></p>`}
    ${detailsOf(finding)}
  </li>`;

/** Address of what a check found in a state. */
export const groupAddress = (status: CheckStatus, check: string): string => `${status}-${check}`;

/** All findings of a check in one state; those about ways are put together by way. */
function checkGroup(check: string, status: CheckStatus, findings: ReportFinding[], around: Surroundings) {
  const ways = around.ways.filter((way) => check === 'egress_path' && way.status === status);
  const others = ways.length > 0 ? findings.filter((finding) => !isEgressFinding(finding)) : findings;
  const count = findings.length > 1 ? html` <span class="count">${findings.length}</span>` : undefined;
  return html`
  <article class="check ${status}" id="${groupAddress(status, check)}" tabindex="-1">
    <h4>${badge(status)}<code>${check}</code>${count}</h4>
    <ul class="findings">${ways.map((way) => wayCard(way, around))}${others.map(findingItem)}</ul>
  </article>`;
}

function statusGroup(status: CheckStatus, findings: ReportFinding[], around: Surroundings): Html | undefined {
  if (findings.length === 0) return undefined;
  const groups = [...groupBy(findings, ({ check_name }) => check_name)];
  const { title, word } = statuses[status];
  const list = groups.map(([check, all]) => checkGroup(check, status, all, around));
  const body =
    status === 'passed'
      ? html`<details class="all"><summary>Show what ${word}: ${counted(groups.length, 'check')}</summary>${list}</details>`
      : list;
  return html`
  <section class="state" aria-labelledby="${status}">
    <h3 id="${status}" tabindex="-1">${title} <span class="count">${findings.length}</span></h3>
    ${body}
  </section>`;
}

/** Findings, worst first, by check. */
export const findingsSection = (findings: readonly ReportFinding[], around: Surroundings): Html => html`
<section class="text" aria-labelledby="findings">
  <h2 id="findings" tabindex="-1">Findings</h2>
  ${statusOrder.map((status) =>
    statusGroup(
      status,
      findings.filter((finding) => finding.status === status),
      around,
    ),
  )}
</section>`;
