import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { distributor, worker } from '../../../../shared/reconcile/handlers.ts';
import { done, type Reconciled } from '../../../../shared/reconcile/reconcile.ts';
import { bodyOf } from '../../../../shared/reconcile/work-messages.ts';
import { ConflictError } from '../../../../shared/resources/resource-store.ts';
import { captureOutput } from '../../../support/captured-output.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { MemoryWorkQueue } from '../../../support/fakes/memory-work-queue.ts';
import { lambdaContext } from '../../../support/lambda-context.ts';
import { sqsEvent, streamEvent } from '../../../support/reconcile/events.ts';
import { placed, type Widget, widgetController, widgetKey } from '../../../support/reconcile/widgets.ts';

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

const environment = { ROSA_VERSION: '1.2.3', ROSA_TRACING: false };
const records = (message: string) => output.records().filter((record) => record.message === message);
const metric = (name: string) => output.records().flatMap((record) => record[name] ?? []);

/** A worker over a store with the widget `one`. */
async function working(reconcile: (widget: Widget) => Promise<Reconciled>) {
  const store = new MemoryStore();
  const queue = new MemoryWorkQueue();
  const widget = await placed(store, 'one');
  const dependencies = () => ({ store, queue, controllers: [widgetController(reconcile)] });
  const handler = await worker({ name: 'worker', environment, dependencies });
  return {
    widget,
    run: (...messages: Parameters<typeof sqsEvent>) => handler(sqsEvent(...messages), lambdaContext()),
  };
}

describe('the handler of the worker', () => {
  it('writes one record for each reconcile', async () => {
    const { widget, run } = await working(async () => done);
    expect(await run(widgetKey('one'))).toEqual({ batchItemFailures: [] });
    expect(records('reconciled')).toEqual([
      expect.objectContaining({
        level: 'INFO',
        service: 'worker',
        rosa_version: '1.2.3',
        request_id: lambdaContext().awsRequestId,
        ...widgetKey('one'),
        outcome: 'done',
        attempts: 1,
        conflicts: 0,
        duration: expect.any(Number),
        correlation_id: widget.metadata.uid,
      }),
    ]);
    expect(metric('reconciles')).toEqual([1]);
    expect([...metric('reconcile_errors'), ...metric('reconcile_conflicts')]).toEqual([]);
  });

  it('records a throw as an error with its causes, and has the message come again', async () => {
    const { run } = await working(async () => {
      throw new Error('the brush broke', { cause: new Error('it was old') });
    });
    expect(await run(widgetKey('one'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(records('reconcile failed')).toMatchObject([
      {
        level: 'ERROR',
        outcome: 'threw',
        errors: [
          { name: 'Error', message: 'the brush broke' },
          { name: 'Error', message: 'it was old' },
        ],
      },
    ]);
    expect(metric('reconcile_errors')).toEqual([1]);
  });

  it('counts conflicts', async () => {
    const outcomes = [new ConflictError(widgetKey('one')), new ConflictError(widgetKey('one'))];
    const { run } = await working(async () => {
      const conflict = outcomes.pop();
      if (conflict) throw conflict;
      return done;
    });
    await run(widgetKey('one'));
    expect(metric('reconcile_conflicts')).toEqual([2]);
  });

  it('records and counts what it drops', async () => {
    const { run } = await working(async () => done);
    await run('paint it');
    expect(records('a message makes no sense and is dropped')).toMatchObject([
      { level: 'ERROR', dropped_id: 'message-0' },
    ]);
    expect(metric('dropped_messages')).toEqual([1]);
  });

  it('goes on only while the invocation has time', async () => {
    const store = new MemoryStore();
    const queue = new MemoryWorkQueue();
    await placed(store, 'one');
    const controllers = [widgetController(async () => ({ outcome: 'again', afterSeconds: 0 }))];
    const dependencies = () => ({ store, queue, controllers });
    const handler = await worker({ name: 'worker', environment, dependencies });
    const ending = lambdaContext({ getRemainingTimeInMillis: () => 1_000 });
    await handler(sqsEvent(widgetKey('one')), ending);
    expect(queue.added).toEqual([{ key: widgetKey('one'), afterSeconds: 0 }]);
  });
});

describe('the handler of the distributor', () => {
  async function distributing() {
    const store = new MemoryStore();
    const queue = new MemoryWorkQueue();
    await placed(store, 'one');
    const dependencies = () => ({ store, queue, kinds: ['Widget'], observers: [], now: () => new Date() });
    const handler = await distributor({ name: 'distributor', environment, dependencies });
    const run = (event: Parameters<typeof handler>[0]) => handler(event, lambdaContext());
    return { store, queue, run };
  }

  it('takes what the stream tells', async () => {
    const { store, queue, run } = await distributing();
    await run(streamEvent(...store.changes));
    expect(queue.added).toMatchObject([{ key: widgetKey('one'), reason: 'event-0' }]);
  });

  it('takes timers', async () => {
    const { queue, run } = await distributing();
    await run(sqsEvent(bodyOf({ key: widgetKey('two'), dueAt: new Date(0) })));
    expect(queue.keys).toEqual([widgetKey('two')]);
  });

  it('sweeps on a schedule', async () => {
    const { queue, run } = await distributing();
    await run({ 'detail-type': 'Scheduled Event' } as { Records?: undefined });
    expect(queue.added).toMatchObject([
      { key: widgetKey('one'), reason: expect.stringMatching(/^sweep \d+$/) },
    ]);
  });

  it('fails when the queue does, so that the event comes again', async () => {
    const { store, queue, run } = await distributing();
    queue.add = () => Promise.reject(new Error('no queue'));
    await expect(run(streamEvent(...store.changes))).rejects.toThrow('no queue');
    expect(metric('operation_failures')).toEqual([1]);
  });
});
