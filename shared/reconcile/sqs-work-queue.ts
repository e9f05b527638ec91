import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { awsCall } from '../aws/aws-call-error.ts';
import { type RetryPolicy, retry } from '../retry.ts';
import { dueTime, secondsBetween } from './due-time.ts';
import type { Work, WorkQueue } from './reconcile.ts';
import { bodyOf, digestOf, groupOf } from './work-messages.ts';

/** Messages in one call: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const mostInBatch = 10;

/** Seconds: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html */
const longestDelay = 900;

/** Messages that SQS did not take, though it took the call. */
class NotQueuedError extends Error {
  override readonly name = 'NotQueuedError';
  /** Whether SQS blames the messages, and would so again. */
  readonly isFinal: boolean;

  constructor(codes: string[], isFinal: boolean) {
    super(`SQS did not take ${codes.length} of the messages: ${[...new Set(codes)].join(', ')}`);
    this.isFinal = isFinal;
  }
}

/** The two queues, and what their use needs of the world. */
interface Queues {
  sqs: SQSClient;
  /** FIFO, without content-based deduplication. */
  workQueueUrl: string;
  /** Standard. */
  timersQueueUrl: string;
  now(): Date;
  /** A UUID. */
  newId(): string;
  /** How long to insist on messages that SQS did not take. */
  retryPolicy: RetryPolicy;
}

type Entry = Omit<SendMessageBatchRequestEntry, 'Id'>;

const worldly = (): Pick<Queues, 'now' | 'newId' | 'retryPolicy'> => ({
  now: () => new Date(),
  newId: randomUUID,
  retryPolicy: { attempts: 4, firstPauseMs: 100, sleep, random: Math.random },
});

/** To the FIFO queue, where a message waits until no other one of its group is worked on. */
const atOnce =
  ({ newId }: Queues) =>
  ({ key, reason }: Work): Entry => ({
    MessageBody: bodyOf({ key }),
    MessageGroupId: groupOf(key),
    // Five minutes long, SQS drops another message of this id.
    MessageDeduplicationId: reason === undefined ? newId() : digestOf(groupOf(key), reason),
  });

/** To the queue of timers, since a FIFO queue cannot delay a single message. A longer wait is passed on when it ends. */
const delayed =
  ({ now }: Queues) =>
  ({ key, afterSeconds, dueAt = dueTime(key, now(), afterSeconds) }: Work): Entry => ({
    MessageBody: bodyOf({ key, dueAt }),
    DelaySeconds: Math.min(Math.ceil(secondsBetween(now(), dueAt)), longestDelay),
  });

/** Sends a batch, and again what SQS did not take of it. @throws NotQueuedError, AwsCallError */
async function sendBatch({ sqs, retryPolicy }: Queues, QueueUrl: string, batch: Entry[]): Promise<void> {
  let left = batch.map((entry, index) => ({ ...entry, Id: String(index) }));
  const canMend = (error: unknown) => error instanceof NotQueuedError && !error.isFinal;
  await retry(retryPolicy, canMend, async () => {
    const command = new SendMessageBatchCommand({ QueueUrl, Entries: left });
    const { Failed = [] } = await awsCall('sqs:SendMessage', () => sqs.send(command));
    left = left.filter(({ Id }) => Failed.some((failed) => failed.Id === Id));
    if (Failed.length === 0) return;
    const codes = Failed.map(({ Code = 'Unknown' }) => Code);
    throw new NotQueuedError(
      codes,
      Failed.some(({ SenderFault }) => SenderFault === true),
    );
  });
}

const batchesOf = <Item>(items: Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / mostInBatch) }, (_, index) =>
    items.slice(index * mostInBatch, (index + 1) * mostInBatch),
  );

/** Sends all batches, also when one fails. @throws what the first of those that failed did */
async function send(queues: Queues, url: string, entries: Entry[]): Promise<void> {
  const sent = await Promise.allSettled(batchesOf(entries).map((batch) => sendBatch(queues, url, batch)));
  const failure = sent.find((one) => one.status === 'rejected');
  if (failure) throw failure.reason;
}

/**
 * Work in two SQS queues: a FIFO queue for what is to be done at once, one group for each resource, and a standard queue
 * for what is to wait. Who reads the timers passes them on: passOnTimers.
 */
export function sqsWorkQueue(
  options: Pick<Queues, 'sqs' | 'workQueueUrl' | 'timersQueueUrl'> & Partial<Queues>,
): WorkQueue {
  const queues: Queues = { ...worldly(), ...options };
  return {
    add: async (work) => {
      const immediate = work.filter(({ afterSeconds }) => afterSeconds <= 0).map(atOnce(queues));
      const later = work.filter(({ afterSeconds }) => afterSeconds > 0).map(delayed(queues));
      await Promise.all([
        send(queues, queues.workQueueUrl, immediate),
        send(queues, queues.timersQueueUrl, later),
      ]);
    },
  };
}
