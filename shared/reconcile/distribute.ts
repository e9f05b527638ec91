import type { DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import { keyOf } from '../resources/resource.ts';
import type { ResourceStore } from '../resources/resource-store.ts';
import { secondsBetween } from './due-time.ts';
import type { Work, WorkQueue } from './reconcile.ts';
import type { Reporter } from './reporter.ts';
import { type Change, changeIn, mustBeLookedAt } from './stream-changes.ts';
import { messageIn, textOf } from './work-messages.ts';

/**
 * Is shown every change of a resource, in the order of the stream, some of them more than once. When it rejects, the
 * batch comes again, for all observers.
 */
export type Observer = (changes: readonly Change[]) => Promise<void>;

/** What distributing needs of the world. */
export interface DistributorDependencies {
  store: Pick<ResourceStore, 'index'>;
  queue: WorkQueue;
  /** The kinds that have a controller. */
  kinds: readonly string[];
  observers: readonly Observer[];
  /** Done after each sweep. */
  onSweep?(): Promise<void>;
  reporter: Reporter;
  now(): Date;
}

/** A record that cannot be read would hold up its shard until it expires, a day later: it is dropped. */
function readChange(record: DynamoDBRecord, reporter: Reporter): Change | undefined {
  try {
    return changeIn(record);
  } catch {
    reporter.dropped('stream record', record.eventID ?? 'without id');
    return undefined;
  }
}

/** One piece of work for each resource: of several records the last. */
const once = (work: readonly Work[]): Work[] => [
  ...new Map(work.map((one) => [textOf(one.key), one])).values(),
];

/**
 * Puts what the table's stream tells of on the queue, and shows it to the observers. A record that comes twice is the
 * same work twice, which is done once.
 */
export async function distributeChanges(
  { queue, kinds, observers, reporter }: DistributorDependencies,
  { Records }: DynamoDBStreamEvent,
): Promise<void> {
  const told = Records.flatMap((record) => {
    const change = readChange(record, reporter);
    return change ? [{ change, reason: record.eventID }] : [];
  });
  const work = told.flatMap(({ change, reason }): Work[] => {
    if (!change.after || !kinds.includes(change.after.kind) || !mustBeLookedAt(change)) return [];
    return [{ key: keyOf(change.after), afterSeconds: 0, ...(reason && { reason }) }];
  });
  await queue.add(once(work));
  for (const observe of observers) await observe(told.map(({ change }) => change));
}

/**
 * Puts timers that have run out on the queue; one whose time has not come yet waits for the rest of it. Timers of a
 * resource that were set for the same time are the same work: dueTime tells why they meet.
 */
export async function passOnTimers(
  { queue, reporter, now }: DistributorDependencies,
  { Records }: SQSEvent,
): Promise<void> {
  const work = Records.flatMap(({ messageId, body }: SQSRecord): Work[] => {
    const message = messageIn(body);
    if (!message?.dueAt) {
      reporter.dropped('message', messageId);
      return [];
    }
    const { key, dueAt } = message;
    const afterSeconds = secondsBetween(now(), dueAt);
    return [{ key, afterSeconds, dueAt, reason: `due ${dueAt.toISOString()}` }];
  });
  await queue.add(work);
}

/** Resources that are put on the queue together. */
const sweptAtOnce = 100;

/** Sweeps within this time are one: SQS remembers for so long what it has taken. */
const slotMs = 300_000;

/** Puts every resource of the kinds on the queue, since an event can get lost. @returns how many there are */
export async function sweep({ store, queue, kinds, onSweep, now }: DistributorDependencies): Promise<number> {
  const reason = `sweep ${Math.floor(now().getTime() / slotMs)}`;
  let count = 0;
  let next: Work[] = [];
  const flush = async () => {
    await queue.add(next);
    count += next.length;
    next = [];
  };
  for (const kind of kinds) {
    for await (const { namespace, name } of store.index(kind)) {
      next.push({ key: { kind, namespace, name }, afterSeconds: 0, reason });
      if (next.length === sweptAtOnce) await flush();
    }
  }
  if (next.length > 0) await flush();
  await onSweep?.();
  return count;
}
