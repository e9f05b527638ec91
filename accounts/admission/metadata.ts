import { awsFinalizer } from '../resources/api.ts';
import { isObject, type JsonObject, without } from './json-object.ts';

/** What the server alone knows, and what kubectl and clients note for themselves: in a manifest it means nothing. */
const serverFields = [
  ...['generation', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'],
  ...['managedFields', 'selfLink'],
];

/** kubectl's own note of what it has applied last. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** What controllers alone write: who undoes what, and what goes with what. */
const controllerFields = ['finalizers', 'ownerReferences'];

/** Metadata as it is asked for, and what was left out of it that somebody may miss. */
export interface OwnMetadata {
  metadata: JsonObject;
  warnings: string[];
}

/** Null is nothing, as for Kubernetes; `creationTimestamp: null` is in many a manifest. */
const withoutNull = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));

function leftOut(metadata: JsonObject): string[] {
  const finalizers = Array.isArray(metadata.finalizers) ? metadata.finalizers : [];
  const isMissed = {
    finalizers: finalizers.some((finalizer) => finalizer !== awsFinalizer),
    ownerReferences: Array.isArray(metadata.ownerReferences) && metadata.ownerReferences.length > 0,
  };
  return Object.entries(isMissed)
    .filter(([, isSo]) => isSo)
    .map(([field]) => `metadata.${field} is written by the controllers alone; it is left out`);
}

/** What of a manifest's metadata is for a manifest to say. */
export function ownMetadata(manifest: JsonObject): OwnMetadata {
  const given = withoutNull(isObject(manifest.metadata) ? manifest.metadata : {});
  const metadata = without(given, [...serverFields, ...controllerFields]);
  const { annotations } = metadata;
  const noted = isObject(annotations) && { annotations: without(annotations, [lastApplied]) };
  return { metadata: { ...metadata, ...noted }, warnings: leftOut(given) };
}

/** Why a name cannot be had for the asking. */
export const nameProblems = ({ metadata }: JsonObject): string[] =>
  isObject(metadata) && 'generateName' in metadata
    ? ['metadata.generateName cannot be applied, for it would make another one each time: give metadata.name']
    : [];
