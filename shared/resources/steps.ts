import { isDeepStrictEqual } from 'node:util';
import { refuse } from './lost-changes.ts';
import { type Birth, born, stored } from './new-resource.ts';
import {
  keyOf,
  type NewResource,
  type Resource,
  type ResourceKey,
  type ResourceMeta,
  sentenceOf,
} from './resource.ts';
import { ConflictError } from './resource-store.ts';

/**
 * One change of a transaction. All but `create` build upon the version that was read.
 * - `update`, `updateStatus`, `removeFinalizer`: as the store's own calls of these names.
 * - `replace`: spec, labels, annotations, finalizers and status at once, for what must never be seen apart.
 */
export type Step =
  | { do: 'create'; resource: NewResource; claims?: readonly string[] }
  | { do: 'update' | 'updateStatus' | 'replace'; resource: Resource }
  | { do: 'removeFinalizer'; resource: Resource; finalizer: string };

/** Parts of the metadata that a caller may change. */
const ownParts = ['labels', 'annotations', 'finalizers'] as const;

const ownPart = ({ labels, annotations, finalizers }: ResourceMeta) => ({ labels, annotations, finalizers });

function updated(call: 'update' | 'replace', before: Resource, wanted: Resource): Resource {
  const { spec, status, metadata } = wanted;
  if (call === 'update' && !isDeepStrictEqual(before.status, status)) refuse(before, call, 'status');
  const generation = before.metadata.generation + (isDeepStrictEqual(before.spec, spec) ? 0 : 1);
  const { status: _, ...rest } = before;
  return {
    ...rest,
    metadata: { ...before.metadata, ...ownPart(metadata), generation },
    spec,
    ...(status && { status }),
  };
}

function withStatus(before: Resource, wanted: Resource): Resource {
  if (!isDeepStrictEqual(before.spec, wanted.spec)) refuse(before, 'updateStatus', 'spec');
  for (const part of ownParts) {
    if (!isDeepStrictEqual(before.metadata[part], wanted.metadata[part]))
      refuse(before, 'updateStatus', part);
  }
  const { status: _, ...rest } = before;
  return { ...rest, ...(wanted.status && { status: wanted.status }) };
}

function withoutFinalizer(before: Resource, finalizer: string): Resource | undefined {
  const { metadata } = before;
  const finalizers = metadata.finalizers.filter((one) => one !== finalizer);
  if (metadata.deletionTimestamp && finalizers.length === 0) return undefined;
  return { ...before, metadata: { ...metadata, finalizers } };
}

function changed(step: Exclude<Step, { do: 'create' }>, before: Resource): Resource | undefined {
  if (step.do === 'removeFinalizer') return withoutFinalizer(before, step.finalizer);
  const wanted = stored(step.resource);
  return step.do === 'updateStatus' ? withStatus(before, wanted) : updated(step.do, before, wanted);
}

/**
 * The resource after a step; undefined when the step takes it away.
 * @param before the resource as it is stored; undefined when there is none
 * @throws ConflictError when it is not the version that the step builds upon
 */
export function afterStep(step: Step, before: Resource | undefined, birth: Birth): Resource | undefined {
  if (step.do === 'create') return born(step.resource, birth);
  const { resourceVersion } = step.resource.metadata;
  if (before?.metadata.resourceVersion !== resourceVersion) throw new ConflictError(keyOf(step.resource));
  const after = changed(step, before);
  const metadata = after && { ...after.metadata, resourceVersion: birth.resourceVersion };
  return after && metadata && { ...after, metadata };
}

/** The keys of the steps. @throws Error when one resource is in two of them, which no transaction can do */
export function keysOf(steps: readonly Step[]): ResourceKey[] {
  const keys = steps.map(({ resource }) => keyOf(resource));
  const texts = keys.map(sentenceOf);
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice) throw new Error(`${twice} is in two steps of one transaction`);
  return keys;
}
