import type { CheckStatus } from '../../schemas/generated/check.js';
import { type Html, html } from './html.ts';
import { statuses } from './report.ts';

/** A state's sign, with the word for those who do not see it. */
export const badge = (status: CheckStatus): Html =>
  html`<span class="badge ${status}"><span aria-hidden="true">${statuses[status].mark}</span><span class="unseen">${statuses[status].word}: </span></span>`;

/** `1 subnet`, `2 subnets`. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
