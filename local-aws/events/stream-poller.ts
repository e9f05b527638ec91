import { setTimeout as wait } from 'node:timers/promises';
import type { Outcome } from '../lambda/outcome.ts';
import { type RunDependencies, runFunction } from '../lambda/run-function.ts';
import { NotInMoto } from '../moto.ts';
import { failuresIn } from './batch-response.ts';
import { Doorbell } from './doorbell.ts';
import { isOfInterest } from './event-filters.ts';
import { tellDestination } from './failure-destination.ts';
import { type Mapping, type Poller, reportsFailures } from './mapping.ts';
import { PollerRole, type RoleDependencies } from './poller-role.ts';

/** Every write comes through the front, so this is for the case that one did not. */
const LOOK_AGAIN_MS = 5000;
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5000;

/** The event's part of a record: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
type StreamRecord = { dynamodb: { SequenceNumber: string; ApproximateCreationDateTime: number } };

/** How a delivery ended: the first record that is to be delivered again, and what the function said. */
type Delivery = { failedAt?: number; outcome?: Outcome };

/** How far a mapping has come in its stream; it outlives a poller, since a disabled mapping goes on where it was. */
export type Position = { index: number };

const sequenceNumber = ({ dynamodb }: StreamRecord) => dynamodb.SequenceNumber;

/**
 * Brings the records of a table's stream to a function, in order and one batch at a time: what fails is tried again
 * before anything later.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export class StreamPoller implements Poller {
  readonly #mapping: Mapping;
  readonly #position: Position;
  readonly #dependencies: RunDependencies;
  readonly #role: PollerRole;
  readonly #bell = new Doorbell();
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;

  constructor(mapping: Mapping, position: Position, dependencies: RunDependencies & RoleDependencies) {
    this.#mapping = mapping;
    this.#position = position;
    this.#dependencies = dependencies;
    this.#role = new PollerRole(mapping, dependencies);
    this.#running = this.#run();
  }

  ring(): void {
    this.#bell.ring();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#bell.ring();
    await this.#running;
  }

  get #stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const found = await this.#next().catch((error: unknown) => this.#complain(error));
      if (!found) await this.#bell.wait(LOOK_AGAIN_MS);
    }
  }

  /** Deals with the next batch. @returns whether there was one */
  async #next(): Promise<boolean> {
    if (!(await this.#role.mayPoll())) return false;
    const records = await this.#collect();
    if (records.length === 0) return false;
    const dealtWith = await this.#deliver(records.filter((record) => isOfInterest(this.#mapping, record)));
    if (dealtWith) this.#position.index += records.length;
    return dealtWith;
  }

  async #collect(): Promise<StreamRecord[]> {
    const { BatchSize, MaximumBatchingWindowInSeconds = 0 } = this.#mapping;
    const until = Date.now() + MaximumBatchingWindowInSeconds * 1000;
    let records = await this.#read();
    while (records.length > 0 && records.length < BatchSize && !this.#stopped && Date.now() < until) {
      await this.#bell.wait(until - Date.now());
      records = await this.#read();
    }
    return records;
  }

  async #read(): Promise<StreamRecord[]> {
    const { EventSourceArn: arn, BatchSize } = this.#mapping;
    const query = { arn, index: String(this.#position.index), count: String(BatchSize) };
    return (await this.#dependencies.moto.ask<{ records: StreamRecord[] }>('stream-records', query)).records;
  }

  /**
   * Delivers records until they are dealt with or given up. Those before the first that failed count as dealt with;
   * with bisecting, a batch that failed as a whole is halved, which is not counted as an attempt.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-errors.html
   * @returns false when it was stopped before that
   */
  async #deliver(records: StreamRecord[], attempt = 0): Promise<boolean> {
    const { BisectBatchOnFunctionError, MaximumRetryAttempts = -1 } = this.#mapping;
    if (records.length === 0) return true;
    if (this.#stopped) return false;
    const { failedAt, outcome } = await this.#invoke(records);
    if (failedAt === undefined) return true;
    if (failedAt === 0 && BisectBatchOnFunctionError && records.length > 1) {
      const half = Math.ceil(records.length / 2);
      const first = await this.#deliver(records.slice(0, half), attempt);
      return first && this.#deliver(records.slice(half), attempt);
    }
    if (MaximumRetryAttempts >= 0 && attempt >= MaximumRetryAttempts) {
      const { moto } = this.#dependencies;
      await tellDestination(moto, this.#mapping, records.slice(failedAt), attempt + 1, outcome);
      return true;
    }
    await this.#pause(attempt);
    return this.#deliver(records.slice(failedAt), attempt + 1);
  }

  async #invoke(records: StreamRecord[]): Promise<Delivery> {
    const ids = records.map(sequenceNumber);
    const { FunctionArn } = this.#mapping;
    try {
      const outcome = await runFunction(FunctionArn, { Records: records }, this.#dependencies);
      const failures = failuresIn(outcome, ids, reportsFailures(this.#mapping));
      if (failures === 'all') return { failedAt: 0, outcome };
      return failures.size === 0
        ? { outcome }
        : { failedAt: ids.findIndex((id) => failures.has(id)), outcome };
    } catch (error) {
      this.#complain(error);
      return { failedAt: 0 };
    }
  }

  async #pause(attempt: number): Promise<void> {
    const ms = Math.min(FIRST_RETRY_MS * 2 ** attempt, LAST_RETRY_MS);
    await wait(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }

  #complain(error: unknown): false {
    const quiet = this.#stopped || error instanceof NotInMoto;
    if (!quiet) console.error(`Records for ${this.#mapping.FunctionArn} failed:`, error);
    return false;
  }
}
