import { describe, expect, it } from '@jest/globals';
import { again, done, type Reconciled } from '../../../../shared/reconcile/reconcile.ts';
import { workOff } from '../../../../shared/reconcile/worker.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { MemoryWorkQueue } from '../../../support/fakes/memory-work-queue.ts';
import { RecordedReports } from '../../../support/fakes/recorded-reports.ts';
import { sqsEvent } from '../../../support/reconcile/events.ts';
import {
  context,
  placed,
  type Widget,
  widgetController,
  widgetKey,
} from '../../../support/reconcile/widgets.ts';

const [one, two, three] = [widgetKey('one'), widgetKey('two'), widgetKey('three')];

async function workshop(reconcile: (widget: Widget) => Promise<Reconciled> = async () => done) {
  const store = new MemoryStore();
  for (const name of ['one', 'two', 'three']) await placed(store, name);
  const reporter = new RecordedReports();
  const queue = new MemoryWorkQueue();
  const dependencies = { store, queue, reporter, controllers: [widgetController(reconcile)] };
  const run = (...messages: Parameters<typeof sqsEvent>) =>
    workOff(dependencies, context(), sqsEvent(...messages));
  return { run, reporter, queue };
}

const failures = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('a batch of work', () => {
  it('is done when all of its resources are', async () => {
    const { run, reporter } = await workshop();
    expect(await run(one, two, three)).toEqual(failures());
    expect(reporter.records.map(({ name }) => name).sort()).toEqual(['one', 'three', 'two']);
  });

  it('looks at a resource once, however many messages name it', async () => {
    const { run, reporter } = await workshop();
    expect(await run(one, two, one, one)).toEqual(failures());
    expect(reporter.records.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('is done side by side', async () => {
    let begun = 0;
    const all = Promise.withResolvers<void>();
    const { run } = await workshop(async () => {
      begun += 1;
      if (begun === 3) all.resolve();
      await all.promise;
      return done;
    });
    expect(await run(one, two, three)).toEqual(failures());
  });

  it('has delivered again every message of a resource that threw, and no other', async () => {
    const { run, reporter, queue } = await workshop(async ({ metadata }) => {
      if (metadata.name === 'two') throw new Error('poison');
      return again(3);
    });
    expect(await run(two, one, two, three)).toEqual(failures('message-0', 'message-2'));
    expect([...reporter.outcomes].sort()).toEqual(['again', 'again', 'threw']);
    expect(queue.keys).toEqual([one, three]);
  });

  it.each([
    ['no JSON', 'paint it'],
    ['JSON that is no object', 'null'],
    ['no name', '{"kind":"Widget","namespace":"shop"}'],
    ['a name that is no text', '{"kind":"Widget","namespace":"shop","name":7}'],
    ['a due time that is none', '{"kind":"Widget","namespace":"shop","name":"one","due_at":"soon"}'],
    ['nothing', ''],
  ])('drops a message with %s and says so, and does the others', async (_, body) => {
    const { run, reporter } = await workshop();
    expect(await run(body, two)).toEqual(failures());
    expect(reporter.lost).toEqual([{ what: 'message', id: 'message-0' }]);
    expect(reporter.records.map(({ name }) => name)).toEqual(['two']);
  });
});
