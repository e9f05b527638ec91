import type { Way } from '../ways.ts';
import { drawing } from './drawing.ts';
import { findings } from './findings.ts';
import { page } from './page.ts';
import { print } from './print.ts';
import { tokens } from './tokens.ts';

/** What points at a way shows it in the drawing: the pointer, the keyboard's focus, or the page's address. */
const shown = ({ number }: Way): string =>
  `:root:has([data-way="${number}"]:is(:hover, :focus-within)) #way-${number}, #way-${number}:target { visibility: visible; opacity: 1; }`;

/** The style sheet of a page with these ways. */
export const stylesFor = (ways: readonly Way[]): string =>
  [tokens, page, findings, drawing, ...ways.map(shown), print].join('\n');
