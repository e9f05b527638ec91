import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { InvalidResourceError, type Rules } from '../../shared/resources/kind-rules.ts';
import {
  keyOf,
  type NewResource,
  type Resource,
  type ResourceMeta,
} from '../../shared/resources/resource.ts';
import {
  ConflictError,
  type IndexedResource,
  type ResourceStore,
  ResourceTooLargeError,
} from '../../shared/resources/resource-store.ts';
import type { Step } from '../../shared/resources/steps.ts';

interface Spec {
  shop: string;
  note?: string;
}

interface Status {
  phase?: string;
  holder?: string;
}

type Gadget = Resource<Spec, Status>;

const kind = 'Gadget';
const holder = 'example.com/holder';

/** The rules that the stores of this suite have to be opened with. */
export const suiteRules: Rules = {
  [kind]: {
    selection: ({ spec, status, metadata }) => {
      const { phase } = (status ?? {}) as Status;
      return phase === 'Ready' && !metadata.deletionTimestamp ? `ready#${(spec as Spec).shop}` : undefined;
    },
    problem: ({ spec, status }) => {
      const isLost = (spec as Spec).shop === '' || (status as Status | undefined)?.phase === 'Lost';
      return isLost ? 'a gadget is in a shop' : undefined;
    },
  },
};

const wanted = (
  spec: Partial<Spec> = {},
  metadata: Partial<NewResource['metadata']> = {},
): NewResource<Spec> => ({
  apiVersion: 'example.com/v1',
  kind,
  metadata: { namespace: `ns-${randomUUID()}`, name: 'one', ...metadata },
  spec: { shop: randomUUID(), ...spec },
});

const namesOf = (found: readonly IndexedResource[]): string[] => found.map(({ name }) => name);

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Until another millisecond has begun: what is made then is younger. */
async function anotherMoment(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise(setImmediate);
}

