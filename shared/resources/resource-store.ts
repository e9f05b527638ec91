import {
  type NewResource,
  type OwnerReference,
  type Resource,
  type ResourceKey,
  sentenceOf,
} from './resource.ts';
import type { Step } from './steps.ts';

/** Somebody else has written the resource since it was read, or it is gone: read it again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly key: ResourceKey;

  constructor(key: ResourceKey, options?: ErrorOptions) {
    super(`${sentenceOf(key)} was changed since it was read`, options);
    this.key = key;
  }
}

/** More than one item of a DynamoDB table holds: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-items */
export class ResourceTooLargeError extends Error {
  override readonly name = 'ResourceTooLargeError';

  constructor(key: ResourceKey, options?: ErrorOptions) {
    super(
      `${sentenceOf(key)} would take more than the 400 KB that are stored of one. Keep less in it`,
      options,
    );
  }
}

/**
 * What came of making a resource. `exists`: there is one of that key. `claimed`: a claim, a text that only one
 * resource may hold at a time, is held by another.
 */
export type Creation<Spec extends object, Status extends object> =
  | { outcome: 'created'; resource: Resource<Spec, Status> }
  | { outcome: 'exists' }
  | { outcome: 'claimed'; claim: string; holder: ResourceKey };

/** Which resources, and how many. */
export interface ListRequest {
  kind: string;
  namespace: string;
  /** 1 to 100. */
  limit: number;
  /** Of the page before. It holds for its kind and namespace alone. */
  pageToken?: string;
}

/** @throws RangeError for a limit that is not one of a list */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new RangeError(`a page has 1 to 100 resources, not ${limit}`);
  }
}

/** A page of resources, in the order of their names. */
export interface Page<Item> {
  items: Item[];
  /** Absent on the last page. */
  nextPageToken?: string;
}

/** A resource as an index shows it: a second old at most times. */
export interface IndexedResource extends ResourceKey {
  labels: Record<string, string>;
  /** Where the table's indexes have it. */
  uid?: string;
  /** Where the table's indexes have it, and there is an owner. */
  ownerReferences?: OwnerReference[];
}

/** Which resources of a kind, and how many at most; the selections of a kind are in its rules. */
export interface SelectRequest {
  kind: string;
  selection: string;
  limit: number;
}

/**
 * What came of a transaction: all of it (undefined for a resource that is gone), or nothing since one that was to be
 * made is there already, or claims what another one holds.
 */
export type Transacted =
  | { outcome: 'done'; resources: (Resource | undefined)[] }
  | { outcome: 'exists'; key: ResourceKey }
  | { outcome: 'claimed'; key: ResourceKey; claim: string; holder: ResourceKey };

/** A page token that was not given by this list. */
export class PageTokenError extends Error {
  override readonly name = 'PageTokenError';
}

/**
 * Resources in one DynamoDB table. Writes are conditional: of two writers that have read the same, one gets
 * ConflictError. What is read is what was last written (strong consistency), but for `index`, `dependents` and `select`.
 * Every call rejects with AwsCallError when AWS refuses it; one that writes rejects with ResourceTooLargeError when it
 * would store too much, and with InvalidResourceError when the kind's rules do not let it in.
 */
export interface ResourceStore {
  get<Spec extends object, Status extends object>(
    key: ResourceKey,
  ): Promise<Resource<Spec, Status> | undefined>;
  /** A page of a namespace's resources. @throws PageTokenError */
  list<Spec extends object, Status extends object>(
    request: ListRequest,
  ): Promise<Page<Resource<Spec, Status>>>;
  /** Every resource of a kind, in whatever namespace. */
  index(kind: string): AsyncIterable<IndexedResource>;
  /** Every resource that goes with the one of that uid. A moment old. */
  dependents(uid: string): AsyncIterable<IndexedResource>;
  /** The oldest resources of a selection, oldest first. A moment old. */
  select(request: SelectRequest): Promise<IndexedResource[]>;
  /**
   * Makes a resource together with its claims, or nothing. Claims are given back when the resource is gone. Of several
   * that are held, the first of the list is told; one that exists is told before a claim.
   */
  create<Spec extends object, Status extends object>(
    resource: NewResource<Spec>,
    claims?: readonly string[],
  ): Promise<Creation<Spec, Status>>;
  /**
   * Writes spec, labels, annotations and finalizers; a changed spec is a new generation. It refuses a changed status,
   * which would be lost.
   * @throws ConflictError
   */
  update<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>>;
  /** Writes the status alone, and refuses any other change, which would be lost. @throws ConflictError */
  updateStatus<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>>;
  /**
   * Removes a resource without finalizers, and marks one with finalizers as to be deleted.
   * @param uid that of the one that is meant: another of the same key is left alone
   */
  delete(key: ResourceKey, uid?: string): Promise<'deleted' | 'deleting' | 'not there'>;
  /**
   * Removes a finalizer; of a resource that is to be deleted, the last takes the resource and its claims with it.
   * @returns undefined when the resource is gone
   * @throws ConflictError
   */
  removeFinalizer<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
    finalizer: string,
  ): Promise<Resource<Spec, Status> | undefined>;
  /**
   * Changes several resources, each in one step, all or none.
   * @throws ConflictError with the key of the first that was written since it was read
   */
  transact(steps: readonly Step[]): Promise<Transacted>;
}
