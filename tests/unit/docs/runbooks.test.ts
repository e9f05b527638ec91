import { access, readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { alarms } from '../../../observability/alarms.ts';
import { regionDashboardBody } from '../../../observability/dashboards/region-dashboard.ts';
import { readQueries } from '../../../observability/saved-queries.ts';
import { regionalAlarms } from '../../../regional/observability/alarms.ts';
import { commands } from '../../../rosactl/commands/index.ts';
import { globalOptions } from '../../../rosactl/global-options.ts';
import {
  headings,
  type RunbookPage,
  readRunbook,
  runbookNames,
} from '../../support/runbooks/read-runbook.ts';
import { platformRunbooks, situations } from '../../support/runbooks/situations.ts';

const folder = new URL('../../../docs/runbooks/', import.meta.url);
const queriesFolder = new URL('../../../observability/queries', import.meta.url).pathname;

const read = (file: string): Promise<string> => readFile(new URL(file, folder), 'utf8');

let names: string[];
let pages: RunbookPage[];
beforeAll(async () => {
  names = await runbookNames();
  pages = await Promise.all([...names, 'README'].map(readRunbook));
});

/** The pages of docs/runbooks/ that a text names. */
const linked = (text: string): string[] =>
  [...text.matchAll(/docs\/runbooks\/([a-z-]+)\.md/g)].map(([, name = '']) => name);

/** The flags of the lines that run rosactl, whatever stands around them. */
const rosactlCalls = ({ sections }: RunbookPage): string[] =>
  sections
    .flatMap(({ commands: blocks }) => blocks)
    .flatMap((block) => [...block.matchAll(/rosactl ([a-z][^|)\n]*)/g)].map(([, words = '']) => words));

describe('the runbooks', () => {
  it('are there for whatever alarms, dashboard and saved queries name', () => {
    const queries = readQueries(queriesFolder).map(({ text }) => text);
    const named = linked(JSON.stringify([alarms, regionalAlarms, regionDashboardBody(true), queries]));
    expect(new Set(named).size).toBeGreaterThan(4);
    expect([...new Set(named)].filter((name) => !names.includes(name))).toEqual([]);
  });

  it('are all followed by an integration test', () => {
    const followed = [...situations.map(({ runbook }) => runbook), ...platformRunbooks];
    expect(followed.toSorted()).toEqual(names.toSorted());
  });

  it('are all in the index', async () => {
    const index = await read('README.md');
    for (const name of names) expect(index).toContain(`(${name}.md)`);
  });

  it('have the same parts in the same order, with commands that act and that tell success', () => {
    for (const { name, sections } of pages.filter((page) => page.name !== 'README')) {
      expect({ name, parts: sections.map(({ heading }) => heading) }).toEqual({
        name,
        parts: ['', ...headings],
      });
      const withCommands = sections.filter(({ commands: blocks }) => blocks.length > 0);
      expect({ name, parts: withCommands.map(({ heading }) => heading) }).toEqual({
        name,
        parts: ['', 'Look', 'Act', 'Know that it worked'],
      });
    }
  });

  it('begin with the region, and never end the shell they are pasted into', () => {
    for (const { name, sections } of pages) {
      const text = sections.flatMap(({ commands: blocks }) => blocks).join('\n');
      expect({ name, text }).toEqual({ name, text: expect.stringMatching(/^export AWS_REGION=/) });
      expect({ name, text }).toEqual({ name, text: expect.not.stringMatching(/^\s*(exit|set -)/m) });
    }
  });

  it('use commands and flags of rosactl that there are', () => {
    const calls = pages.flatMap(rosactlCalls);
    expect(calls.length).toBeGreaterThan(30);
    for (const call of calls) {
      const command = commands.find(({ name }) => call.trim() === name || call.startsWith(`${name} `));
      const known = [...(command?.options ?? []), ...globalOptions].map(({ flags }) => flags.split(' ')[0]);
      const unknown = [...call.matchAll(/--[\w-]+/g)]
        .map(([flag]) => flag)
        .filter((flag) => !known.includes(flag));
      expect({ call, command: command?.name, unknown }).toEqual({
        call,
        command: expect.any(String),
        unknown: [],
      });
    }
  });

  it('link only pages that are there', async () => {
    for (const file of await readdir(folder)) {
      const links = [...(await read(file)).matchAll(/\]\((?!http|#)([^)#]+)/g)].map(
        ([, target = '']) => target,
      );
      for (const target of links) await expect(access(new URL(target, folder))).resolves.toBeUndefined();
    }
  });
});
