import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { commands, globalOptions } from '../../../accounts/accountctl/tool.ts';
import { exitCodes } from '../../../shared/cli/exit-codes.ts';
import { accountResourcesPage } from '../../../tools/docs/account-resources-page.ts';

const read = (path: string): Promise<string> =>
  readFile(new URL(`../../../docs/accounts/${path}`, import.meta.url), 'utf8');

describe('docs/accounts/resources.md', () => {
  it('says of every kind what its schema and its data say: "npm run docs" writes it', async () => {
    expect(await read('resources.md')).toBe(accountResourcesPage());
  });
});

describe('docs/accounts/accountctl.md', () => {
  let page: string;
  beforeAll(async () => {
    page = await read('accountctl.md');
  });

  const wordsOf = (flags: string): string[] => flags.split(/[ ,]+/).filter((word) => word.startsWith('-'));

  it('shows only commands and flags that there are', () => {
    const shown = [...page.matchAll(/^\$ accountctl (.+)$/gm)].map(([, words = '']) => words);
    expect(shown.length).toBeGreaterThan(3);
    for (const line of shown) {
      const command = commands.find(({ name }) => line.startsWith(`${name} `));
      const known = [...(command?.options ?? []), ...globalOptions].flatMap(({ flags }) => wordsOf(flags));
      const used = [...line.matchAll(/(?<= )--?[a-z][\w-]*/g)].map(([flag]) => flag);
      expect({ line, command: command?.name }).toEqual({ line, command: expect.any(String) });
      expect({ line, unknown: used.filter((flag) => !known.includes(flag)) }).toEqual({ line, unknown: [] });
    }
  });

  it('describes every command', () => {
    const table = page.slice(page.indexOf('## The commands'), page.indexOf('## How it behaves'));
    for (const { name } of commands) expect(table).toContain(`| \`${name}\` |`);
  });

  it('lists every exit status there can be', () => {
    const listed = [...page.matchAll(/^\| (\d+) \| /gm)].map(([, status]) => Number(status));
    const { platformApi: _, ...others } = exitCodes;
    expect(listed).toEqual(Object.values(others));
  });
});
