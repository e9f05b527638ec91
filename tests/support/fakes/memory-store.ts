import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { born, stored } from '../../../shared/resources/new-resource.ts';
import { pageTokenAfter, positionOf } from '../../../shared/resources/page-tokens.ts';
import {
  keyOf,
  type NewResource,
  type Resource,
  type ResourceKey,
} from '../../../shared/resources/resource.ts';
import {
  ConflictError,
  type Creation,
  checkLimit,
  type IndexedResource,
  type ListRequest,
  type Page,
  type ResourceStore,
  ResourceTooLargeError,
} from '../../../shared/resources/resource-store.ts';

/** What the table's stream would tell of one write: the resource before and after it. */
export interface StoredChange {
  before?: Resource;
  after?: Resource;
}

interface Kept {
  resource: Resource;
  claims: string[];
}

/** What a test may have happen around the calls. */
interface Circumstances {
  now?: () => Date;
  /** Makes uids and versions. */
  uuid?: () => string;
  /** Called before each call, and awaited: it may throw, or change what is stored. */
  beforeCall?: (name: keyof ResourceStore) => void | Promise<void>;
  /** Called after each write has happened, and awaited: it may throw, so that the answer is lost. */
  afterWrite?: () => void | Promise<void>;
}

/** DynamoDB stores at most 400 KB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const mostBytes = 400 * 1024;

const textOf = ({ kind, namespace, name }: ResourceKey): string => JSON.stringify([kind, namespace, name]);

/** Resources in memory, with the behaviour of those in DynamoDB: tests/support/resource-store-suite.ts holds both to it. */
export class MemoryStore implements ResourceStore {
  readonly #kept = new Map<string, Kept>();
  readonly #holders = new Map<string, ResourceKey>();
  readonly #circumstances: Circumstances;
  /** Every write, in order. */
  readonly changes: StoredChange[] = [];
  /** The names of all calls, in order. */
  readonly calls: (keyof ResourceStore)[] = [];

  constructor(circumstances: Circumstances = {}) {
    this.#circumstances = circumstances;
  }

  async get<Spec extends object, Status extends object>(
    key: ResourceKey,
  ): Promise<Resource<Spec, Status> | undefined> {
    await this.#called('get');
    const kept = this.#kept.get(textOf(key));
    return kept && (stored(kept.resource) as Resource<Spec, Status>);
  }

