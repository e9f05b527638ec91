import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { errorNames } from '../../../shared/operation-error.ts';

const read = (path: string): Promise<string> =>
  readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** The cells of each row of a Markdown table whose first cell is code. */
const rows = (markdown: string): string[][] =>
  [...markdown.matchAll(/^\| `.+\|$/gm)].map(([row]) =>
    row
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );

const code = (cell = ''): string => cell.replaceAll('`', '');

describe('docs/parameters.md', () => {
  it('lists every parameter of the stack with its default', async () => {
    const yaml = await read('shared/serverless/parameters.yml');
    const defaults = yaml.slice(yaml.indexOf('defaults:'), yaml.indexOf('\n\n'));
    const declared = [...defaults.matchAll(/^ {2}(\w+): (.*)$/gm)].map(([, name, value = '']) => [
      name,
      value.replace(/^["'](.*)["']$/, '$1') || 'none',
    ]);
    const documented = rows(await read('docs/parameters.md')).map(([name, value]) => [
      code(name),
      code(value),
    ]);
    expect(declared.length).toBeGreaterThan(0);
    expect(documented).toEqual(declared);
  });
});

describe('docs/logging.md', () => {
  it('lists every error name with whether to send the request again', async () => {
    const documented = rows(await read('docs/logging.md')).filter(([name]) => /Error`$/.test(name ?? ''));
    const declared = Object.entries(errorNames).map(([name, { retry, meaning }]) => [
      `\`${name}\``,
      retry ? 'yes' : 'no',
      meaning,
    ]);
    expect(documented).toEqual(declared);
  });
});
