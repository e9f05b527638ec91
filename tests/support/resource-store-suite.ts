import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { keyOf, type NewResource, type Resource, type ResourceKey } from '../../shared/resources/resource.ts';
import {
  ConflictError,
  PageTokenError,
  type ResourceStore,
  ResourceTooLargeError,
} from '../../shared/resources/resource-store.ts';

interface Spec {
  colour: string;
  size?: { width: number; height: number };
}

interface Status {
  phase: string;
  seen?: number;
}

const kind = 'Widget';
const holder = 'example.com/holder';

/** A namespace that no other test uses. */
const ownNamespace = (): string => `ns-${randomUUID()}`;

const wanted = (
  metadata: Partial<NewResource['metadata']> = {},
  spec: Spec = { colour: 'green' },
): NewResource<Spec> => ({
  apiVersion: 'example.com/v1',
  kind,
  metadata: { namespace: ownNamespace(), name: 'one', ...metadata },
  spec,
});

/** What every store of resources does, in memory as well as in DynamoDB. */
export function resourceStoreSuite(title: string, open: () => ResourceStore): void {
  async function made(resource = wanted(), claims: string[] = []): Promise<Resource<Spec, Status>> {
    const creation = await open().create<Spec, Status>(resource, claims);
    if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
    return creation.resource;
  }

  const read = (key: ResourceKey) => open().get<Spec, Status>(key);
  const readAgain = async (resource: Resource<Spec, Status>) => {
    const found = await read(keyOf(resource));
    if (!found) throw new Error('it is gone');
    return found;
  };

  describe(`${title}: making a resource`, () => {
    it('gives back what is stored', async () => {
      const resource = wanted({
        labels: { team: 'blue' },
        annotations: { why: 'a test' },
        finalizers: [holder],
      });
      const created = await made(resource);
      expect(created).toEqual({
        ...resource,
        metadata: {
          ...resource.metadata,
          uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
          generation: 1,
          resourceVersion: expect.stringMatching(/./),
          creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        },
      });
      expect(await readAgain(created)).toEqual(created);
    });

    it('has neither labels, annotations nor finalizers unless told', async () => {
      const { metadata, status } = await made();
      expect(metadata).toMatchObject({ labels: {}, annotations: {}, finalizers: [] });
      expect(status).toBeUndefined();
    });

    it('keeps a uid that is given', async () => {
      const uid = randomUUID();
      expect((await made(wanted({ uid }))).metadata.uid).toBe(uid);
    });

    it('keeps nothing that is undefined', async () => {
      const created = await made(wanted({}, { colour: 'green', size: undefined }));
      expect(Object.keys((await readAgain(created)).spec)).toEqual(['colour']);
      expect(Object.keys(created.spec)).toEqual(['colour']);
    });

    it('leaves one of that key as it is', async () => {
      const created = await made();
      const again = { ...wanted(created.metadata), spec: { colour: 'red' } };
      expect(await open().create(again)).toEqual({ outcome: 'exists' });
      expect(await readAgain(created)).toEqual(created);
    });

    it('makes nothing when a claim is held, and says who holds it', async () => {
      const claim = randomUUID();
      const first = await made(wanted(), [claim]);
      const second = wanted({ name: 'two' });
      expect(await open().create(second, [randomUUID(), claim])).toEqual({
        outcome: 'claimed',
        claim,
        holder: keyOf(first),
      });
      expect(await read(keyOf(second))).toBeUndefined();
    });

    it('tells the first of the held claims, and before all claims that it exists', async () => {
      const [one, two] = [randomUUID(), randomUUID()];
      const [first, second] = [await made(wanted(), [one]), await made(wanted(), [two])];
      const third = await open().create(wanted(), [two, one]);
      expect(third).toEqual({ outcome: 'claimed', claim: two, holder: keyOf(second) });
      expect(await open().create(wanted(first.metadata), [two])).toEqual({ outcome: 'exists' });
    });

    it('takes no claim when another one is held', async () => {
      const [held, free] = [randomUUID(), randomUUID()];
      await made(wanted(), [held]);
      await open().create(wanted(), [free, held]);
      expect(await made(wanted(), [free])).toBeDefined();
    });

    it('takes a claim that is named twice once', async () => {
      const claim = randomUUID();
      expect(await made(wanted(), [claim, claim])).toBeDefined();
    });

    it('of many at once with one claim, makes exactly one', async () => {
      const claim = randomUUID();
      const all = await Promise.all(Array.from({ length: 8 }, () => open().create(wanted(), [claim])));
      expect(all.map(({ outcome }) => outcome).sort()).toEqual([...Array(7).fill('claimed'), 'created']);
    });

    it('refuses one that is too large to be stored, and keeps its claims free', async () => {
      const claim = randomUUID();
      const large = wanted({}, { colour: 'x'.repeat(420_000) });
      await expect(open().create(large, [claim])).rejects.toThrow(ResourceTooLargeError);
      expect(await read(keyOf(large))).toBeUndefined();
      expect(await made(wanted({}, { colour: 'x'.repeat(390_000) }), [claim])).toBeDefined();
    });
  });

  describe(`${title}: updating a resource`, () => {
    it('counts a generation for a changed spec', async () => {
      const created = await made();
      const updated = await open().update({ ...created, spec: { colour: 'red' } });
      expect(updated.spec).toEqual({ colour: 'red' });
      expect(updated.metadata.generation).toBe(2);
      expect(updated.metadata.resourceVersion).not.toBe(created.metadata.resourceVersion);
      expect(await readAgain(created)).toEqual(updated);
    });

    it('counts none for labels, annotations and finalizers', async () => {
      const created = await made(wanted({}, { colour: 'green', size: { width: 1.5, height: 2 } }));
      const others = { labels: { a: 'b' }, annotations: { c: 'd' }, finalizers: [holder] };
      // The order of fields means nothing.
      const spec = { size: { height: 2, width: 1.5 }, colour: 'green' };
      const updated = await open().update({ ...created, spec, metadata: { ...created.metadata, ...others } });
      expect(updated.metadata).toMatchObject({ ...others, generation: 1 });
      expect(updated.metadata.resourceVersion).not.toBe(created.metadata.resourceVersion);
      expect(await readAgain(created)).toEqual(updated);
    });

    it('leaves the status, and the rest of the metadata, as they are', async () => {
      const created = await made();
      const withStatus = await open().updateStatus({ ...created, status: { phase: 'Ready' } });
      const forged = {
        ...withStatus.metadata,
        generation: 40,
        uid: 'forged',
        creationTimestamp: 'yesterday',
      };
      const updated = await open().update({ ...withStatus, spec: { colour: 'red' }, metadata: forged });
      expect(updated.status).toEqual({ phase: 'Ready' });
      const { uid, creationTimestamp } = created.metadata;
      expect(updated.metadata).toMatchObject({ uid, creationTimestamp, generation: 2 });
    });

    it.each([
      ['of a resource that had none', undefined],
      ['of a resource that had one', { phase: 'Pending' }],
    ])('refuses a changed status %s', async (_, before) => {
      const created = await made();
      const current = before ? await open().updateStatus({ ...created, status: before }) : created;
      const changed = { ...current, spec: { colour: 'red' }, status: { phase: 'Ready' } };
      await expect(open().update(changed)).rejects.toThrow(/update .*changed status/);
      expect(await readAgain(created)).toEqual(current);
    });

    it('is a conflict when somebody else has written, and changes nothing then', async () => {
      const created = await made();
      const theirs = await open().update({ ...created, spec: { colour: 'blue' } });
      const ours = open().update({ ...created, spec: { colour: 'red' } });
      await expect(ours).rejects.toMatchObject({ name: 'ConflictError', key: keyOf(created) });
      expect(await readAgain(created)).toEqual(theirs);
    });

    it('is a conflict when it is gone, or was made again', async () => {
      const created = await made();
      await open().delete(keyOf(created));
      await expect(open().update(created)).rejects.toThrow(ConflictError);
      expect(await read(keyOf(created))).toBeUndefined();
      await made(wanted(created.metadata));
      await expect(open().update(created)).rejects.toThrow(ConflictError);
    });

    it('refuses one that is too large to be stored', async () => {
      const created = await made();
      const large = { ...created, spec: { colour: 'x'.repeat(420_000) } };
      await expect(open().update(large)).rejects.toThrow(/would take more than the 400 KB/);
      expect(await readAgain(created)).toEqual(created);
    });
  });

  describe(`${title}: updating the status`, () => {
    it('writes it, and is no new generation', async () => {
      const created = await made();
      const first = await open().updateStatus({ ...created, status: { phase: 'Pending' } });
      const second = await open().updateStatus({ ...first, status: { phase: 'Ready', seen: 1 } });
      expect(second.status).toEqual({ phase: 'Ready', seen: 1 });
      expect(second.metadata.generation).toBe(1);
      expect(await readAgain(created)).toEqual(second);
    });

    it.each<[string, (resource: Resource<Spec, Status>) => Resource<Spec, Status>]>([
      ['spec', (resource) => ({ ...resource, spec: { colour: 'red' } })],
      ['labels', (resource) => ({ ...resource, metadata: { ...resource.metadata, labels: { a: 'b' } } })],
      ['annotations', (one) => ({ ...one, metadata: { ...one.metadata, annotations: { a: 'b' } } })],
      ['finalizers', (one) => ({ ...one, metadata: { ...one.metadata, finalizers: [holder] } })],
    ])('refuses changed %s', async (_, change) => {
      const created = await made();
      const changed = { ...change(created), status: { phase: 'Ready' } };
      await expect(open().updateStatus(changed)).rejects.toThrow(/updateStatus .*changed/);
      expect(await readAgain(created)).toEqual(created);
    });

    it('is a conflict with a change of the spec at the same time, which stays', async () => {
      const created = await made();
      const theirs = await open().update({ ...created, spec: { colour: 'red' } });
      const ours = open().updateStatus({ ...created, status: { phase: 'Ready' } });
      await expect(ours).rejects.toThrow(ConflictError);
      expect(await readAgain(created)).toEqual(theirs);
    });

    it('refuses one that is too large to be stored', async () => {
      const created = await made();
      const large = { ...created, status: { phase: 'x'.repeat(420_000) } };
      await expect(open().updateStatus(large)).rejects.toThrow(ResourceTooLargeError);
      expect(await readAgain(created)).toEqual(created);
    });
  });

  describe(`${title}: deleting a resource`, () => {
    it('is nothing when it is not there', async () => {
      expect(await open().delete({ kind, namespace: ownNamespace(), name: 'one' })).toBe('not there');
    });

    it('removes it and gives its claims back', async () => {
      const claims = [randomUUID(), randomUUID()];
      const created = await made(wanted(), claims);
      expect(await open().delete(keyOf(created))).toBe('deleted');
      expect(await read(keyOf(created))).toBeUndefined();
      expect(await open().delete(keyOf(created))).toBe('not there');
      const again = await made(wanted(created.metadata), claims);
      expect(again.metadata.creationTimestamp >= created.metadata.creationTimestamp).toBe(true);
    });

    it('only marks one that has finalizers, once, and is no new generation', async () => {
      const created = await made(wanted({ finalizers: [holder] }));
      expect(await open().delete(keyOf(created))).toBe('deleting');
      const marked = await readAgain(created);
      expect(marked.metadata).toMatchObject({
        deletionTimestamp: expect.stringMatching(/Z$/),
        generation: 1,
        finalizers: [holder],
      });
      expect(marked.metadata.resourceVersion).not.toBe(created.metadata.resourceVersion);
      expect(await open().delete(keyOf(created))).toBe('deleting');
      expect(await readAgain(created)).toEqual(marked);
    });

    it('keeps the claims of one that is only marked', async () => {
      const claim = randomUUID();
      const created = await made(wanted({ finalizers: [holder] }), [claim]);
      await open().delete(keyOf(created));
      expect(await open().create(wanted(), [claim])).toMatchObject({ outcome: 'claimed' });
    });

    it('happens although somebody keeps writing', async () => {
      const created = await made(wanted({ finalizers: [holder] }));
      const writing = write5Times(open(), created);
      expect(await open().delete(keyOf(created))).toBe('deleting');
      await writing;
      expect((await readAgain(created)).metadata.deletionTimestamp).toBeDefined();
    });
  });

  describe(`${title}: removing a finalizer`, () => {
    it('of a resource that is to stay leaves it without', async () => {
      const created = await made(wanted({ finalizers: ['example.com/other', holder] }));
      const left = await open().removeFinalizer(created, holder);
      expect(left?.metadata.finalizers).toEqual(['example.com/other']);
      expect(await readAgain(created)).toEqual(left);
    });

    it('that is the last, of a resource that is to go, takes it and its claims away', async () => {
      const claim = randomUUID();
      const created = await made(wanted({ finalizers: ['example.com/other', holder] }), [claim]);
      await open().delete(keyOf(created));
      const one = await open().removeFinalizer(await readAgain(created), 'example.com/other');
      expect(one?.metadata.finalizers).toEqual([holder]);
      expect(one && (await open().removeFinalizer(one, holder))).toBeUndefined();
      expect(await read(keyOf(created))).toBeUndefined();
      expect(await made(wanted(), [claim])).toBeDefined();
    });

    it('that is the last, of a resource that is to stay, keeps it', async () => {
      const created = await made(wanted({ finalizers: [holder] }));
      const left = await open().removeFinalizer(created, holder);
      expect(left?.metadata.finalizers).toEqual([]);
      expect(await readAgain(created)).toEqual(left);
    });

    it('is a conflict when somebody else has written', async () => {
      const created = await made(wanted({ finalizers: [holder] }));
      await open().delete(keyOf(created));
      await expect(open().removeFinalizer(created, holder)).rejects.toThrow(ConflictError);
      const marked = await readAgain(created);
      await open().updateStatus({ ...marked, status: { phase: 'Deleting' } });
      await expect(open().removeFinalizer(marked, holder)).rejects.toThrow(ConflictError);
      expect(await readAgain(created)).toMatchObject({ status: { phase: 'Deleting' } });
    });

    it('of one that is gone, or that was made again, is nothing', async () => {
      const created = await made(wanted({ finalizers: [holder] }));
      await open().delete(keyOf(created));
      const marked = await readAgain(created);
      await open().removeFinalizer(marked, holder);
      expect(await open().removeFinalizer(marked, holder)).toBeUndefined();
      const again = await made(wanted({ ...created.metadata, uid: randomUUID() }));
      expect(await open().removeFinalizer(marked, holder)).toBeUndefined();
      expect(await open().removeFinalizer(created, holder)).toBeUndefined();
      expect(await readAgain(again)).toEqual(again);
    });
  });

  describe(`${title}: listing`, () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    async function filled(namespace = ownNamespace()): Promise<string> {
      for (const name of ['c', 'a', 'f', 'b', 'e', 'd']) await made(wanted({ namespace, name }));
      return namespace;
    }

    const page = (namespace: string, limit: number, pageToken?: string) =>
      open().list<Spec, Status>({ kind, namespace, limit, ...(pageToken !== undefined && { pageToken }) });

    async function* pagesOf(namespace: string, limit: number) {
      let pageToken: string | undefined;
      do {
        const { items, nextPageToken } = await page(namespace, limit, pageToken);
        yield items.map(({ metadata }) => metadata.name);
        pageToken = nextPageToken;
      } while (pageToken);
    }

    it.each([1, 2, 4, 6, 100])('comes in pages of %d, in order, and ends with the last', async (limit) => {
      const namespace = await filled();
      const pages: string[][] = [];
      for await (const one of pagesOf(namespace, limit)) pages.push(one);
      expect(pages.flat()).toEqual(names);
      expect(pages).toHaveLength(Math.ceil(names.length / limit));
    });

    it('has whole resources', async () => {
      const created = await made();
      const { items } = await page(created.metadata.namespace, 10);
      expect(items).toEqual([created]);
    });

    it('has those of its own kind and namespace only', async () => {
      const namespace = await filled();
      await filled(`${namespace}#more`);
      await open().create({ ...wanted({ namespace, name: 'bb' }), kind: 'WidgetBox' });
      const { items } = await page(namespace, 100);
      expect(items.map(({ metadata }) => metadata.name)).toEqual(names);
    });

    it('of nothing is empty', async () => {
      expect(await page(ownNamespace(), 10)).toEqual({ items: [] });
    });

    it('goes on when the resource it stopped at is gone, and shows what was made meanwhile', async () => {
      const namespace = await filled();
      const { nextPageToken } = await page(namespace, 2);
      await open().delete({ kind, namespace, name: 'b' });
      await made(wanted({ namespace, name: 'bb' }));
      const { items } = await page(namespace, 2, nextPageToken);
      expect(items.map(({ metadata }) => metadata.name)).toEqual(['bb', 'c']);
    });

    it.each<[string, (token: string) => string]>([
      ['empty', () => ''],
      ['cut', (token) => token.slice(0, -1)],
      ['prolonged', (token) => `${token}YQ`],
      ['changed', (token) => (token.startsWith('M') ? 'N' : 'M') + token.slice(1)],
      ['made up', () => Buffer.from('{"pk":"Widget#other","sk":"a"}').toString('base64url')],
      ['no text at all', () => '%%%\u0000'],
    ])('refuses a page token that is %s', async (_, tamper) => {
      const namespace = await filled();
      const { nextPageToken = '' } = await page(namespace, 2);
      await expect(page(namespace, 2, tamper(nextPageToken))).rejects.toThrow(PageTokenError);
    });

    it('refuses a page token of another list', async () => {
      const [one, other] = [await filled(), await filled()];
      const { nextPageToken } = await page(one, 2);
      await expect(page(other, 2, nextPageToken)).rejects.toThrow(PageTokenError);
      const ofOtherKind = { kind: 'WidgetBox', namespace: one, limit: 2, pageToken: nextPageToken ?? '' };
      await expect(open().list(ofOtherKind)).rejects.toThrow(PageTokenError);
    });

    it.each([0, -1, 1.5, 101, Number.NaN])('refuses a page of %d', async (limit) => {
      await expect(page(ownNamespace(), limit)).rejects.toThrow('a page has 1 to 100 resources');
    });
  });

  describe(`${title}: the index of a kind`, () => {
    it('has all of it, in whatever namespace, with labels', async () => {
      const ownKind = `Widget${randomUUID().replaceAll('-', '')}`;
      const resources = [wanted({ labels: { team: 'blue' } }), wanted({ name: 'two' })];
      for (const resource of resources) await open().create({ ...resource, kind: ownKind }, [randomUUID()]);
      const found = await all(open().index(ownKind));
      const expected = resources.map((resource) => ({
        ...keyOf({ ...resource, kind: ownKind }),
        labels: resource.metadata.labels ?? {},
      }));
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining(expected.map((one) => expect.objectContaining(one))));
    });

    it('of a kind without resources is empty', async () => {
      expect(await all(open().index('NothingOfTheKind'))).toEqual([]);
    });
  });

  describe(`${title}: many writers at once`, () => {
    it('do each of their changes exactly once', async () => {
      const created = await made(wanted({}, { colour: '' }));
      await Promise.all([...'abcdefghij'].map((letter) => addLetter(open(), keyOf(created), letter)));
      const { spec, metadata } = await readAgain(created);
      expect([...spec.colour].sort().join('')).toBe('abcdefghij');
      expect(metadata.generation).toBe(11);
    });

    it('of spec and status lose nothing of either', async () => {
      const created = await made(wanted({}, { colour: '' }));
      const letters = [...'abcde'].map((letter) => addLetter(open(), keyOf(created), letter));
      await Promise.all([...letters, ...letters.map(() => countOne(open(), keyOf(created)))]);
      const { spec, status } = await readAgain(created);
      expect([...spec.colour].sort().join('')).toBe('abcde');
      expect(status?.seen).toBe(5);
    });
  });
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Reads and changes a resource until nobody has written it in between. */
async function insist(
  store: ResourceStore,
  key: ResourceKey,
  change: (resource: Resource<Spec, Status>) => Promise<unknown>,
): Promise<void> {
  for (;;) {
    const resource = await store.get<Spec, Status>(key);
    if (!resource) throw new Error('it is gone');
    try {
      await change(resource);
      return;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}

const addLetter = (store: ResourceStore, key: ResourceKey, letter: string) =>
  insist(store, key, (resource) =>
    store.update({ ...resource, spec: { colour: resource.spec.colour + letter } }),
  );

const countOne = (store: ResourceStore, key: ResourceKey) =>
  insist(store, key, (resource) => {
    const status = { phase: 'Counting', seen: (resource.status?.seen ?? 0) + 1 };
    return store.updateStatus({ ...resource, status });
  });

async function write5Times(store: ResourceStore, resource: Resource<Spec, Status>): Promise<void> {
  for (let time = 0; time < 5; time++) await countOne(store, keyOf(resource));
}