  async list<Spec extends object, Status extends object>(
    request: ListRequest,
  ): Promise<Page<Resource<Spec, Status>>> {
    await this.#called('list');
    const { kind, namespace, limit, pageToken } = request;
    checkLimit(limit);
    const after = pageToken === undefined ? undefined : positionOf(request, pageToken);
    const all = [...this.#kept.values()]
      .map(({ resource }) => resource as Resource<Spec, Status>)
      .filter((one) => one.kind === kind && one.metadata.namespace === namespace)
      .filter(({ metadata }) => after === undefined || metadata.name > after)
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    const items = stored(all.slice(0, limit));
    const last = items.at(-1);
    if (all.length <= limit || !last) return { items };
    return { items, nextPageToken: pageTokenAfter(request, last.metadata.name) };
  }

  async *index(kind: string): AsyncIterable<IndexedResource> {
    await this.#called('index');
    for (const { resource } of [...this.#kept.values()]) {
      if (resource.kind === kind) yield { ...keyOf(resource), labels: stored(resource.metadata.labels) };
    }
  }

  async create<Spec extends object, Status extends object>(
    resource: NewResource<Spec>,
    claims: readonly string[] = [],
  ): Promise<Creation<Spec, Status>> {
    await this.#called('create');
    const key = keyOf(resource);
    if (this.#kept.has(textOf(key))) return { outcome: 'exists' };
    for (const claim of claims) {
      const holder = this.#holders.get(claim);
      if (holder) return { outcome: 'claimed', claim, holder };
    }
    const birth = { uid: this.#uuid(), resourceVersion: '', now: this.#now() };
    const made = await this.#write(born<Spec, Status>(resource, birth), [...claims]);
    return { outcome: 'created', resource: made };
  }

  async update<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>> {
    await this.#called('update');
    const { resource: before, claims } = this.#unchanged(resource);
    const { spec, status, metadata } = stored(resource);
    refuse(!isDeepStrictEqual(before.status, status), 'update', 'status');
    const { labels, annotations, finalizers } = metadata;
    const generation = before.metadata.generation + (isDeepStrictEqual(before.spec, spec) ? 0 : 1);
    const written = { ...before.metadata, labels, annotations, finalizers, generation };
    return this.#write({ ...before, spec, metadata: written } as Resource<Spec, Status>, claims);
  }

  async updateStatus<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>> {
    await this.#called('updateStatus');
    const { resource: before, claims } = this.#unchanged(resource);
    const { spec, status, metadata } = stored(resource);
    refuse(!isDeepStrictEqual(before.spec, spec), 'updateStatus', 'spec');
    for (const name of ['labels', 'annotations', 'finalizers'] as const) {
      refuse(!isDeepStrictEqual(before.metadata[name], metadata[name]), 'updateStatus', name);
    }
    return this.#write({ ...before, status } as Resource<Spec, Status>, claims);
  }

  async delete(key: ResourceKey): Promise<'deleted' | 'deleting' | 'not there'> {
    await this.#called('delete');
    const kept = this.#kept.get(textOf(key));
    if (!kept) return 'not there';
    const { metadata } = kept.resource;
    if (metadata.finalizers.length === 0) {
      await this.#remove(kept);
      return 'deleted';
    }
    if (!metadata.deletionTimestamp) {
      const deletionTimestamp = this.#now().toISOString();
      await this.#write({ ...kept.resource, metadata: { ...metadata, deletionTimestamp } }, kept.claims);
    }
    return 'deleting';
  }

  async removeFinalizer<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
    finalizer: string,
  ): Promise<Resource<Spec, Status> | undefined> {
    await this.#called('removeFinalizer');
    const present = this.#kept.get(textOf(keyOf(resource)));
    if (present?.resource.metadata.uid !== resource.metadata.uid) return undefined;
    const kept = this.#unchanged(resource);
    const { metadata } = kept.resource;
    const finalizers = metadata.finalizers.filter((one) => one !== finalizer);
    if (metadata.deletionTimestamp && finalizers.length === 0) {
      await this.#remove(kept);
      return undefined;
    }
    const changed = { ...kept.resource, metadata: { ...metadata, finalizers } };
    return this.#write(changed as Resource<Spec, Status>, kept.claims);
  }

  async #called(name: keyof ResourceStore): Promise<void> {
    this.calls.push(name);
    await this.#circumstances.beforeCall?.(name);
  }

  #uuid(): string {
    return this.#circumstances.uuid?.() ?? randomUUID();
  }

  #now(): Date {
    return this.#circumstances.now?.() ?? new Date();
  }

  #unchanged(resource: Resource): Kept {
    const key = keyOf(resource);
    const kept = this.#kept.get(textOf(key));
    if (kept?.resource.metadata.resourceVersion !== resource.metadata.resourceVersion) {
      throw new ConflictError(key);
    }
    return kept;
  }

  async #write<Written extends Resource>(resource: Written, claims: string[]): Promise<Written> {
    const metadata = { ...resource.metadata, resourceVersion: this.#uuid() };
    const written = stored({ ...resource, metadata });
    if (Buffer.byteLength(JSON.stringify(written)) > mostBytes)
      throw new ResourceTooLargeError(keyOf(written));
    const text = textOf(keyOf(written));
    const before = this.#kept.get(text)?.resource;
    this.#kept.set(text, { resource: written, claims });
    for (const claim of claims) this.#holders.set(claim, keyOf(written));
    this.changes.push({ ...(before && { before }), after: written });
    await this.#circumstances.afterWrite?.();
    return stored(written);
  }

  async #remove({ resource, claims }: Kept): Promise<void> {
    this.#kept.delete(textOf(keyOf(resource)));
    for (const claim of claims) this.#holders.delete(claim);
    this.changes.push({ before: resource });
    await this.#circumstances.afterWrite?.();
  }
}

/** What a call does not write must not be changed either: it would be lost. */
function refuse(isChanged: boolean, call: string, what: string): void {
  if (isChanged) throw new Error(`${call} was given a changed ${what}, which it does not write`);
}
