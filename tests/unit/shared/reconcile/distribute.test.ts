import { describe, expect, it } from '@jest/globals';
import {
  type DistributorDependencies,
  distributeChanges,
  passOnTimers,
  sweep,
} from '../../../../shared/reconcile/distribute.ts';
import { lookRequestedAt } from '../../../../shared/reconcile/reconcile.ts';
import type { Change } from '../../../../shared/reconcile/stream-changes.ts';
import { bodyOf } from '../../../../shared/reconcile/work-messages.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { MemoryWorkQueue } from '../../../support/fakes/memory-work-queue.ts';
import { RecordedReports } from '../../../support/fakes/recorded-reports.ts';
import { imageOf, sqsEvent, streamEvent, streamRecord } from '../../../support/reconcile/events.ts';
import { newWidget, placed, type Widget, widgetKey } from '../../../support/reconcile/widgets.ts';

const now = new Date('2026-01-31T10:00:00.000Z');

function distributor(differences: Partial<DistributorDependencies> = {}) {
  const store = new MemoryStore();
  const queue = new MemoryWorkQueue();
  const reporter = new RecordedReports();
  const kinds = ['Widget'];
  const dependencies = { store, queue, kinds, observers: [], reporter, now: () => now, ...differences };
  return { store, queue, reporter, dependencies };
}

/** The one change that some work makes. */
async function changeBy(work: (store: MemoryStore, widget: Widget) => Promise<unknown>): Promise<Change> {
  const store = new MemoryStore();
  const creation = await store.create(newWidget('one', 'green', { finalizers: ['example.com/holder'] }));
  if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
  await work(store, creation.resource as Widget);
  const change = store.changes.at(-1);
  if (!change) throw new Error('nothing was changed');
  return change;
}

const withMetadata = (widget: Widget, differences: Partial<Widget['metadata']>): Widget => ({
  ...widget,
  metadata: { ...widget.metadata, ...differences },
});

const change = {
  creation: await changeBy(async () => {}),
  spec: await changeBy((store, widget) => store.update({ ...widget, spec: { colour: 'red' } })),
  status: await changeBy((store, widget) => store.updateStatus({ ...widget, status: { painted: 'green' } })),
  labels: await changeBy((store, widget) => store.update(withMetadata(widget, { labels: { a: 'b' } }))),
  annotations: await changeBy((store, widget) =>
    store.update(withMetadata(widget, { annotations: { a: 'b' } })),
  ),
  request: await changeBy((store, widget) =>
    store.update(withMetadata(widget, { annotations: { [lookRequestedAt]: now.toISOString() } })),
  ),
  deletion: await changeBy((store) => store.delete(widgetKey('one'))),
  finalizer: await changeBy((store, widget) => store.removeFinalizer(widget, 'example.com/holder')),
  end: await changeBy(async (store) => {
    await store.delete(widgetKey('one'));
    const marked = await store.get(widgetKey('one'));
    if (marked) await store.removeFinalizer(marked, 'example.com/holder');
  }),
};

describe('the stream of the table', () => {
  it.each<[string, Change]>([
    ['a new resource', change.creation],
    ['a new generation', change.spec],
    ['a deletion that was asked for', change.deletion],
    ['a look that somebody has asked for', change.request],
    [
      'one made again under the same name',
      { before: change.spec.after as Widget, after: again(change.creation) },
    ],
  ])('brings %s to the queue, for that event', async (_, one) => {
    const { queue, dependencies } = distributor();
    await distributeChanges(dependencies, streamEvent(one));
    expect(queue.added).toEqual([{ key: widgetKey('one'), afterSeconds: 0, reason: 'event-0' }]);
  });

  it.each<[string, Change]>([
    ['a status', change.status],
    ['labels', change.labels],
    ['other annotations', change.annotations],
    ['a finalizer that is removed', change.finalizer],
    ['a resource that is gone', change.end],
  ])('brings nobody back for %s', async (_, one) => {
    const { queue, dependencies } = distributor();
    await distributeChanges(dependencies, streamEvent(one));
    expect(queue.added).toEqual([]);
  });

  it('brings no kind that nobody looks at', async () => {
    const { queue, dependencies } = distributor({ kinds: ['Gadget'] });
    await distributeChanges(dependencies, streamEvent(change.creation));
    expect(queue.added).toEqual([]);
  });

  it('brings a resource once for a whole batch, for the last of its events', async () => {
    const { queue, dependencies } = distributor();
    await distributeChanges(dependencies, streamEvent(change.creation, change.spec, change.status));
    expect(queue.added).toEqual([{ key: widgetKey('one'), afterSeconds: 0, reason: 'event-1' }]);
  });

  it('says nothing of claims and of what else is in the table', async () => {
    const seen: Change[] = [];
    const observer = async (changes: readonly Change[]) => void seen.push(...changes);
    const { queue, reporter, dependencies } = distributor({ observers: [observer] });
    const others = [
      { pk: 'claim#name', sk: 'claim', holder: widgetKey('one'), uid: 'uid' },
      { pk: 'discovery#123456789012', sk: 'functions', expiresAt: 7, kind: 'Widget' },
    ];
    const Records = others.map((item) => ({
      ...streamRecord(change.creation, 'event'),
      dynamodb: { Keys: imageOf({ pk: item.pk, sk: item.sk }) ?? {}, NewImage: imageOf(item) ?? {} },
    }));
    await distributeChanges(dependencies, { Records });
    expect({ added: queue.added, lost: reporter.lost, seen }).toEqual({ added: [], lost: [], seen: [] });
  });

  it.each([
    ['has nothing in it', { eventID: 'odd' }],
    ['has attributes of no type', { eventID: 'odd', dynamodb: { Keys: {}, NewImage: { pk: { X: 'y' } } } }],
  ])('is not held up by a record that %s: it is dropped and told', async (_, record) => {
    const { queue, reporter, dependencies } = distributor();
    const { Records } = streamEvent(change.creation);
    await distributeChanges(dependencies, { Records: [record as never, ...Records] });
    expect(reporter.lost).toEqual([{ what: 'stream record', id: 'odd' }]);
    expect(queue.keys).toEqual([widgetKey('one')]);
  });
});

