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

/** The parameters of a stack with their defaults, as its YAML has them. */
function declaredIn(yaml: string): string[][] {
  const defaults = yaml.slice(yaml.indexOf('defaults:'), yaml.indexOf('\n\n'));
  return [...defaults.matchAll(/^ {2}(\w+): (.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value.replace(/^["'](.*)["']$/, '$1') || 'none',
  ]);
}

describe.each([
  ['docs/parameters.md', 'shared/serverless/parameters.yml'],
  ['regional/README.md', 'regional/parameters.yml'],
  ['docs/accounts/README.md', 'accounts/parameters.yml'],
])('%s', (page, parameters) => {
  it('lists every parameter of the stack with its default', async () => {
    const declared = declaredIn(await read(parameters));
    const text = await read(page);
    const [section = text] = text.split('\n## Parameters\n')[1]?.split('\n## ') ?? [];
    const documented = rows(section).map(([name, value]) => [code(name), code(value)]);
    expect(declared.length).toBeGreaterThan(0);
    expect(documented).toEqual(declared);
  });
});

interface Field {
  description?: string;
  $ref?: string;
}

describe('docs/logging.md', () => {
  it('says of every field of the record, and of each check in it, what the schema says', async () => {
    const schema = JSON.parse(await read('schemas/audit-record.schema.json'));
    const shared = JSON.parse(await read('schemas/check.schema.json'));
    const meaning = ({ description, $ref = '' }: Field): string | undefined =>
      description ??
      $ref
        .split('#/')[1]
        ?.split('/')
        .reduce((node, name) => node[name], $ref.startsWith('#') ? schema : shared).description;
    const declared = [schema, schema.$defs.RecordedCheck].flatMap(({ properties }) =>
      Object.entries(properties).map(([name, field]) => [name, meaning(field as Field)]),
    );
    const page = await read('docs/logging.md');
    const documented = rows(page.slice(0, page.indexOf('## Finding'))).map(([name, what]) => [
      code(name),
      what,
    ]);
    expect(documented).toEqual(declared);
  });

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
