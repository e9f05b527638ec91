import { CreateEventSourceMappingCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { eventually } from '../../support/eventually.ts';
import {
  type Clients,
  clientsFor,
  createFunction,
  createRole,
  HOME_ACCOUNT,
  invoke,
  printedBy,
} from './support.ts';

/** Prints what it gets and when; a body tells it what to do. */
const code = `
  const print = (value) => process.stdout.write(JSON.stringify(value) + '\\n');
  export const handler = async (event) => {
    const began = Date.now();
    const wants = event.Records.map(({ messageId, body }) => ({ messageId, ...JSON.parse(body) }));
    if (wants.length === 0) return;
    if (wants.some(({ exits }) => exits)) { print({ event }); process.exit(1); }
    await new Promise((resolve) => setTimeout(resolve, Math.max(...wants.map(({ takes }) => takes ?? 0))));
    print({ began, ended: Date.now(), event });
    const failed = wants.filter(({ fails }) => fails);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };`;

type Printed = { began: number; ended: number; event: SQSEvent };
type Queue = { url: string; arn: string; name: string; mapping: string };
type Body = { name: string; fails?: boolean; exits?: boolean; takes?: number };

let aws: LocalAws;
let clients: Clients;
let role: string;

beforeAll(async () => {
  aws = await startLocalAws();
  clients = clientsFor(aws);
  role = await createRole(clients, 'worker', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
});
afterAll(() => aws?.close());

const createQueue = async (QueueName: string, Attributes: Record<string, string> = {}) => {
  const fifo = QueueName.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
  const command = new CreateQueueCommand({ QueueName, Attributes: { ...fifo, ...Attributes } });
  return (await clients.sqs.send(command)).QueueUrl ?? '';
};

/** When a message that failed comes again. */
const soonAgain = { VisibilityTimeout: '2' };

/** Makes a queue with a function of its own that it feeds. */
async function feed(name: string, attributes: Record<string, string> = {}, mapping = {}): Promise<Queue> {
  const functionName = name.replace('.', '-');
  const url = await createQueue(name, attributes);
  const arn = `arn:aws:sqs:us-east-1:${HOME_ACCOUNT}:${name}`;
  await createFunction(clients, { name: functionName, role, code });
  // Started now, it deals with a message in a moment, however busy the machine is.
  await invoke(clients, functionName, { Records: [] });
  const created = await clients.lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: functionName,
      EventSourceArn: arn,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...mapping,
    }),
  );
  return { url, arn, name: functionName, mapping: created.UUID ?? '' };
}

const send = (queue: Queue, body: Body, rest = {}) =>
  clients.sqs.send(
    new SendMessageCommand({ QueueUrl: queue.url, MessageBody: JSON.stringify(body), ...rest }),
  );
const inGroup = (MessageGroupId: string, MessageDeduplicationId: string) => ({
  MessageGroupId,
  MessageDeduplicationId,
});

const printed = (queue: Queue) => printedBy<Printed>(clients, queue.name);
const nameOf = ({ body }: { body: string }) => (JSON.parse(body) as Body).name;
const namesIn = (all: Printed[]) => all.flatMap(({ event }) => event.Records.map(nameOf));
/** The names of the messages the function got, once there are so many. */
const received = async (queue: Queue, count: number) =>
  namesIn(
    await eventually(
      () => printed(queue),
      (all) => namesIn(all).length >= count,
    ),
  );

type Count = 'ApproximateNumberOfMessages' | 'ApproximateNumberOfMessagesNotVisible';
const count = async (url: string, ...AttributeNames: Count[]) => {
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
};
const hidden = (url: string) => count(url, 'ApproximateNumberOfMessagesNotVisible');
const depth = (url: string) =>
  count(url, 'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible');
const empty = (queue: Queue) =>
  eventually(
    () => depth(queue.url),
    (count) => count === 0,
  );

/** How many of these were under way at the same time, at most. */
const atOnce = (all: Printed[]) =>
  Math.max(...all.map(({ began }) => all.filter((one) => one.began <= began && began < one.ended).length));