/** The same resource, made again. */
function again({ after }: Change): Widget {
  return withMetadata(after as Widget, { uid: 'another' });
}

describe('an observer', () => {
  it('is shown every change as it was, in order', async () => {
    const seen: Change[] = [];
    const { dependencies } = distributor({ observers: [async (changes) => void seen.push(...changes)] });
    const changes = [change.creation, change.status, change.end];
    await distributeChanges(dependencies, streamEvent(...changes));
    expect(seen).toEqual(changes);
  });

  it('that fails has the batch come again, after the work was queued', async () => {
    const { queue, dependencies } = distributor({ observers: [() => Promise.reject(new Error('blind'))] });
    await expect(distributeChanges(dependencies, streamEvent(change.creation))).rejects.toThrow('blind');
    expect(queue.keys).toEqual([widgetKey('one')]);
  });

  it('sees nothing of a batch that could not be queued', async () => {
    let batches = 0;
    const { queue, dependencies } = distributor({ observers: [async () => void batches++] });
    queue.add = () => Promise.reject(new Error('no queue'));
    await expect(distributeChanges(dependencies, streamEvent(change.creation))).rejects.toThrow('no queue');
    expect(batches).toBe(0);
  });
});

const timer = (name: string, dueAt: Date): string => bodyOf({ key: widgetKey(name), dueAt });

describe('a timer', () => {
  it('that has run out brings its resource to the queue', async () => {
    const { queue, dependencies } = distributor();
    await passOnTimers(dependencies, sqsEvent(timer('one', now)));
    expect(queue.added).toMatchObject([{ key: widgetKey('one'), afterSeconds: 0 }]);
  });

  it.each([
    ['in 20 minutes waits on', '2026-01-31T10:20:00.000Z', 1200],
    ['now is work now', '2026-01-31T10:00:00.000Z', 0],
    ['an hour ago is work now', '2026-01-31T09:00:00.000Z', 0],
  ])('that is due %s', async (_, dueAt, afterSeconds) => {
    const { queue, dependencies } = distributor();
    await passOnTimers(dependencies, sqsEvent(timer('one', new Date(dueAt))));
    expect(queue.added).toMatchObject([{ key: widgetKey('one'), afterSeconds, dueAt: new Date(dueAt) }]);
  });

  it('is the same work as another of its time, and other work than one of another time', async () => {
    const { queue, dependencies } = distributor();
    const later = new Date(now.getTime() + 1);
    await passOnTimers(dependencies, sqsEvent(timer('one', now), timer('one', now), timer('one', later)));
    const [first, second, third] = queue.added.map(({ reason }) => reason);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it.each([
    ['makes no sense', '{}'],
    ['has no time', bodyOf({ key: widgetKey('one') })],
  ])('that %s is dropped and told, and the others are passed on', async (_, body) => {
    const { queue, reporter, dependencies } = distributor();
    await passOnTimers(dependencies, sqsEvent(body, timer('two', now)));
    expect(reporter.lost).toEqual([{ what: 'message', id: 'message-0' }]);
    expect(queue.keys).toEqual([widgetKey('two')]);
  });

  it('that cannot be queued comes again', async () => {
    const { queue, dependencies } = distributor();
    queue.add = () => Promise.reject(new Error('no queue'));
    await expect(passOnTimers(dependencies, sqsEvent(timer('one', now)))).rejects.toThrow('no queue');
  });
});

describe('a sweep', () => {
  it('brings every resource of every kind that has a controller to the queue', async () => {
    const { store, queue, dependencies } = distributor({ kinds: ['Widget', 'Gadget'] });
    await placed(store, 'one');
    await store.create({ ...newWidget('two'), kind: 'Gadget' });
    await store.create({ ...newWidget('three'), kind: 'Ornament' });
    expect(await sweep(dependencies)).toBe(2);
    expect(queue.keys).toEqual([widgetKey('one'), { ...widgetKey('two'), kind: 'Gadget' }]);
  });

  it('has the same reason for five minutes, and then another', async () => {
    const { store, queue, dependencies } = distributor();
    await placed(store, 'one');
    for (const seconds of [0, 299, 300]) {
      await sweep({ ...dependencies, now: () => new Date(now.getTime() + seconds * 1000) });
    }
    const [first, second, third] = queue.added.map(({ reason }) => reason);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('brings many in parts', async () => {
    const { store, queue, dependencies } = distributor();
    for (let count = 0; count < 201; count++) await placed(store, `widget-${count}`);
    const parts: number[] = [];
    queue.add = async (work) => void parts.push(work.length);
    expect(await sweep(dependencies)).toBe(201);
    expect(parts).toEqual([100, 100, 1]);
  });
});
