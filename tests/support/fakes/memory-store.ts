import { randomUUID } from 'node:crypto';
import { checkRules, type Rules, selectionKey, selectionOf } from '../../../shared/resources/kind-rules.ts';
import { stored } from '../../../shared/resources/new-resource.ts';
import { pageTokenAfter, positionOf } from '../../../shared/resources/page-tokens.ts';
import {
  keyOf,
  type NewResource,
  type Resource,
  type ResourceKey,
} from '../../../shared/resources/resource.ts';
import {
  type Creation,
  checkLimit,
  type IndexedResource,
  type ListRequest,
  type Page,
  type ResourceStore,
  ResourceTooLargeError,
  type SelectRequest,
  type Transacted,
} from '../../../shared/resources/resource-store.ts';
import { afterStep, keysOf, type Step } from '../../../shared/resources/steps.ts';

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
  /** What the indexes show, for a test in which they lag behind. */
  indexed?: () => readonly Resource[];
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
  readonly #rules: Rules;
  /** Every write, in order. */
  readonly changes: StoredChange[] = [];
  /** The names of all calls, in order. */
  readonly calls: (keyof ResourceStore)[] = [];

  constructor(circumstances: Circumstances = {}, rules: Rules = {}) {
    this.#circumstances = circumstances;
    this.#rules = rules;
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
    yield* this.#inIndexes()
      .filter((resource) => resource.kind === kind)
      .map(indexed);
  }

  async *dependents(uid: string): AsyncIterable<IndexedResource> {
    await this.#called('dependents');
    const goesWith = ({ metadata }: Resource) => metadata.ownerReferences?.some((owner) => owner.uid === uid);
    yield* this.#inIndexes().filter(goesWith).map(indexed);
  }

  async select({ kind, selection, limit }: SelectRequest): Promise<IndexedResource[]> {
    await this.#called('select');
    const wanted = selectionKey(kind, selection);
    const made = ({ metadata }: Resource): string => metadata.creationTimestamp;
    return this.#inIndexes()
      .filter((resource) => selectionOf(this.#rules, resource) === wanted)
      .sort((one, other) => (made(one) < made(other) ? -1 : 1))
      .slice(0, Math.max(0, limit))
      .map(indexed);
  }

  async create<Spec extends object, Status extends object>(
    resource: NewResource<Spec>,
    claims: readonly string[] = [],
  ): Promise<Creation<Spec, Status>> {
    await this.#called('create');
    const { key: _, ...creation } = this.#obstacleTo({ do: 'create', resource, claims }) ?? {};
    if ('outcome' in creation) return creation as Creation<Spec, Status>;
    const [made] = await this.#take([{ do: 'create', resource, claims }]);
    return { outcome: 'created', resource: made as Resource<Spec, Status> };
  }

  async update<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>> {
    await this.#called('update');
    const [updated] = await this.#take([{ do: 'update', resource }]);
    return updated as Resource<Spec, Status>;
  }

  async updateStatus<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>> {
    await this.#called('updateStatus');
    const [updated] = await this.#take([{ do: 'updateStatus', resource }]);
    return updated as Resource<Spec, Status>;
  }

  async delete(key: ResourceKey, uid?: string): Promise<'deleted' | 'deleting' | 'not there'> {
    await this.#called('delete');
    const kept = this.#kept.get(textOf(key));
    if (!kept || (uid !== undefined && kept.resource.metadata.uid !== uid)) return 'not there';
    const { metadata } = kept.resource;
    const isKept = metadata.finalizers.length > 0;
    if (isKept && metadata.deletionTimestamp) return 'deleting';
    const marked = {
      ...metadata,
      deletionTimestamp: this.#now().toISOString(),
      resourceVersion: this.#uuid(),
    };
    if (isKept) this.#put({ ...kept.resource, metadata: marked }, kept.claims);
    else this.#drop(kept);
    await this.#circumstances.afterWrite?.();
    return isKept ? 'deleting' : 'deleted';
  }

  async removeFinalizer<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
    finalizer: string,
  ): Promise<Resource<Spec, Status> | undefined> {
    await this.#called('removeFinalizer');
    const present = this.#kept.get(textOf(keyOf(resource)));
    if (present?.resource.metadata.uid !== resource.metadata.uid) return undefined;
    const [left] = await this.#take([{ do: 'removeFinalizer', resource, finalizer }]);
    return left as Resource<Spec, Status> | undefined;
  }

  async transact(steps: readonly Step[]): Promise<Transacted> {
    await this.#called('transact');
    keysOf(steps);
    for (const step of steps) {
      if (step.do !== 'create') this.#afterStep(step);
      const obstacle = this.#obstacleTo(step);
      if (obstacle) return obstacle;
    }
    return { outcome: 'done', resources: await this.#take(steps) };
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

  #inIndexes(): readonly Resource[] {
    return this.#circumstances.indexed?.() ?? this.#all();
  }

  #all(): Resource[] {
    return [...this.#kept.values()].map(({ resource }) => resource);
  }

  /** Why something cannot be made. */
  #obstacleTo(step: Step): Exclude<Transacted, { outcome: 'done' }> | undefined {
    if (step.do !== 'create') return undefined;
    const key = keyOf(step.resource);
    if (this.#kept.has(textOf(key))) return { outcome: 'exists', key };
    for (const claim of step.claims ?? []) {
      const holder = this.#holders.get(claim);
      if (holder) return { outcome: 'claimed', key, claim, holder };
    }
    return undefined;
  }

  #afterStep(step: Step): Resource | undefined {
    const before = this.#kept.get(textOf(keyOf(step.resource)))?.resource;
    const birth = { uid: this.#uuid(), resourceVersion: this.#uuid(), now: this.#now() };
    const after = afterStep(step, before, birth);
    if (!after) return undefined;
    checkRules(this.#rules, after);
    if (Buffer.byteLength(JSON.stringify(after)) > mostBytes) throw new ResourceTooLargeError(keyOf(after));
    return after;
  }

  /** Takes all steps, as one write; nothing has happened yet when one of them throws. */
  async #take(steps: readonly Step[]): Promise<(Resource | undefined)[]> {
    const afters = steps.map((step) => this.#afterStep(step));
    for (const [index, step] of steps.entries()) {
      const kept = this.#kept.get(textOf(keyOf(step.resource)));
      const after = afters[index];
      const claims = step.do === 'create' ? [...(step.claims ?? [])] : (kept?.claims ?? []);
      if (after) this.#put(after, claims);
      else if (kept) this.#drop(kept);
    }
    await this.#circumstances.afterWrite?.();
    return afters.map((after) => after && stored(after));
  }

  #put(resource: Resource, claims: string[]): void {
    const text = textOf(keyOf(resource));
    const before = this.#kept.get(text)?.resource;
    const after = stored(resource);
    this.#kept.set(text, { resource: after, claims });
    for (const claim of claims) this.#holders.set(claim, keyOf(after));
    this.changes.push({ ...(before && { before }), after });
  }

  #drop({ resource, claims }: Kept): void {
    this.#kept.delete(textOf(keyOf(resource)));
    for (const claim of claims) this.#holders.delete(claim);
    this.changes.push({ before: resource });
  }
}

const indexed = (resource: Resource): IndexedResource => {
  const { labels, uid, ownerReferences } = stored(resource.metadata);
  return { ...keyOf(resource), labels, uid, ...(ownerReferences && { ownerReferences }) };
};