/** What every store does with resources that belong together, in memory as well as in DynamoDB. */
export function resourceRelationsSuite(title: string, open: () => ResourceStore): void {
  async function made(resource = wanted(), status?: Status): Promise<Gadget> {
    const creation = await open().create<Spec, Status>(resource);
    if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
    return status ? open().updateStatus({ ...creation.resource, status }) : creation.resource;
  }

  const readAgain = (resource: NewResource | Gadget) => open().get<Spec, Status>(keyOf(resource as Resource));

  const ownerOf = ({ apiVersion, metadata }: Gadget): Pick<ResourceMeta, 'ownerReferences'> => ({
    ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true }],
  });

  describe(`${title}: an owner`, () => {
    it('is kept, and shows what goes with it', async () => {
      const owner = await made();
      const { namespace } = owner.metadata;
      const dependent = await made(wanted({}, { namespace, name: 'two', ...ownerOf(owner) }));
      await made(wanted({}, { namespace, name: 'three', ...ownerOf(dependent) }));
      expect(await readAgain(dependent)).toEqual(dependent);
      expect(dependent.metadata).toMatchObject(ownerOf(owner));
      expect(await all(open().dependents(owner.metadata.uid))).toEqual([
        { ...keyOf(dependent), labels: {}, uid: dependent.metadata.uid, ...ownerOf(owner) },
      ]);
    });

    it('is shown by the index of the kind, too', async () => {
      const owner = await made();
      const dependent = await made(wanted({}, { name: 'two', ...ownerOf(owner) }));
      const found = await all(open().index(kind));
      expect(found).toContainEqual({
        ...{ ...keyOf(dependent), labels: {}, uid: dependent.metadata.uid },
        ...ownerOf(owner),
      });
    });

    it('has nothing when nothing goes with it, or no longer', async () => {
      const owner = await made();
      expect(await all(open().dependents(owner.metadata.uid))).toEqual([]);
      const dependent = await made(wanted({}, { name: 'two', ...ownerOf(owner) }));
      await open().delete(keyOf(dependent));
      expect(await all(open().dependents(owner.metadata.uid))).toEqual([]);
    });

    it('stays whatever is written', async () => {
      const [owner, other] = [await made(), await made()];
      const dependent = await made(wanted({}, { name: 'two', ...ownerOf(owner) }));
      const metadata = { ...dependent.metadata, labels: { a: 'b' }, ...ownerOf(other) };
      await open().update({ ...dependent, metadata });
      expect((await readAgain(dependent))?.metadata).toMatchObject({ labels: { a: 'b' }, ...ownerOf(owner) });
      expect(namesOf(await all(open().dependents(owner.metadata.uid)))).toEqual(['two']);
    });

    it('is one at most', async () => {
      const references = [await made(), await made()].flatMap((one) => ownerOf(one).ownerReferences ?? []);
      await expect(open().create(wanted({}, { ownerReferences: references }))).rejects.toThrow('one owner');
    });
  });

  describe(`${title}: deleting the one that is meant`, () => {
    it('deletes the one of that uid', async () => {
      const created = await made();
      expect(await open().delete(keyOf(created), created.metadata.uid)).toBe('deleted');
    });

    it('leaves another one of that name alone', async () => {
      const created = await made();
      expect(await open().delete(keyOf(created), randomUUID())).toBe('not there');
      expect(await readAgain(created)).toEqual(created);
    });
  });

  describe(`${title}: a selection`, () => {
    const select = (shop: string, limit = 100) => open().select({ kind, selection: `ready#${shop}`, limit });

    it('has those that belong to it, the oldest first, and no more than are wanted', async () => {
      const shop = randomUUID();
      for (const name of ['d', 'a', 'c', 'b']) {
        await made(wanted({ shop }, { name, labels: { letter: name } }), { phase: 'Ready' });
        await anotherMoment();
      }
      await made(wanted({ shop }), { phase: 'Pending' });
      await made(wanted(), { phase: 'Ready' });
      const found = await select(shop);
      expect(namesOf(found)).toEqual(['d', 'a', 'c', 'b']);
      expect(found[0]).toMatchObject({ kind, labels: { letter: 'd' }, uid: expect.stringMatching(/./) });
      expect(namesOf(await select(shop, 2))).toEqual(['d', 'a']);
      expect(await select(shop, 0)).toEqual([]);
    });

    it('is that of its kind alone', async () => {
      const shop = randomUUID();
      await made({ ...wanted({ shop }), kind: 'Trinket' }, { phase: 'Ready' });
      expect(await select(shop)).toEqual([]);
    });

    it('follows the status, the spec and the deletion', async () => {
      const [shop, other] = [randomUUID(), randomUUID()];
      const created = await made(wanted({ shop }, { finalizers: [holder] }));
      expect(await select(shop)).toEqual([]);
      const ready = await open().updateStatus({ ...created, status: { phase: 'Ready' } });
      expect(await select(shop)).toHaveLength(1);
      const moved = await open().update({ ...ready, spec: { shop: other } });
      expect([await select(shop), await select(other)]).toEqual([
        [],
        [expect.objectContaining(keyOf(created))],
      ]);
      const failed = await open().updateStatus({ ...moved, status: { phase: 'Failed' } });
      expect(await select(other)).toEqual([]);
      await open().updateStatus({ ...failed, status: { phase: 'Ready' } });
      await open().delete(keyOf(created));
      expect(await select(other)).toEqual([]);
    });

    it('does not show in the resource', async () => {
      const ready = await made(wanted(), { phase: 'Ready' });
      expect(await readAgain(ready)).toEqual(ready);
      expect(Object.keys(ready.metadata)).not.toContain('selected');
    });
  });

  describe(`${title}: rules`, () => {
    it('keep out what is not as it should be, whoever writes it', async () => {
      await expect(open().create(wanted({ shop: '' }))).rejects.toThrow(InvalidResourceError);
      const created = await made();
      await expect(open().update({ ...created, spec: { shop: '' } })).rejects.toThrow(
        /is not written: a gadget is/,
      );
      const lost = { ...created, status: { phase: 'Lost' } };
      await expect(open().updateStatus(lost)).rejects.toThrow(InvalidResourceError);
      await expect(open().transact([{ do: 'replace', resource: lost }])).rejects.toThrow(
        InvalidResourceError,
      );
      expect(await readAgain(created)).toEqual(created);
    });
  });

  describe(`${title}: a transaction`, () => {
    const give = (gadget: Gadget, to: string): Step => ({
      do: 'replace',
      resource: { ...gadget, spec: { ...gadget.spec, note: 'given' }, status: { holder: to } },
    });

    const done = async (...steps: Step[]): Promise<(Gadget | undefined)[]> => {
      const ended = await open().transact(steps);
      if (ended.outcome !== 'done') throw new Error(`it ended with ${ended.outcome}`);
      return ended.resources as (Gadget | undefined)[];
    };

    it('takes all steps, and gives back what is stored', async () => {
      const [first, second] = [await made(), await made(wanted(), { phase: 'Ready' })];
      const third = await made(wanted({}, { finalizers: [holder] }));
      const fourth = wanted({}, { labels: { a: 'b' } });
      const ended = await done(
        { do: 'update', resource: { ...first, spec: { shop: 'new' } } },
        { do: 'updateStatus', resource: { ...second, status: { phase: 'Taken' } } },
        { do: 'removeFinalizer', resource: third, finalizer: holder },
        { do: 'create', resource: fourth },
      );
      const all = [first, second, third, fourth];
      expect(ended).toEqual(await Promise.all(all.map(readAgain)));
      expect(ended).toMatchObject([
        { spec: { shop: 'new' }, metadata: { generation: 2, uid: first.metadata.uid } },
        { status: { phase: 'Taken' }, metadata: { generation: 1 } },
        { metadata: { finalizers: [] } },
        { metadata: { labels: { a: 'b' }, generation: 1 } },
      ]);
      const versions = [first, second, third].map(({ metadata }) => metadata.resourceVersion);
      expect(
        ended.slice(0, 3).filter((one) => versions.includes(one?.metadata.resourceVersion ?? '')),
      ).toEqual([]);
    });

    it('writes spec and status of one resource at once', async () => {
      const created = await made(wanted({}, { labels: { a: 'b' } }));
      const [given] = await done(give(created, 'me'));
      expect(given).toMatchObject({
        spec: { note: 'given' },
        status: { holder: 'me' },
        metadata: { generation: 2 },
      });
      const [same] = await done({ do: 'replace', resource: given as Gadget });
      expect(same).toMatchObject({ metadata: { generation: 2, labels: { a: 'b' } } });
      const [bare] = await done({ do: 'replace', resource: { ...(same as Gadget), status: undefined } });
      expect(await readAgain(created)).toEqual(bare);
      expect(bare).not.toHaveProperty('status');
    });

    it('takes away one whose last finalizer it removes, with its claims', async () => {
      const claim = randomUUID();
      const gone = wanted({}, { finalizers: [holder] });
      await open().create(gone, [claim]);
      await open().delete(keyOf(gone));
      const marked = (await readAgain(gone)) as Gadget;
      const other = await made();
      expect(
        await done({ do: 'removeFinalizer', resource: marked, finalizer: holder }, give(other, 'me')),
      ).toEqual([undefined, expect.objectContaining({ status: { holder: 'me' } })]);
      expect(await readAgain(gone)).toBeUndefined();
      expect(await open().create(wanted(), [claim])).toMatchObject({ outcome: 'created' });
    });

    it('keeps the claims of what it changes', async () => {
      const claim = randomUUID();
      const creation = await open().create<Spec, Status>(wanted(), [claim]);
      if (creation.outcome === 'created') await done(give(creation.resource, 'me'));
      expect(await open().create(wanted(), [claim])).toMatchObject({ outcome: 'claimed' });
    });

    it('takes none when somebody has written one of them, and says which', async () => {
      const [first, second, fresh] = [await made(), await made(), wanted()];
      await open().updateStatus({ ...second, status: { phase: 'Other' } });
      const ours = open().transact([
        { do: 'create', resource: fresh },
        give(first, 'me'),
        give(second, 'me'),
      ]);
      await expect(ours).rejects.toMatchObject({ name: 'ConflictError', key: keyOf(second) });
      expect(await readAgain(first)).toEqual(first);
      expect(await readAgain(fresh)).toBeUndefined();
    });

    it('takes none when one of them is gone, or was made again', async () => {
      const [first, second] = [await made(), await made()];
      await open().delete(keyOf(second));
      const conflict = { name: 'ConflictError', key: keyOf(second) };
      await expect(open().transact([give(first, 'me'), give(second, 'me')])).rejects.toMatchObject(conflict);
      await open().create(second);
      await expect(open().transact([give(first, 'me'), give(second, 'me')])).rejects.toMatchObject(conflict);
      expect(await readAgain(first)).toEqual(first);
    });

    it('takes none when one that it is to make is there, or claims what another holds', async () => {
      const claim = randomUUID();
      const [first, there] = [await made(), wanted()];
      await open().create(there, [claim]);
      const exists = await open().transact([give(first, 'me'), { do: 'create', resource: there }]);
      expect(exists).toEqual({ outcome: 'exists', key: keyOf(there as Resource) });
      const fresh = wanted();
      const claimed = await open().transact([
        { do: 'create', resource: fresh, claims: [randomUUID(), claim] },
        give(first, 'me'),
      ]);
      expect(claimed).toEqual({
        outcome: 'claimed',
        key: keyOf(fresh as Resource),
        claim,
        holder: keyOf(there as Resource),
      });
      expect([await readAgain(first), await readAgain(fresh)]).toEqual([first, undefined]);
    });

    it('takes none when one of them would be too large', async () => {
      const first = await made();
      const large = wanted({ note: 'x'.repeat(420_000) });
      const ours = open().transact([give(first, 'me'), { do: 'create', resource: large }]);
      await expect(ours).rejects.toThrow(ResourceTooLargeError);
      expect(await readAgain(first)).toEqual(first);
    });

    it.each<[string, (gadget: Gadget) => Step]>([
      ['update', (one) => ({ do: 'update', resource: { ...one, status: { phase: 'Lies' } } })],
      ['updateStatus', (one) => ({ do: 'updateStatus', resource: { ...one, spec: { shop: 'lies' } } })],
    ])('refuses what a step %s does not write', async (call, step) => {
      const [first, second] = [await made(), await made()];
      await expect(open().transact([give(first, 'me'), step(second)])).rejects.toThrow(`${call} of Gadget`);
      expect(await readAgain(first)).toEqual(first);
    });

    it('has each resource once', async () => {
      const first = await made();
      await expect(open().transact([give(first, 'me'), give(first, 'you')])).rejects.toThrow('in two steps');
      expect(await readAgain(first)).toEqual(first);
    });

    it('of no steps is done', async () => {
      expect(await open().transact([])).toEqual({ outcome: 'done', resources: [] });
    });

    it('keeps selections as they should be', async () => {
      const shop = randomUUID();
      const first = await made(wanted({ shop }), { phase: 'Ready' });
      const second = wanted({ shop }, { name: 'two' });
      await done(give(first, 'me'), { do: 'create', resource: second });
      expect(await open().select({ kind, selection: `ready#${shop}`, limit: 5 })).toEqual([]);
    });

    it('of many at once that want the same two, is one', async () => {
      const [first, second] = [await made(), await made()];
      const takers = Array.from({ length: 6 }, (_, index) => `taker-${index}`);
      const ended = await Promise.allSettled(
        takers.map((taker, index) => {
          const steps = [give(first, taker), give(second, taker)];
          return open().transact(index % 2 ? steps : steps.reverse());
        }),
      );
      const won = ended.filter(({ status }) => status === 'fulfilled');
      const lost = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(won).toHaveLength(1);
      for (const reason of lost) expect(reason).toBeInstanceOf(ConflictError);
      const [one, two] = [await readAgain(first), await readAgain(second)];
      expect(takers).toContain(one?.status?.holder);
      expect(two?.status?.holder).toBe(one?.status?.holder);
    });
  });
}
