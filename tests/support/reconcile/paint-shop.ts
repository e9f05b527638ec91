import { distributeChanges, sweep } from '../../../shared/reconcile/distribute.ts';
import { done, goOnWith, type Reconciled } from '../../../shared/reconcile/reconcile.ts';
import { workOff } from '../../../shared/reconcile/worker.ts';
import { ConflictError } from '../../../shared/resources/resource-store.ts';
import { MemoryStore } from '../fakes/memory-store.ts';
import { MemoryWorkQueue } from '../fakes/memory-work-queue.ts';
import { RecordedReports } from '../fakes/recorded-reports.ts';
import { sqsEvent, streamRecord } from './events.ts';
import {
  context,
  newWidget,
  type Widget,
  type WidgetSpec,
  type WidgetStatus,
  widgetController,
  widgetKey,
} from './widgets.ts';

/** Ends a worker where it stands, as Lambda does. */
class Crash extends Error {
  override readonly name = 'Crash';
}

const finalizer = 'example.com/paint';

/**
 * A whole system in memory, of one widget that is painted in a workshop elsewhere. The workshop knows each order by its
 * key: uid, generation and colour.
 */
export class PaintShop {
  /** How often the workshop was asked for each coat; it puts it on the first time. */
  readonly orders = new Map<string, number>();
  crashes = 0;
  readonly reports = new RecordedReports();
  readonly #queue = new MemoryWorkQueue();
  readonly #store: MemoryStore;
  #told = 0;
  #untilCrash = Number.POSITIVE_INFINITY;

  /** @param pause awaited at each step, so that a scheduler may let another one go first */
  constructor(pause: () => Promise<unknown> = async () => {}) {
    const step = async () => {
      await pause();
      this.#step();
    };
    this.#store = new MemoryStore({ beforeCall: step, afterWrite: step });
  }

  get #dependencies() {
    const controllers = [widgetController((widget) => this.#paint(widget))];
    const [store, queue, reporter] = [this.#store, this.#queue, this.reports];
    return { store, queue, reporter, controllers, kinds: ['Widget'], observers: [], now: () => new Date(0) };
  }

  /** Each of these is a moment at which a process can end: before a call, and after it has had its effect. */
  #step(): void {
    this.#untilCrash -= 1;
    if (this.#untilCrash !== 0) return;
    this.crashes += 1;
    throw new Crash('the process ended');
  }

  async #paint(widget: Widget): Promise<Reconciled> {
    const { metadata, spec, status } = widget;
    if (metadata.deletionTimestamp) {
      await this.#store.removeFinalizer(widget, finalizer);
      return done;
    }
    if (status?.painted === spec.colour) return done;
    this.#order(`${metadata.uid} ${metadata.generation} ${spec.colour}`);
    this.#step();
    return goOnWith(await this.#store.updateStatus({ ...widget, status: { painted: spec.colour } }));
  }

  #order(key: string): void {
    this.orders.set(key, (this.orders.get(key) ?? 0) + 1);
  }

  /** How often the workshop was asked for a coat that it had put on already. */
  get repeated(): number {
    return [...this.orders.values()].reduce((sum, count) => sum + count - 1, 0);
  }

  /** Whether the widget has the coat that its status tells of. */
  async isPainted(): Promise<boolean> {
    const widget = await this.widget();
    const isOfIt = (order: string) =>
      order.startsWith(`${widget?.metadata.uid} `) && order.endsWith(` ${widget?.status?.painted}`);
    return [...this.orders.keys()].some(isOfIt);
  }

  /** What a customer does, who tries again until it is done, and does not crash. */
  async #insist(work: (widget: Widget | undefined) => Promise<unknown>): Promise<void> {
    const untilCrash = this.#untilCrash;
    this.#untilCrash = Number.POSITIVE_INFINITY;
    try {
      for (;;) {
        try {
          return void (await work(await this.widget()));
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error;
        }
      }
    } finally {
      this.#untilCrash = untilCrash;
    }
  }

  /** Has the widget in a colour, made if need be; one that is to go stays to go. */
  want = (colour: string): Promise<void> =>
    this.#insist(async (widget) => {
      if (!widget) return this.#store.create(newWidget('one', colour, { finalizers: [finalizer] }));
      if (widget.metadata.deletionTimestamp) return undefined;
      return this.#store.update<WidgetSpec, WidgetStatus>({ ...widget, spec: { colour } });
    });

  /** Asks for its deletion. */
  discard = (): Promise<void> => this.#insist(() => this.#store.delete(widgetKey('one')));

  widget = (): Promise<Widget | undefined> => this.#store.get<WidgetSpec, WidgetStatus>(widgetKey('one'));

  /** Delivers the next record of the stream, so many times. */
  async tell(times: number): Promise<void> {
    const change = this.#store.changes[this.#told];
    if (!change) return;
    this.#told += 1;
    const record = streamRecord(change, `event-${this.#told}`);
    for (let time = 0; time < times; time++)
      await distributeChanges(this.#dependencies, { Records: [record] });
  }

  /** Works off a message, and ends after so many steps; SQS delivers again what was not done. */
  async work(stepsUntilCrash = Number.POSITIVE_INFINITY): Promise<void> {
    const work = this.#queue.take();
    if (!work) return;
    this.#untilCrash = stepsUntilCrash;
    const { batchItemFailures } = await workOff(this.#dependencies, context(), sqsEvent(work.key));
    this.#untilCrash = Number.POSITIVE_INFINITY;
    if (batchItemFailures.length > 0) await this.#queue.add([work]);
  }

  /** Sweeps, and works until nothing is left. */
  async settle(): Promise<void> {
    await sweep(this.#dependencies);
    await this.#workOff();
  }

  /** Delivers what the stream has left, and works until nothing is left; nobody sweeps. */
  async settleByEvents(): Promise<void> {
    for (;;) {
      while (this.#told < this.#store.changes.length) await this.tell(1);
      if (this.#queue.waiting.length === 0) return;
      await this.#workOff();
    }
  }

  async #workOff(): Promise<void> {
    while (this.#queue.waiting.length > 0) await this.work();
  }
}
