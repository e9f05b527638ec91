import { describe, expect, it } from '@jest/globals';
import { parseManifests } from '../../../../accounts/admission/parse-manifests.ts';

const read = (text: string) => parseManifests(text, 'one.yaml');
const contents = (text: string) => read(text).manifests.map(({ content }) => content);

describe('a file of manifests', () => {
  it('has as many as it has documents', () => {
    const { manifests, problems } = read('kind: Account\n---\nkind: AccountPool\n');
    expect(problems).toEqual([]);
    expect(manifests).toEqual([
      { where: 'one.yaml, document 1', content: { kind: 'Account' } },
      { where: 'one.yaml, document 2', content: { kind: 'AccountPool' } },
    ]);
  });

  it('is called by its name alone when it has one', () => {
    expect(read('kind: Account').manifests[0]?.where).toBe('one.yaml');
  });

  it('has none in documents without content', () => {
    expect(contents('# nothing\n---\n---\nkind: Account\n---\n')).toEqual([{ kind: 'Account' }]);
    expect(read('')).toEqual({ manifests: [], problems: [] });
  });

  it('may be JSON, with tabs', () => {
    expect(contents('{\n\t"kind": "Account",\n\t"spec": {"poolSize": 3}\n}')).toEqual([
      { kind: 'Account', spec: { poolSize: 3 } },
    ]);
  });

  it('has the items of a list, each with its place', () => {
    const list = '{"kind":"List","apiVersion":"v1","items":[{"kind":"Account"},{"kind":"AccountPool"}]}';
    expect(read(`kind: Account\n---\n${list}`).manifests.map(({ where }) => where)).toEqual([
      'one.yaml, document 1',
      'one.yaml, document 2, item 1',
      'one.yaml, document 2, item 2',
    ]);
  });

  it('has the items of a list of one kind, which need not say it again', () => {
    const list = '{"kind":"AccountList","apiVersion":"g/v1","items":[{"spec":{}}]}';
    expect(contents(list)).toEqual([{ apiVersion: 'g/v1', kind: 'Account', spec: {} }]);
  });

  it('has the truth values that kubectl knows, and texts in quotes', () => {
    expect(contents('{a: yes, b: Off, c: "yes", d: y, e: true, f: "012"}')).toEqual([
      { a: true, b: false, c: 'yes', d: 'y', e: true, f: '012' },
    ]);
  });

  it('has what is referred to by anchors and merged', () => {
    expect(contents('base: &base {x: 1}\nspec: {<<: *base, y: 2}')).toEqual([
      { base: { x: 1 }, spec: { x: 1, y: 2 } },
    ]);
  });
});

describe('what cannot be read', () => {
  it.each<[string, string, RegExp]>([
    ['a text', 'just text', /^one\.yaml: a manifest must be an object$/],
    ['a list at the top', '- kind: Account', /^one\.yaml: a manifest must be an object$/],
    ['no YAML', 'kind: [Account', /^one\.yaml: .*line 1/],
    [
      'a field given twice',
      'kind: Account\nkind: AccountPool',
      /^one\.yaml: Map keys must be unique.*line 2/,
    ],
    ['items that are no objects', 'kind: List\nitems: [3]', /^one\.yaml, item 1: a manifest must be/],
    ['too many aliases', bomb(), /^one\.yaml: .*alias/],
  ])('%s is told with its place', (_what, text, problem) => {
    const { manifests, problems } = read(text);
    expect(manifests).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it('leaves the others readable', () => {
    const { manifests, problems } = read('kind: Account\n---\n: [\n---\nkind: AccountPool');
    expect(manifests.map(({ content }) => content.kind)).toContain('Account');
    expect(problems).toHaveLength(1);
  });
});

/** Each list has the one before ten times. */
function bomb(): string {
  const lines = ['a0: &a0 [x]'];
  for (let level = 1; level < 9; level++) {
    const before = Array.from({ length: 10 }, () => `*a${level - 1}`);
    lines.push(`a${level}: &a${level} [${before.join(', ')}]`);
  }
  return lines.join('\n');
}
