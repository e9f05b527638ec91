/** Which resource: its kind, whom it belongs to and its name there. */
export interface ResourceKey {
  kind: string;
  /** Whom it belongs to, such as an account's id. A list is always the list of one namespace. */
  namespace: string;
  name: string;
}

/** A resource that another one goes with: when it is gone, so is the other. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  /** In the same namespace. */
  name: string;
  uid: string;
  /** Whether it made the other one and sees to it. */
  controller?: boolean;
  /** As Kubernetes has it; nothing acts on it. */
  blockOwnerDeletion?: boolean;
}

/** What every resource carries, as Kubernetes words it: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/ */
export interface ResourceMeta {
  namespace: string;
  name: string;
  /** UUID; one that is deleted and made again has another. */
  uid: string;
  /** Counts the changes of `spec`, from 1. */
  generation: number;
  /** Changes with every write; a write that names another one is refused. Opaque: only to be compared. */
  resourceVersion: string;
  /** UTC, ISO 8601. */
  creationTimestamp: string;
  /** When its deletion was asked for; it is gone when the last finalizer is. UTC, ISO 8601. */
  deletionTimestamp?: string;
  /** Who has something to undo before it may go. */
  finalizers: string[];
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** With what it goes, one at most; told when it is made. Absent: with nothing. */
  ownerReferences?: OwnerReference[];
}

/** What somebody wants, and how far it is. */
export interface Resource<Spec extends object = object, Status extends object = object> {
  apiVersion: string;
  kind: string;
  metadata: ResourceMeta;
  spec: Spec;
  /** Absent until a controller has looked at it. */
  status?: Status;
}

/** A resource that is to be made. */
export interface NewResource<Spec extends object = object> {
  apiVersion: string;
  kind: string;
  metadata: Pick<ResourceMeta, 'namespace' | 'name'> &
    Partial<Pick<ResourceMeta, 'uid' | 'finalizers' | 'labels' | 'annotations' | 'ownerReferences'>>;
  spec: Spec;
}

/** What a resource is found by, made or yet to be made. */
interface Named {
  kind: string;
  metadata: Pick<ResourceMeta, 'namespace' | 'name'>;
}

/** The key of a resource. */
export const keyOf = ({ kind, metadata }: Named): ResourceKey => ({
  kind,
  namespace: metadata.namespace,
  name: metadata.name,
});

/** A key for people to read, such as `Cluster 123456789012/2f3a1c7e`. */
export const sentenceOf = ({ kind, namespace, name }: ResourceKey): string => `${kind} ${namespace}/${name}`;
