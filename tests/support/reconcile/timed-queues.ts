import { SQSClient } from '@aws-sdk/client-sqs';
import { passOnTimers } from '../../../shared/reconcile/distribute.ts';
import type { Work } from '../../../shared/reconcile/reconcile.ts';
import { sqsWorkQueue } from '../../../shared/reconcile/sqs-work-queue.ts';
import type { ResourceKey } from '../../../shared/resources/resource.ts';
import { answerCalls, type SentCall } from '../fakes/aws-client.ts';
import { MemoryStore } from '../fakes/memory-store.ts';
import { RecordedReports } from '../fakes/recorded-reports.ts';
import { sqsEvent } from './events.ts';

interface Sent {
  MessageBody: string;
  MessageDeduplicationId?: string;
  DelaySeconds?: number;
}

interface Waiting {
  at: number;
  body: string;
}

/** Milliseconds for which SQS knows a deduplication id. */
const rememberedMs = 300_000;
/** Milliseconds from a timer's end to the look. */
const latencyMs = 700;

/**
 * One resource behind the real work queue, over an SQS in memory with delays and deduplication, and a clock of its own.
 * A controller says after each look how many seconds it waits; undefined: it is done.
 */
export class TimedQueues {
  readonly looks: Date[] = [];
  readonly #key: ResourceKey;
  readonly #wait: (second: number) => number | undefined;
  readonly #seen = new Map<string, number>();
  #timers: Waiting[] = [];
  #work = 0;
  #nowMs = 0;

  constructor(key: ResourceKey, wait: number | ((second: number) => number | undefined)) {
    this.#key = key;
    this.#wait = typeof wait === 'number' ? () => wait : wait;
  }

  readonly #sqs = answerCalls(new SQSClient({ region: 'us-east-1' }), ({ input }: SentCall) => {
    for (const entry of input.Entries as Sent[]) {
      if (String(input.QueueUrl).endsWith('.fifo')) this.#takeWork(entry);
      else this.#takeTimer(entry);
    }
    return {};
  });

  readonly #queue = sqsWorkQueue({
    sqs: this.#sqs,
    workQueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/work.fifo',
    timersQueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/timers',
    now: () => this.#now,
  });

  get #now(): Date {
    return new Date(this.#nowMs);
  }

  #takeWork({ MessageDeduplicationId = '' }: Sent): void {
    const seenAt = this.#seen.get(MessageDeduplicationId);
    if (seenAt !== undefined && this.#nowMs - seenAt < rememberedMs) return;
    this.#seen.set(MessageDeduplicationId, this.#nowMs);
    this.#work += 1;
  }

  #takeTimer({ MessageBody, DelaySeconds = 0 }: Sent): void {
    this.#timers.push({ at: this.#nowMs + DelaySeconds * 1000, body: MessageBody });
  }

  /** An event of the resource. */
  async tell(reason: string): Promise<void> {
    await this.#add({ key: this.#key, afterSeconds: 0, reason });
    await this.#lookAtIt();
  }

  #add = (work: Work): Promise<void> => this.#queue.add([work]);

  async #lookAtIt(): Promise<void> {
    for (; this.#work > 0; this.#work--) {
      this.looks.push(this.#now);
      const afterSeconds = this.#wait(this.#nowMs / 1000);
      if (afterSeconds !== undefined) await this.#add({ key: this.#key, afterSeconds });
    }
  }

  /** Lets time pass until that second, with all that is due before it. */
  async runUntil(second: number): Promise<void> {
    for (;;) {
      const next = this.#timers.toSorted((one, other) => one.at - other.at)[0];
      if (!next || next.at + latencyMs > second * 1000) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#nowMs = next.at + latencyMs;
      await this.#ring(next);
    }
    this.#nowMs = second * 1000;
  }

  async #ring({ body }: Waiting): Promise<void> {
    const queue = this.#queue;
    const others = { store: new MemoryStore(), kinds: [], observers: [], reporter: new RecordedReports() };
    await passOnTimers({ ...others, queue, now: () => this.#now }, sqsEvent(body));
    await this.#lookAtIt();
  }
}
