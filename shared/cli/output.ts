import type { CommandOutcome, CommandPart } from './command.ts';
import type { Failure } from './failure.ts';

/** Ways to show a result that every tool has; a tool may have more. */
export const outputFormats = ['table', 'json', 'yaml'] as const;

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const asLines = ({ lines, linesAs }: CommandPart, format: string): string => {
  const wanted = linesAs?.[format] ?? lines;
  return wanted.length > 0 ? `${wanted.join('\n')}\n` : '';
};

/** A command's result as text for standard output. */
export async function renderOutcome(outcome: CommandOutcome, format: string): Promise<string> {
  // All has been shown already.
  if (outcome.data === undefined) return '';
  if (format === 'json') return asJson(outcome.data);
  // Loaded only here: help and tables come without that wait.
  if (format === 'yaml') return (await import('./yaml.ts')).stringify(outcome.data);
  return asLines(outcome, format);
}

/** A part of a result, before the rest is known: one line of JSON, so that a program can read them one by one. */
export async function renderPart(part: CommandPart, format: string): Promise<string> {
  if (format === 'json') return `${JSON.stringify(part.data)}\n`;
  if (format === 'yaml') return `---\n${await renderOutcome({ ...part, exitCode: 0 }, format)}`;
  return asLines(part, format);
}

/** A failure as text for standard error: for people in two lines, for programs as JSON. */
export function renderFailure(tool: string, { code, message, next }: Failure, format: string): string {
  if (format === 'json' || format === 'yaml') return asJson({ error: { code, message, next } });
  return `${tool}: ${message}\n${next}.\n`;
}
