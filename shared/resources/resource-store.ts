import type { NewResource, Resource, ResourceKey } from './resource.ts';

/** Somebody else has written the resource since it was read, or it is gone: read it again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly key: ResourceKey;

  constructor(key: ResourceKey, options?: ErrorOptions) {
    super(`${key.kind} ${key.namespace}/${key.name} was changed since it was read`, options);
    this.key = key;
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

/** A page of resources, in the order of their names. */
export interface Page<Item> {
  items: Item[];
  /** Absent on the last page. */
  nextPageToken?: string;
}

/** A resource as the index of its kind shows it: a second old at most times. */
export interface IndexedResource extends ResourceKey {
  labels: Record<string, string>;
}

/** A page token that was not given by this list. */
export class PageTokenError extends Error {
  override readonly name = 'PageTokenError';
}

/**
 * Resources in one DynamoDB table. Writes are conditional: of two writers that have read the same, one gets
 * ConflictError. What is read is what was last written (strong consistency), but for `index`.
 * Every call rejects with AwsCallError when AWS refuses it.
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
  /** Makes a resource together with its claims, or nothing. Claims are given back when the resource is gone. */
  create<Spec extends object, Status extends object>(
    resource: NewResource<Spec>,
    claims?: readonly string[],
  ): Promise<Creation<Spec, Status>>;
  /** Writes spec, labels, annotations and finalizers; a changed spec is a new generation. @throws ConflictError */
  update<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>>;
  /** Writes the status alone. @throws ConflictError */
  updateStatus<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
  ): Promise<Resource<Spec, Status>>;
  /** Removes a resource without finalizers, and marks one with finalizers as to be deleted. */
  delete(key: ResourceKey): Promise<'deleted' | 'deleting' | 'not there'>;
  /**
   * Removes a finalizer; of a resource that is to be deleted, the last takes the resource and its claims with it.
   * @returns undefined when the resource is gone
   * @throws ConflictError
   */
  removeFinalizer<Spec extends object, Status extends object>(
    resource: Resource<Spec, Status>,
    finalizer: string,
  ): Promise<Resource<Spec, Status> | undefined>;
}
