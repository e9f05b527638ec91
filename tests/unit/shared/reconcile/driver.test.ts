import { describe, expect, it } from '@jest/globals';
import { reconcileOne } from '../../../../shared/reconcile/driver.ts';
import {
  again,
  type Controller,
  done,
  failed,
  goOnWith,
  type ReconcileContext,
  type Reconciled,
} from '../../../../shared/reconcile/reconcile.ts';
import { ConflictError } from '../../../../shared/resources/resource-store.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { MemoryWorkQueue } from '../../../support/fakes/memory-work-queue.ts';
import { RecordedReports } from '../../../support/fakes/recorded-reports.ts';
import {
  context,
  placed,
  type Widget,
  widgetController,
  widgetKey,
} from '../../../support/reconcile/widgets.ts';

const key = widgetKey('one');

/** A driver over a store in memory. */
function driver(reconcile: (widget: Widget, context: ReconcileContext) => Promise<Reconciled>) {
  const store = new MemoryStore();
  const queue = new MemoryWorkQueue();
  const reporter = new RecordedReports();
  const controllers: Controller<never, never>[] = [widgetController(reconcile) as Controller<never, never>];
  const dependencies = { store, queue, reporter, controllers };
  const run = (of = key, within: ReconcileContext = context()) => reconcileOne(dependencies, within, of);
  const reads = () => store.calls.filter((name) => name === 'get').length;
  return { store, queue, reporter, run, reads };
}

/** Answers these one after the other, the last one again and again. */
const answers =
  (...all: (Reconciled | Error)[]) =>
  async (): Promise<Reconciled> => {
    const next = (all.length > 1 ? all.shift() : all[0]) ?? done;
    if (next instanceof Error) throw next;
    return next;
  };

describe('reconciling a resource', () => {
  it('shows it to the controller of its kind as it is now, read once', async () => {
    const seen: Widget[] = [];
    const { store, run, reads, queue } = driver(async (widget) => {
      seen.push(widget);
      return done;
    });
    const widget = await placed(store, 'one');
    expect(await run()).toMatchObject({ outcome: 'done', attempts: 1 });
    expect(seen).toEqual([widget]);
    expect(reads()).toBe(1);
    expect(queue.added).toEqual([]);
  });

  it('is done when it is gone', async () => {
    const { run, queue } = driver(() => Promise.reject(new Error('nobody should look')));
    expect(await run()).toMatchObject({ outcome: 'gone', attempts: 1 });
    expect(queue.added).toEqual([]);
  });

  it('is done without a read when nobody looks at its kind', async () => {
    const { run, reads } = driver(answers(done));
    const record = await run({ ...key, kind: 'Gadget' });
    expect(record).toMatchObject({ kind: 'Gadget', outcome: 'no controller', attempts: 0 });
    expect(reads()).toBe(0);
  });

  it('stops when it failed', async () => {
    const { store, run, queue } = driver(answers(failed('no paint')));
    await placed(store, 'one');
    expect(await run()).toMatchObject({ outcome: 'failed', reason: 'no paint' });
    expect(queue.added).toEqual([]);
  });

  it('comes back after the seconds that were asked for, to the second', async () => {
    const { store, run, queue } = driver(answers(again(120)));
    await placed(store, 'one');
    expect(await run()).toMatchObject({ outcome: 'again', after_seconds: 120, attempts: 1 });
    expect(queue.added).toEqual([{ key, afterSeconds: 120 }]);
  });

  it('tells one record of it, with the uid to find it by', async () => {
    const { store, run, reporter } = driver(answers(again(0), done));
    const { metadata } = await placed(store, 'one');
    const record = await run();
    expect(record).toEqual({
      ...key,
      outcome: 'done',
      duration: expect.any(Number),
      attempts: 2,
      conflicts: 0,
      correlation_id: metadata.uid,
    });
    expect(reporter.records).toEqual([record]);
  });
});