describe('a standard queue', () => {
  it('gives its function events of the form that AWS gives, and loses what the function has dealt with', async () => {
    const queue = await feed('plain');
    const MessageAttributes = { colour: { DataType: 'String', StringValue: 'green' } };
    const { MessageId } = await send(queue, { name: 'one' }, { MessageAttributes });
    await received(queue, 1);
    const [got] = await printed(queue);
    expect(got?.event.Records[0]).toEqual({
      messageId: MessageId,
      receiptHandle: expect.any(String),
      body: '{"name":"one"}',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {
        colour: { stringValue: 'green', stringListValues: [], binaryListValues: [], dataType: 'String' },
      },
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:sqs',
      eventSourceARN: queue.arn,
      awsRegion: 'us-east-1',
    });
    await empty(queue);
  });

  it('delivers again only what failed, and then gives it to the dead-letter queue', async () => {
    const dead = await createQueue('dead');
    const deadLetterTargetArn = `arn:aws:sqs:us-east-1:${HOME_ACCOUNT}:dead`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 });
    const queue = await feed('failing', { ...soonAgain, RedrivePolicy });
    const bodies: Body[] = [{ name: 'bad', fails: true }, { name: 'good' }];
    const Entries = bodies.map((body) => ({ Id: body.name, MessageBody: JSON.stringify(body) }));
    await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: dead, WaitTimeSeconds: 10 }),
    );
    expect(Messages.map(({ Body = '' }) => nameOf({ body: Body }))).toEqual(['bad']);
    expect((await received(queue, 3)).toSorted()).toEqual(['bad', 'bad', 'good']);
    await empty(queue);
  });

  it('keeps the messages of a function that ends itself', async () => {
    const queue = await feed('exiting', soonAgain);
    await send(queue, { name: 'one', exits: true });
    const [first, second] = await eventually(
      () => printed(queue),
      (all) => all.length >= 2,
    );
    expect(first?.event.Records[0]?.attributes.ApproximateReceiveCount).toBe('1');
    expect(second?.event.Records[0]?.attributes.ApproximateReceiveCount).toBe('2');
  });

  it('delivers a delayed message when it is due', async () => {
    const queue = await feed('delayed');
    const sentAt = Date.now();
    await send(queue, { name: 'later' }, { DelaySeconds: 1 });
    await received(queue, 1);
    const [got] = await printed(queue);
    expect(got?.began).toBeGreaterThanOrEqual(sentAt + 1000);
  });

  it('runs no more batches at a time than the mapping allows', async () => {
    const queue = await feed('limited', {}, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    for (const name of ['a', 'b', 'c', 'd', 'e']) await send(queue, { name, takes: 200 });
    expect((await received(queue, 5)).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(atOnce(await printed(queue))).toBeLessThanOrEqual(2);
  });

  it('is left alone while its mapping is disabled', async () => {
    const queue = await feed('paused');
    const enable = (Enabled: boolean) =>
      clients.lambda.send(new UpdateEventSourceMappingCommand({ UUID: queue.mapping, Enabled }));
    await enable(false);
    await send(queue, { name: 'one' });
    // Another queue's message goes its whole way meanwhile.
    const other = await feed('unpaused');
    await send(other, { name: 'two' });
    await received(other, 1);
    expect(await printed(queue)).toEqual([]);
    await enable(true);
    expect(await received(queue, 1)).toEqual(['one']);
  });
});

describe('a FIFO queue', () => {
  it('delivers each group in order and one batch at a time', async () => {
    const queue = await feed('groups.fifo', {}, { BatchSize: 1 });
    for (const number of [1, 2, 3])
      for (const group of ['x', 'y'])
        await send(queue, { name: `${group}${number}`, takes: 200 }, inGroup(group, `${group}${number}`));
    await received(queue, 6);
    const all = await printed(queue);
    const of = (group: string) => all.filter((one) => namesIn([one])[0]?.startsWith(group));
    expect(namesIn(of('x'))).toEqual(['x1', 'x2', 'x3']);
    expect(namesIn(of('y'))).toEqual(['y1', 'y2', 'y3']);
    expect([atOnce(of('x')), atOnce(of('y'))]).toEqual([1, 1]);
    expect(all[0]?.event.Records[0]?.attributes).toMatchObject({
      MessageGroupId: expect.stringMatching(/^[xy]$/),
      MessageDeduplicationId: expect.stringMatching(/^[xy]1$/),
      SequenceNumber: expect.stringMatching(/^\d{20}$/),
    });
  });

  it('takes a message once, even after it has been dealt with', async () => {
    const queue = await feed('once.fifo');
    await send(queue, { name: 'first' }, inGroup('x', 'same'));
    await received(queue, 1);
    await empty(queue);
    await send(queue, { name: 'again' }, inGroup('x', 'same'));
    await send(queue, { name: 'other' }, inGroup('x', 'another'));
    expect(await received(queue, 2)).toEqual(['first', 'other']);
  });

  it('holds a group back while a message of it that failed waits for its next time', async () => {
    const queue = await feed('held.fifo', soonAgain, { BatchSize: 1 });
    await send(queue, { name: 'bad', fails: true }, inGroup('x', '1'));
    await received(queue, 1);
    await send(queue, { name: 'next' }, inGroup('x', '2'));
    await send(queue, { name: 'elsewhere' }, inGroup('y', '3'));
    const names = async () => namesIn(await printed(queue));
    const isTriedAgain = (found: string[]) => found.filter((name) => name === 'bad').length >= 2;
    const found = await eventually(names, (some) => some.includes('elsewhere') && isTriedAgain(some));
    expect(found).not.toContain('next');
  });
});

describe('the end of the laptop AWS', () => {
  it('does not wait for a function that works on a batch', async () => {
    const queue = await feed('endless');
    await send(queue, { name: 'one', takes: 9000 });
    await eventually(
      () => hidden(queue.url),
      (count) => count === 1,
    );
    const began = performance.now();
    await aws.close();
    expect(performance.now() - began).toBeLessThan(5000);
    await expect(fetch(aws.url)).rejects.toThrow('fetch failed');
  });
});
