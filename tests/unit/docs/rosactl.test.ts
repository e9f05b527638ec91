import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { commands } from '../../../rosactl/commands/index.ts';
import { globalOptions } from '../../../rosactl/global-options.ts';
import { exitCodes } from '../../../shared/cli/exit-codes.ts';

const read = (path: string): Promise<string> =>
  readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');

let pages: string;
let guide: string;
beforeAll(async () => {
  guide = await read('docs/rosactl.md');
  pages = [guide, await read('README.md'), await read('rosactl/README.md')].join('\n');
});

/** The lines of code blocks that run rosactl, without what stands before it and after a comment sign. */
const invocations = (markdown: string): string[] =>
  [...markdown.matchAll(/^(?:\$ |npx )?rosactl (.+)$/gm)].map(([, words = '']) =>
    words.replace(/ #.*/, '').trim(),
  );

const flagsOf = (flags: string): string => flags.split(' ')[0] ?? '';

describe('the documents about rosactl', () => {
  it('show only commands and flags that there are', () => {
    const shown = invocations(pages);
    expect(shown.length).toBeGreaterThan(10);
    for (const line of shown) {
      const command = commands.find(({ name }) => line === name || line.startsWith(`${name} `));
      const known = [...(command?.options ?? []), ...globalOptions].map(({ flags }) => flagsOf(flags));
      const used = [...line.matchAll(/--[\w-]+/g)].map(([flag]) => flag);
      expect({ line, command: command?.name }).toEqual({ line, command: expect.any(String) });
      expect({ line, unknown: used.filter((flag) => !known.includes(flag)) }).toEqual({ line, unknown: [] });
    }
  });

  it('describe every command', () => {
    const table = guide.slice(guide.indexOf('## The commands'), guide.indexOf('## An update'));
    for (const { name } of commands) expect(table).toContain(`\`${name}\``);
  });

  it('list every exit status', () => {
    const listed = [...guide.matchAll(/^\| (\d+) \| /gm)].map(([, status]) => Number(status));
    expect(listed).toEqual(Object.values(exitCodes));
  });
});
