import { randomUUID } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { passOnTimers, sweep } from '../../../shared/reconcile/distribute.ts';
import { again, done, type Reconciled, type WorkQueue } from '../../../shared/reconcile/reconcile.ts';
import { sqsWorkQueue } from '../../../shared/reconcile/sqs-work-queue.ts';
import { messageIn } from '../../../shared/reconcile/work-messages.ts';
import { workOff } from '../../../shared/reconcile/worker.ts';
import { dynamoDbStore } from '../../../shared/resources/dynamodb-store.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { administrator } from '../../../tools/journey/customer-account.ts';
import { RecordedReports } from '../../support/fakes/recorded-reports.ts';
import { type ObservedClient, observed } from '../../support/observed-client.ts';
import {
  createQueues,
  giveBack,
  type LaptopQueues,
  receive,
  remove,
} from '../../support/reconcile/laptop-queues.ts';
import {
  context,
  placed,
  type Widget,
  widgetController,
  widgetKey,
} from '../../support/reconcile/widgets.ts';
import { createResourceTable, laptopDocumentClient } from '../../support/resource-table.ts';

const table = 'resources';
let aws: LocalAws;
let sqs: SQSClient;
let store: ResourceStore;
let calls: ObservedClient;
let queues: LaptopQueues;
let queue: WorkQueue;

beforeAll(async () => {
  aws = await startLocalAws();
  sqs = new SQSClient(administrator(aws));
  const documentClient = laptopDocumentClient(aws);
  await createResourceTable(documentClient, table);
  calls = observed(documentClient);
  store = dynamoDbStore({ table, documentClient });
});
afterAll(async () => {
  sqs.destroy();
  await aws.close();
});
beforeEach(async () => {
  queues = await createQueues(sqs, `q-${randomUUID()}`);
  queue = sqsWorkQueue({ sqs, ...queues });
});

/** A widget of its own for each test. */
async function widgetNow(): Promise<Widget> {
  const widget = await placed(store, randomUUID());
  calls.clear();
  return widget;
}

const keyOfWidget = ({ metadata }: Widget) => widgetKey(metadata.name);

function workshop(reconcile: (widget: Widget) => Promise<Reconciled>) {
  const reporter = new RecordedReports();
  const dependencies = { store, queue, reporter, controllers: [widgetController(reconcile)] };
  const run = async () => {
    const event = await receive(sqs, queues.workQueueUrl, 5);
    const { batchItemFailures } = await workOff(dependencies, context(), event);
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const ended = (isFailed: boolean) => ({
      Records: event.Records.filter(({ messageId }) => failed.has(messageId) === isFailed),
    });
    await remove(sqs, queues.workQueueUrl, ended(false));
    await giveBack(sqs, queues.workQueueUrl, ended(true));
    return reporter.outcomes;
  };
  return { run };
}

/** Gives the widget the coat that its spec asks for. */
const paint = async (widget: Widget): Promise<Reconciled> => {
  if (widget.status?.painted === widget.spec.colour) return done;
  await store.updateStatus({ ...widget, status: { painted: widget.spec.colour } });
  return again(0);
};

describe('a resource on its way through the queues', () => {
  it('is looked at, with one read for each look and no other request than its own writes', async () => {
    const widget = await widgetNow();
    const { run } = workshop(paint);
    await queue.add([{ key: keyOfWidget(widget), afterSeconds: 0 }]);
    expect(await run()).toEqual(['done']);
    expect(calls.counts()).toEqual({ GetItem: 2, UpdateItem: 1 });
    expect(await store.get(keyOfWidget(widget))).toMatchObject({ status: { painted: 'green' } });
  });

  it('costs one read when there is nothing to do', async () => {
    const widget = await widgetNow();
    const { run } = workshop(async () => done);
    await queue.add([{ key: keyOfWidget(widget), afterSeconds: 0 }]);
    await run();
    expect(calls.counts()).toEqual({ GetItem: 1 });
  });

  it('is not given to a second worker while the first has it', async () => {
    const key = keyOfWidget(await widgetNow());
    await queue.add([{ key, afterSeconds: 0 }]);
    const first = await receive(sqs, queues.workQueueUrl, 5);
    await queue.add([{ key, afterSeconds: 0 }]);
    expect((await receive(sqs, queues.workQueueUrl)).Records).toEqual([]);
    await remove(sqs, queues.workQueueUrl, first);
    expect((await receive(sqs, queues.workQueueUrl, 5)).Records).toHaveLength(1);
  });

  it('does not keep others waiting', async () => {
    const [one, two] = [await widgetNow(), await widgetNow()].map(keyOfWidget);
    if (!one || !two) throw new Error('two were made');
    await queue.add([{ key: one, afterSeconds: 0 }]);
    await receive(sqs, queues.workQueueUrl, 5);
    await queue.add([{ key: two, afterSeconds: 0 }]);
    const { Records } = await receive(sqs, queues.workQueueUrl, 5);
    expect(Records.map(({ body }) => messageIn(body)?.key)).toEqual([two]);
  });

  it('comes again when its reconcile threw', async () => {
    const widget = await widgetNow();
    let fault: Error | undefined = new Error('the brush broke');
    const { run } = workshop(async () => {
      const thrown = fault;
      fault = undefined;
      if (thrown) throw thrown;
      return done;
    });
    await queue.add([{ key: keyOfWidget(widget), afterSeconds: 0 }]);
    await run();
    expect(await run()).toEqual(['threw', 'done']);
  });

  it('is one message for one reason, and another for another', async () => {
    const key = keyOfWidget(await widgetNow());
    for (const reason of ['event-1', 'event-1', 'event-2'])
      await queue.add([{ key, afterSeconds: 0, reason }]);
    const { Records } = await receive(sqs, queues.workQueueUrl, 5);
    expect(Records).toHaveLength(2);
  });
});

describe('a resource that is to wait', () => {
  it('comes through the queue of timers', async () => {
    const key = keyOfWidget(await widgetNow());
    await queue.add([{ key, afterSeconds: 1 }]);
    const timers = await receive(sqs, queues.timersQueueUrl, 10);
    const others = { store, kinds: ['Widget'], observers: [], reporter: new RecordedReports() };
    await passOnTimers({ ...others, queue, now: () => new Date() }, timers);
    const { Records } = await receive(sqs, queues.workQueueUrl, 5);
    expect(Records.map(({ body }) => messageIn(body)?.key)).toEqual([key]);
  });
});

describe('a sweep', () => {
  it('brings every resource to the work queue, ten at a time, and once though it runs twice', async () => {
    const made: string[] = [];
    for (let count = 0; count < 12; count++) made.push((await widgetNow()).metadata.name);
    const reporter = new RecordedReports();
    const now = () => new Date('2026-01-31T10:00:00.000Z');
    const dependencies = { store, queue, kinds: ['Widget'], observers: [], reporter, now };
    await sweep(dependencies);
    const count = await sweep(dependencies);
    const names: string[] = [];
    while (names.length < count) {
      const event = await receive(sqs, queues.workQueueUrl, 5);
      if (event.Records.length === 0) break;
      names.push(...event.Records.map(({ body }) => messageIn(body)?.key.name ?? ''));
      await remove(sqs, queues.workQueueUrl, event);
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(made));
    expect((await receive(sqs, queues.workQueueUrl)).Records).toEqual([]);
  });
});
