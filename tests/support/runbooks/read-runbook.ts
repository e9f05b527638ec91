import { readdir, readFile } from 'node:fs/promises';

const folder = new URL('../../../docs/runbooks/', import.meta.url);

/** A part of a runbook: its heading, and the commands of its `sh` blocks, in order. */
interface Section {
  /** Empty for what stands before the first heading. */
  heading: string;
  commands: string[];
}

/** A page of docs/runbooks/. */
export interface RunbookPage {
  name: string;
  sections: Section[];
}

/** The heading of the part whose commands end with 0 when all is well. */
export const success = 'Know that it worked';

/** The parts that every runbook has, in this order. */
export const headings = ['Symptoms', 'Look', 'Decide', 'Act', success, 'If not'];

function section(text: string): Section {
  const heading = /^## (.+)$/m.exec(text)?.[1] ?? '';
  return { heading, commands: [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block) };
}

/** The names of the runbooks, without the index. */
export async function runbookNames(): Promise<string[]> {
  const files = await readdir(folder);
  return files.map((file) => file.replace(/\.md$/, '')).filter((name) => name !== 'README');
}

/** Reads a page of docs/runbooks/. */
export async function readRunbook(name: string): Promise<RunbookPage> {
  const text = await readFile(new URL(`${name}.md`, folder), 'utf8');
  return { name, sections: text.split(/^(?=## )/m).map(section) };
}

/** The commands of the parts that are wanted, and before them the variables at the top of the page. */
export function commandsOf({ sections }: RunbookPage, isWanted: (heading: string) => boolean): string {
  const parts = sections.filter(({ heading }) => heading === '' || isWanted(heading));
  return parts.flatMap(({ commands }) => commands).join('\n');
}
