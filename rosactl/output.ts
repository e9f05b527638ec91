import { stringify } from 'yaml';
import type { CommandOutcome } from './command.ts';
import type { Failure } from './failure.ts';

export const outputFormats = ['table', 'json', 'yaml'] as const;
export type OutputFormat = (typeof outputFormats)[number];

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** A command's result as text for standard output. */
export function renderOutcome({ data, lines }: CommandOutcome, format: OutputFormat): string {
  if (format === 'json') return asJson(data);
  if (format === 'yaml') return stringify(data);
  return `${lines.join('\n')}\n`;
}

/** A failure as text for standard error: for people in two lines, for programs as JSON. */
export function renderFailure({ code, message, next }: Failure, format: OutputFormat): string {
  if (format !== 'table') return asJson({ error: { code, message, next } });
  return `rosactl: ${message}\n${next}.\n`;
}
