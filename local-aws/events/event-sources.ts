import { isChange } from '../aws-actions.ts';
import { type AwsRequest, jsonFields } from '../aws-request.ts';
import type { RunDependencies } from '../lambda/run-function.ts';
import type { Mapping, Poller } from './mapping.ts';
import type { RoleDependencies } from './poller-role.ts';
import { QueuePoller } from './queue-poller.ts';
import { type Position, StreamPoller } from './stream-poller.ts';

type Dependencies = RunDependencies & RoleDependencies;
type Active = { mapping: Mapping; poller: Poller };

/** Lambda's calls after which there may be other mappings than before. */
const CHANGES_MAPPINGS = /^(Create|Update|Delete)EventSourceMapping$/;

/** The queue a call is about: the last part of its URL. */
function queueName(request: AwsRequest): string | undefined {
  const { QueueUrl } = request.protocol === 'json' ? jsonFields(request) : {};
  return typeof QueueUrl === 'string' ? QueueUrl.split('/').at(-1) : undefined;
}

/** Keeps one poller for each event source mapping that is enabled, in whichever account. */
export class EventSources {
  readonly #dependencies: Dependencies;
  readonly #active = new Map<string, Active>();
  readonly #positions = new Map<string, Position>();
  #syncing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  /** Tells of a call that has been carried out. Resolves when mappings it has changed are polled as they are now. */
  async notice(request: AwsRequest): Promise<void> {
    const { service, action } = request;
    if (!isChange(service, action)) return;
    if (service === 'sqs') this.#ring(':sqs:', queueName(request));
    if (service === 'dynamodb') this.#ring(':dynamodb:');
    if (service === 'cloudformation' || (service === 'lambda' && CHANGES_MAPPINGS.test(action)))
      await this.#sync();
  }

  /** Starts nothing more. What is under way goes on until its sandbox ends: `ended` tells when. */
  async close(): Promise<{ ended: Promise<void> }> {
    this.#closed = true;
    await this.#syncing;
    const stopping = [...this.#active.values()].map(({ poller }) => poller.stop());
    return { ended: Promise.all(stopping).then(() => undefined) };
  }

  #ring(kind: string, name?: string): void {
    for (const { mapping, poller } of this.#active.values()) {
      const arn = mapping.EventSourceArn;
      if (arn.includes(kind) && (!name || arn.endsWith(`:${name}`))) poller.ring();
    }
  }

  #sync(): Promise<void> {
    this.#syncing = this.#syncing.then(() => this.#follow());
    return this.#syncing;
  }

  async #follow(): Promise<void> {
    if (this.#closed) return;
    const mappings = await this.#dependencies.moto.ask<Mapping[]>('mappings', {});
    const enabled = new Map(
      mappings.filter(({ Enabled }) => Enabled).map((mapping) => [mapping.UUID, mapping]),
    );
    for (const [uuid, { mapping, poller }] of this.#active) {
      if (JSON.stringify(enabled.get(uuid)) === JSON.stringify(mapping)) continue;
      this.#active.delete(uuid);
      // What is under way may end later: the call that has changed the mapping does not wait for it.
      poller.stop().catch((error: unknown) => console.error(error));
    }
    for (const [uuid, mapping] of enabled)
      if (!this.#active.has(uuid)) this.#active.set(uuid, { mapping, poller: this.#start(mapping) });
  }

  #start(mapping: Mapping): Poller {
    if (mapping.EventSourceArn.includes(':sqs:')) return new QueuePoller(mapping, this.#dependencies);
    const position = this.#positions.get(mapping.UUID) ?? { index: mapping.StartingIndex };
    this.#positions.set(mapping.UUID, position);
    return new StreamPoller(mapping, position, this.#dependencies);
  }
}
