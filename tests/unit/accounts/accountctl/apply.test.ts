import { readdir, readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { keyOf } from '../../../../shared/resources/resource.ts';
import { accountctl, type Surroundings } from '../../../support/accountctl.ts';
import { aClaim, aPool, store } from '../../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';

const folder = new URL('../../../fixtures/manifests/', import.meta.url);
const fixtures = await readdir(folder);

let resources: MemoryStore;
beforeEach(() => {
  resources = new MemoryStore();
});

const apply = (manifests: unknown, argv: string[] = [], rest: Partial<Surroundings> = {}) => {
  const text = typeof manifests === 'string' ? manifests : JSON.stringify(manifests);
  return accountctl({ store: resources, files: { '-': text }, ...rest }, 'apply', '-f', '-', ...argv);
};

const stored = (resource = aPool()) => resources.get(keyOf(resource));
const line = 'accountpool.aws.managed.openshift.io/osd-creds-mgmt';

describe('accountctl apply', () => {
  const isExported = (file: string): boolean => file.startsWith('exported');

  it.each(fixtures.filter((file) => !isExported(file)))(
    'makes what existing manifests say, and then finds it unchanged: %s',
    async (file) => {
      const text = await readFile(new URL(file, folder), 'utf8');
      const first = await apply(text);
      expect(first).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^(\S+ created\n)+$/) });
      const { changes } = resources;
      const written = changes.length;
      expect((await apply(text)).out).toBe(first.out.replaceAll('created', 'unchanged'));
      expect(changes).toHaveLength(written);
    },
  );

  it.each(fixtures.filter(isExported))('makes once what was exported with a uid: %s', async (file) => {
    const text = await readFile(new URL(file, folder), 'utf8');
    expect((await apply(text)).out).toMatch(/ created\n$/);
    expect((await apply(text)).out).toMatch(/refused: metadata\.uid is that of another resource/);
  });

  it('makes, changes, and leaves alone', async () => {
    expect(await apply(aPool())).toMatchObject({ exitCode: 0, out: `${line} created\n` });
    expect(await apply(aPool())).toMatchObject({ exitCode: 0, out: `${line} unchanged\n` });
    expect(await apply(aPool('osd-creds-mgmt', 5))).toMatchObject({
      exitCode: 0,
      out: `${line} configured\n`,
    });
    expect(await stored()).toMatchObject({ spec: { poolSize: 5 }, metadata: { generation: 2 } });
  });

  it('tells programs what came of each', async () => {
    const { out } = await apply({ kind: 'List', items: [aPool(), aClaim()] }, ['-o', 'json']);
    expect(JSON.parse(out)).toEqual([
      {
        kind: 'AccountPool',
        namespace: 'aws-account-operator',
        name: 'osd-creds-mgmt',
        outcome: 'created',
        reasons: [],
        warnings: [],
      },
      {
        kind: 'AccountClaim',
        namespace: 'default',
        name: 'harbour',
        outcome: 'created',
        reasons: [],
        warnings: [],
      },
    ]);
  });

  it('writes nothing with --dry-run', async () => {
    expect((await apply(aPool(), ['--dry-run'])).out).toBe(`${line} created (dry run)\n`);
    await store(resources, aPool());
    expect((await apply(aPool('osd-creds-mgmt', 5), ['--dry-run'])).out).toBe(
      `${line} configured (dry run)\n`,
    );
    expect(await stored()).toMatchObject({ spec: { poolSize: 3 } });
  });

  it('does nothing at all when one manifest is wrong, and tells all that is', async () => {
    const wrong = { ...aClaim(), spec: { accountLink: '' } };
    const { exitCode, out, err } = await apply(
      [aPool(), wrong, { kind: 'Pod' }].map((one) => JSON.stringify(one)).join('\n---\n'),
    );
    expect(exitCode).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/standard input, document 2: spec\.\w+ is missing/);
    expect(err).toMatch(/standard input, document 3: kind "Pod" is not known/);
    expect(err).toMatch(/Nothing was done/);
    expect(resources.changes).toEqual([]);
  });

  it('warns of what is left out, and applies the rest', async () => {
    const { exitCode, err } = await apply(aClaim({}, { customTags: 'a=b' }));
    expect(exitCode).toBe(0);
    expect(err).toBe('Warning: standard input: unknown field "spec.customTags"; it is left out\n');
  });

  it('takes the namespace that is asked for', async () => {
    const { metadata: _, ...rest } = aClaim();
    await apply({ ...rest, metadata: { name: 'harbour' } }, ['-n', 'lagoon']);
    expect(await stored(aClaim({ namespace: 'lagoon' }))).toBeDefined();
  });

  it('says what it cannot change, and applies the others', async () => {
    await store(resources, aClaim({}, { accountLink: 'acc' }));
    const claim = aClaim({}, { legalEntity: { id: '2', name: 'two' } });
    const { exitCode, out } = await apply({ kind: 'List', items: [claim, aPool()] });
    expect(exitCode).toBe(1);
    expect(out.split('\n')).toEqual([
      'accountclaim.aws.managed.openshift.io/harbour refused: spec.legalEntity cannot be changed: its account serves that customer alone',
      `${line} created`,
      '',
    ]);
  });

  it.each<[string, string, RegExp]>([
    ['no manifest', '# nothing', /has no manifest/],
    ['no YAML', 'a: [', /standard input: /],
  ])('refuses %s', async (_what, text, message) => {
    const { exitCode, err } = await apply(text);
    expect(exitCode).toBe(1);
    expect(err).toMatch(message);
  });

  it('needs a file', async () => {
    const { exitCode, err } = await accountctl({ store: resources }, 'apply');
    expect(exitCode).toBe(2);
    expect(err).toMatch(/'-f, --filename <file>' not specified/);
  });
});

