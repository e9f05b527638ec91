import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  keyOf,
  type NewResource,
  type Resource,
  type ResourceKey,
} from '../../../shared/resources/resource.ts';
import {
  ConflictError,
  type Creation,
  type IndexedResource,
  type ListRequest,
  type Page,
  PageTokenError,
  type ResourceStore,
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
  /** Called before each call, and awaited: it may throw, or change what is stored. */
  beforeCall?: (name: keyof ResourceStore) => void | Promise<void>;
}

/** DynamoDB stores at most 400 KB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const mostBytes = 400 * 1024;

/** As DynamoDB keeps it: without what is undefined, and nobody else's to change. */
const copied = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

const textOf = ({ kind, namespace, name }: ResourceKey): string => `${kind}#${namespace}#${name}`;

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
    return kept && (copied(kept.resource) as Resource<Spec, Status>);
  }

  async list<Spec extends object, Status extends object>(
    request: ListRequest,
  ): Promise<Page<Resource<Spec, Status>>> {
    await this.#called('list');
    const { kind, namespace, limit, pageToken } = request;
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw new RangeError('limit must be 1 to 100');
    const after = pageToken && this.#positionOf(request, pageToken);
    const all = [...this.#kept.values()]
      .map(({ resource }) => resource as Resource<Spec, Status>)
      .filter((one) => one.kind === kind && one.metadata.namespace === namespace)
      .filter(({ metadata }) => !after || metadata.name > after)
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    const items = copied(all.slice(0, limit));
    const last = items.at(-1);
    if (all.length <= limit || !last) return { items };
    return { items, nextPageToken: JSON.stringify([kind, namespace, last.metadata.name]) };
  }

  async *index(kind: string): AsyncIterable<IndexedResource> {
    await this.#called('index');
    for (const { resource } of [...this.#kept.values()]) {
      if (resource.kind === kind) yield { ...keyOf(resource), labels: copied(resource.metadata.labels) };
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
    const made = this.#made<Spec, Status>(resource);
    for (const claim of claims) this.#holders.set(claim, key);
    this.#write(made, [...claims]);
    return { outcome: 'created', resource: copied(made) };
  }

  async update<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>> {
    await this.#called('update');
    const { resource: stored, claims } = this.#unchanged(resource);
    refuse(!isDeepStrictEqual(stored.status, resource.status && copied(resource.status)), 'update', 'status');
    const { labels, annotations, finalizers } = copied(resource.metadata);
    const spec = copied(resource.spec);
    const generation = stored.metadata.generation + (isDeepStrictEqual(spec, stored.spec) ? 0 : 1);
    const metadata = { ...stored.metadata, labels, annotations, finalizers, generation };
    return this.#write({ ...stored, spec, metadata } as Resource<Spec, Status>, claims);
  }

  async updateStatus<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>> {
    await this.#called('updateStatus');
    const { resource: stored, claims } = this.#unchanged(resource);
    refuse(!isDeepStrictEqual(stored.spec, copied(resource.spec)), 'updateStatus', 'spec');
    for (const name of ['labels', 'annotations', 'finalizers'] as const) {
      refuse(!isDeepStrictEqual(stored.metadata[name], resource.metadata[name]), 'updateStatus', name);
    }
    return this.#write({ ...stored, status: resource.status } as Resource<Spec, Status>, claims);
  }

  async delete(key: ResourceKey): Promise<'deleted' | 'deleting' | 'not there'> {
    await this.#called('delete');
    const kept = this.#kept.get(textOf(key));
    if (!kept) return 'not there';
    const { metadata } = kept.resource;
    if (metadata.finalizers.length === 0) {
      this.#remove(kept);
      return 'deleted';
    }
    if (!metadata.deletionTimestamp) {
      const deletionTimestamp = this.#now();
      this.#write({ ...kept.resource, metadata: { ...metadata, deletionTimestamp } }, kept.claims);
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
      this.#remove(kept);
      return undefined;
    }
    const changed = { ...kept.resource, metadata: { ...metadata, finalizers } };
    return this.#write(changed as Resource<Spec, Status>, kept.claims);
  }

  async #called(name: keyof ResourceStore): Promise<void> {
    this.calls.push(name);
    await this.#circumstances.beforeCall?.(name);
  }

  #now(): string {
    return (this.#circumstances.now?.() ?? new Date()).toISOString();
  }

  #positionOf({ kind, namespace }: ListRequest, pageToken: string): string {
    try {
      const [ofKind, ofNamespace, name] = JSON.parse(pageToken);
      if (ofKind === kind && ofNamespace === namespace && typeof name === 'string') return name;
    } catch {
      // It is none of ours, which is said below.
    }
    throw new PageTokenError('the page token was not given by this list. Begin without one');
  }

  #made<Spec extends object, Status extends object>({
    apiVersion,
    kind,
    metadata,
    spec,
  }: NewResource<Spec>): Resource<Spec, Status> {
    const defaults = { uid: randomUUID(), finalizers: [], labels: {}, annotations: {} };
    const { namespace, name, uid, finalizers, labels, annotations } = { ...defaults, ...metadata };
    const made = { uid, generation: 1, resourceVersion: '', creationTimestamp: this.#now() };
    return {
      apiVersion,
      kind,
      metadata: { namespace, name, ...made, finalizers, labels, annotations },
      spec,
    };
  }

  #unchanged(resource: Resource): Kept {
    const key = keyOf(resource);
    const kept = this.#kept.get(textOf(key));
    if (kept?.resource.metadata.resourceVersion !== resource.metadata.resourceVersion) {
      throw new ConflictError(key);
    }
    return kept;
  }

  #write<Written extends Resource>(resource: Written, claims: string[]): Written {
    const metadata = { ...resource.metadata, resourceVersion: randomUUID() };
    const written = copied({ ...resource, metadata });
    if (Buffer.byteLength(JSON.stringify(written)) > mostBytes) throw new Error('too large');
    const text = textOf(keyOf(written));
    const before = this.#kept.get(text)?.resource;
    this.#kept.set(text, { resource: written, claims });
    this.changes.push({ ...(before && { before }), after: written });
    return copied(written);
  }

  #remove({ resource, claims }: Kept): void {
    this.#kept.delete(textOf(keyOf(resource)));
    for (const claim of claims) this.#holders.delete(claim);
    this.changes.push({ before: resource });
  }
}

/** What a call does not write must not be changed either: it would be lost. */
function refuse(changed: boolean, call: string, what: string): void {
  if (changed) throw new Error(`${call} does not write the ${what}, which was changed`);
}