describe('a controller that wants to go on at once', () => {
  it('does so in the same invocation, with a fresh read each time', async () => {
    const { store, run, reads, queue } = driver(answers(again(0), again(0), done));
    await placed(store, 'one');
    expect(await run()).toMatchObject({ outcome: 'done', attempts: 3 });
    expect(reads()).toBe(3);
    expect(queue.added).toEqual([]);
  });

  it('goes on with what it has written, unread', async () => {
    const { store, run, reads } = driver(async (widget) => {
      if (widget.status?.painted === 'green') return done;
      return goOnWith(await store.updateStatus({ ...widget, status: { painted: 'green' } }));
    });
    await placed(store, 'one');
    expect(await run()).toMatchObject({ outcome: 'done', attempts: 2 });
    expect(reads()).toBe(1);
  });

  it('reads again what somebody else has changed since it was written', async () => {
    const colours: string[] = [];
    const { store, run } = driver(async (widget) => {
      colours.push(widget.spec.colour);
      if (widget.status?.painted === widget.spec.colour) return done;
      const written = await store.updateStatus({ ...widget, status: { painted: widget.spec.colour } });
      if (colours.length > 1) return goOnWith(written);
      await store.update({ ...written, spec: { colour: 'blue' } });
      return goOnWith({ ...written, status: { painted: 'not yet' } });
    });
    await placed(store, 'one');
    expect(await run()).toMatchObject({ outcome: 'done', conflicts: 1 });
    expect(await store.get(key)).toMatchObject({ spec: { colour: 'blue' }, status: { painted: 'blue' } });
  });

  it('goes on in another invocation when this one is nearly over', async () => {
    const times = [60_000, 9_999];
    const { store, run, queue } = driver(answers(again(0)));
    await placed(store, 'one');
    const record = await run(
      key,
      context(() => times.shift() ?? 0),
    );
    expect(record).toMatchObject({ outcome: 'again', after_seconds: 0, attempts: 2 });
    expect(queue.added).toEqual([{ key, afterSeconds: 0 }]);
  });

  it('goes on in another invocation when it never ends', async () => {
    const { store, run, queue, reads } = driver(answers(again(0)));
    await placed(store, 'one');
    expect(await run()).toMatchObject({ outcome: 'again', attempts: 25 });
    expect(reads()).toBe(25);
    expect(queue.added).toEqual([{ key, afterSeconds: 0 }]);
  });

  it('is done when the resource is deleted in between', async () => {
    const { store, run, queue } = driver(async () => {
      await store.delete(key);
      return again(0);
    });
    await placed(store, 'one');
    expect(await run()).toMatchObject({ outcome: 'gone', attempts: 2 });
    expect(queue.added).toEqual([]);
  });
});

describe('a conflict', () => {
  it('has the resource read again, and goes on', async () => {
    const seen: string[] = [];
    const { store, run, queue } = driver(async (widget) => {
      seen.push(widget.spec.colour);
      if (seen.length === 1) await store.update({ ...widget, spec: { colour: 'red' } });
      await store.updateStatus({ ...widget, status: { painted: widget.spec.colour } });
      return done;
    });
    await placed(store, 'one', 'green');
    expect(await run()).toMatchObject({ outcome: 'done', attempts: 2, conflicts: 1 });
    expect(seen).toEqual(['green', 'red']);
    expect(await store.get(key)).toMatchObject({ status: { painted: 'red' } });
    expect(queue.added).toEqual([]);
  });

  it('after the other leaves the others a second', async () => {
    const { store, run, queue } = driver(answers(new ConflictError(key)));
    await placed(store, 'one');
    expect(await run()).toMatchObject({
      outcome: 'again',
      after_seconds: 1,
      reason: 'others keep changing it',
      conflicts: 5,
    });
    expect(queue.added).toEqual([{ key, afterSeconds: 1 }]);
  });
});

describe('a reconcile that throws', () => {
  it('is told, and rejects with the cause', async () => {
    const fault = new Error('the brush broke');
    const { store, run, reporter, queue } = driver(answers(fault));
    const { metadata } = await placed(store, 'one');
    await expect(run()).rejects.toMatchObject({
      name: 'ReconcileError',
      message: 'Widget shop/one could not be reconciled',
      cause: fault,
    });
    expect(reporter.records).toMatchObject([{ outcome: 'threw', attempts: 1, correlation_id: metadata.uid }]);
    expect(reporter.errors).toEqual([fault]);
    expect(queue.added).toEqual([]);
  });

  it('is also one whose read fails', async () => {
    const fault = new Error('no table');
    const { store, run } = driver(answers(done));
    store.get = () => Promise.reject(fault);
    await expect(run()).rejects.toMatchObject({ cause: fault });
  });

  it('is also one that cannot be queued again: its message comes again instead', async () => {
    const fault = new Error('no queue');
    const { store, run, queue, reporter } = driver(answers(again(5)));
    await placed(store, 'one');
    queue.add = () => Promise.reject(fault);
    await expect(run()).rejects.toMatchObject({ cause: fault });
    expect(reporter.outcomes).toEqual(['threw']);
  });
});
