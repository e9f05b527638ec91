import type { CommandOutcome } from './command.ts';
import type { Failure } from './failure.ts';

export const outputFormats = ['table', 'json', 'yaml'] as const;
export type OutputFormat = (typeof outputFormats)[number];

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** A command's result as text for standard output. */
export async function renderOutcome({ data, lines }: CommandOutcome, format: OutputFormat): Promise<string> {
  // All has been shown already.
  if (data === undefined) return '';
  if (format === 'json') return asJson(data);
  // Loaded only here: help and tables come without that wait.
  if (format === 'yaml') return (await import('./yaml.ts')).stringify(data);
  return `${lines.join('\n')}\n`;
}

/** A part of a result, before the rest is known: one line of JSON, so that a program can read them one by one. */
export async function renderPart(
  part: Pick<CommandOutcome, 'data' | 'lines'>,
  format: OutputFormat,
): Promise<string> {
  if (format === 'json') return `${JSON.stringify(part.data)}\n`;
  if (format === 'yaml') return `---\n${await renderOutcome({ ...part, exitCode: 0 }, format)}`;
  return `${part.lines.join('\n')}\n`;
}

/** A failure as text for standard error: for people in two lines, for programs as JSON. */
export function renderFailure({ code, message, next }: Failure, format: OutputFormat): string {
  if (format !== 'table') return asJson({ error: { code, message, next } });
  return `rosactl: ${message}\n${next}.\n`;
}
