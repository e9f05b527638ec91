import type { EgressHop } from '../../schemas/generated/network-verifier-result.js';
import { counted } from './badge.ts';
import type { Surroundings } from './findings-section.ts';
import { type Html, html } from './html.ts';
import { blockOf, type Way } from './ways.ts';

/** How far traffic comes, with the signs that go with it. */
export const verdicts = {
  blocked: { mark: '✕', word: 'blocked' },
  unknown: { mark: '?', word: 'cannot be seen' },
  open: { mark: '✓', word: 'open' },
} as const satisfies Record<Way['verdict'], { mark: string; word: string }>;

const hopItem = ({ kind, resource_id, verdict, note }: EgressHop): Html => html`
  <li class="hop ${verdict}">
    <span class="dot" aria-hidden="true">${verdicts[verdict].mark}</span>
    <span class="kind">${kind.replaceAll('-', ' ')}</span>
    <code>${resource_id}</code>
    <span class="note"><b>${verdicts[verdict].word}</b>${note && html`: ${note}`}</span>
  </li>`;

const directions = { out: 'Out', back: 'Back' } as const;

function hopList(way: Way, direction: EgressHop['direction']): Html | undefined {
  const hops = way.hops.filter((hop) => hop.direction === direction);
  if (hops.length === 0) return undefined;
  return html`
    <div class="direction"><h6>${directions[direction]}</h6><ol class="hops">${hops.map(hopItem)}</ol></div>`;
}

/** Where a way ends, in a clause. */
export function wayEnd(way: Way): string {
  const block = blockOf(way);
  return block
    ? `blocked at ${block.resource_id}${block.direction === 'back' ? ' on the way back' : ''}`
    : verdicts[way.verdict].word;
}

/** The groups of endpoints whose traffic takes a way. */
export const groupsOf = ({ findings }: Way): string =>
  [...new Set(findings.map(({ details }) => details.endpoint_group))].join(', ');

function hostsOf({ findings }: Way): Html {
  const count = new Set(findings.flatMap(({ details }) => details.hosts)).size;
  const groups = findings.map(
    ({ details: { endpoint_group, platform, endpoints_version, hosts } }) => html`
      <div><dt>${endpoint_group}<br><small>${platform} of ${endpoints_version}</small></dt>
      <dd><ul class="words">${hosts.map((host) => html`<li>${host}</li>`)}</ul></dd></div>`,
  );
  return html`<details class="measured"><summary>${counted(count, 'host')}</summary><dl class="details">${groups}</dl></details>`;
}

const messagesOf = ({ findings }: Way): Html => {
  const messages = [...new Set(findings.map(({ message }) => message))];
  return html`<ul class="messages">${messages.map((message) => html`<li class="message">${message}</li>`)}</ul>`;
};

const reasonsOf = ({ findings }: Way): string =>
  [...new Set(findings.flatMap(({ details }) => details.reason_code ?? []))].join(', ');

/** A way with what was found of it, hop by hop. */
export function wayCard(way: Way, { nameOf, isDrawn }: Surroundings): Html {
  const { number, subnetId } = way;
  const reasons = reasonsOf(way);
  return html`
  <li class="finding" data-way="${number}">
    <h5>From ${nameOf(subnetId)} to ${groupsOf(way)}: ${wayEnd(way)}</h5>
    ${messagesOf(way)}
    <p class="about"><code>${subnetId}</code>${reasons && html` · ${reasons.replaceAll('_', ' ')}`}
      ${isDrawn && html` · <a href="#way-${number}">Show in the drawing</a>`}</p>
    <details class="measured"${way.status !== 'passed' && html` open`}><summary>Hop by hop</summary>
      <div class="directions">${hopList(way, 'out')}${hopList(way, 'back')}</div></details>
    ${hostsOf(way)}
  </li>`;
}