describe('accountctl apply, when somebody else writes at the same moment', () => {
  /** How often somebody is first, each time between reading and writing. */
  let left: number;
  beforeEach(() => {
    left = 0;
    resources = new MemoryStore({
      beforeCall: async (name) => {
        if (left === 0 || (name !== 'update' && name !== 'create')) return;
        const rest = left - 1;
        left = 0;
        await writeFirst(rest);
        left = rest;
      },
    });
  });

  async function writeFirst(claimedAccounts: number): Promise<void> {
    const present = await stored();
    if (present) await resources.updateStatus({ ...present, status: { claimedAccounts } });
    else await resources.create(aPool());
  }

  it('applies it to what is there then, and loses nothing', async () => {
    left = 3;
    expect((await apply(aPool('osd-creds-mgmt', 5))).out).toBe(`${line} configured\n`);
    expect(await stored()).toMatchObject({ spec: { poolSize: 5 }, status: { claimedAccounts: 0 } });
  });

  it('refuses a manifest that names the version it was made of', async () => {
    const { resourceVersion } = (await store(resources, aPool())).metadata;
    left = 1;
    const manifest = aPool('osd-creds-mgmt', 5);
    const metadata = { ...manifest.metadata, resourceVersion };
    const { exitCode, out } = await apply({ ...manifest, metadata });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/refused: it was changed since metadata\.resourceVersion/);
    expect(await stored()).toMatchObject({ spec: { poolSize: 3 } });
  });

  it('gives up at last, says what to do, and what was done before', async () => {
    await store(resources, aPool());
    await store(resources, aClaim());
    left = Number.POSITIVE_INFINITY;
    const { exitCode, out, err } = await apply({
      kind: 'List',
      items: [aClaim(), aPool('osd-creds-mgmt', 5)],
    });
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^\S+harbour unchanged\n$/);
    expect(err).toMatch(/was changed since it was read\n.*Run the same command again/);
  });
});
