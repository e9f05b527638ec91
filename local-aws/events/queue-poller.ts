import { type RunDependencies, runFunction } from '../lambda/run-function.ts';
import { NotInMoto } from '../moto.ts';
import { failuresIn } from './batch-response.ts';
import { Doorbell } from './doorbell.ts';
import { isOfInterest } from './event-filters.ts';
import { type Mapping, type Poller, reportsFailures } from './mapping.ts';
import { PollerRole, type RoleDependencies } from './poller-role.ts';
import { type QueueMessage, queueEvent } from './queue-event.ts';

/** Lambda begins with five batches at a time: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const BATCHES_AT_A_TIME = 5;
/** Each is a process; a laptop has few cores, and more would only wait for one another. */
const MOST_BATCHES_AT_A_TIME = 10;
/** Messages that did not come through the front (moto's own, of a topic for example) are found this soon. */
const LOOK_AGAIN_MS = 1000;
/** DeleteMessageBatch takes ten. */
const DELETED_AT_ONCE = 10;

type Received = { messages: QueueMessage[]; dueInMs: number | null };

/**
 * Brings a queue's messages to a function in batches, and deletes those that it has dealt with. Others come back when
 * their visibility time-out is over. That only one batch has messages of a group is the queue's doing.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export class QueuePoller implements Poller {
  readonly #mapping: Mapping;
  readonly #dependencies: RunDependencies;
  readonly #role: PollerRole;
  readonly #bell = new Doorbell();
  readonly #batches = new Set<Promise<void>>();
  readonly #running: Promise<void>;
  #stopped = false;

  constructor(mapping: Mapping, dependencies: RunDependencies & RoleDependencies) {
    this.#mapping = mapping;
    this.#dependencies = dependencies;
    this.#role = new PollerRole(mapping, dependencies);
    this.#running = this.#run();
  }

  ring(): void {
    this.#bell.ring();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#bell.ring();
    await this.#running;
    await Promise.all(this.#batches);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const dueInMs = await this.#startBatches().catch((error: unknown) => this.#complain(error));
      await this.#bell.wait(Math.min(dueInMs ?? LOOK_AGAIN_MS, LOOK_AGAIN_MS));
    }
  }

  /** Starts batches while there are messages and room. @returns when the next hidden message appears */
  async #startBatches(): Promise<number | null> {
    const { MaximumConcurrency = BATCHES_AT_A_TIME } = this.#mapping.ScalingConfig ?? {};
    const room = Math.min(MaximumConcurrency, MOST_BATCHES_AT_A_TIME);
    while (!this.#stopped && this.#batches.size < room && (await this.#role.mayPoll())) {
      const { messages, dueInMs } = await this.#collect();
      if (messages.length === 0) return dueInMs;
      const batch = this.#deliver(messages).catch((error: unknown) => void this.#complain(error));
      this.#batches.add(batch);
      void batch.then(() => {
        this.#batches.delete(batch);
        this.#bell.ring();
      });
    }
    return null;
  }

  /** A batch: what is there, or with a batching window what comes until it is full or over. */
  async #collect(): Promise<Received> {
    const { BatchSize, MaximumBatchingWindowInSeconds = 0 } = this.#mapping;
    const first = await this.#receive(BatchSize);
    const until = Date.now() + MaximumBatchingWindowInSeconds * 1000;
    const { messages } = first;
    while (messages.length > 0 && messages.length < BatchSize && !this.#stopped && Date.now() < until) {
      await this.#bell.wait(until - Date.now());
      messages.push(...(await this.#receive(BatchSize - messages.length)).messages);
    }
    return first;
  }

  #receive(count: number): Promise<Received> {
    const query = { arn: this.#mapping.EventSourceArn, count: String(count) };
    return this.#dependencies.moto.ask<Received>('receive', query);
  }

  async #deliver(messages: QueueMessage[]): Promise<void> {
    const { FunctionArn, EventSourceArn } = this.#mapping;
    const wanted = messages.filter((message) => isOfInterest(this.#mapping, filtered(message)));
    // What no filter wants is deleted: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
    await this.#delete(messages.filter((message) => !wanted.includes(message)));
    if (wanted.length === 0) return;
    const outcome = await runFunction(FunctionArn, queueEvent(wanted, EventSourceArn), this.#dependencies);
    const ids = wanted.map(({ messageId }) => messageId);
    const failures = failuresIn(outcome, ids, reportsFailures(this.#mapping));
    if (failures !== 'all') await this.#delete(wanted.filter(({ messageId }) => !failures.has(messageId)));
  }

  async #delete(messages: QueueMessage[]): Promise<void> {
    const arn = this.#mapping.EventSourceArn;
    const handles = messages.map(({ receiptHandle }) => receiptHandle);
    for (let start = 0; start < handles.length; start += DELETED_AT_ONCE) {
      const receiptHandles = JSON.stringify(handles.slice(start, start + DELETED_AT_ONCE));
      await this.#dependencies.moto.ask('delete-messages', { arn, receiptHandles });
    }
  }

  #complain(error: unknown): null {
    const quiet = this.#stopped || error instanceof NotInMoto;
    if (!quiet) console.error(`Messages for ${this.#mapping.FunctionArn} failed:`, error);
    return null;
  }
}

/** A filter looks into a body that is JSON: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html */
function filtered({ body, ...message }: QueueMessage): object {
  try {
    return { ...message, body: JSON.parse(body) };
  } catch {
    return { ...message, body };
  }
}
