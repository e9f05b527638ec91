import type { ResourceMetadata } from '../../schemas/generated/resource.js';
import { offences } from '../../shared/operation/offences.ts';
import { stored } from '../../shared/resources/new-resource.ts';
import type { NewResource } from '../../shared/resources/resource.ts';
import { apiVersion } from '../resources/api.ts';
import type { KindDefinition } from '../resources/kind-definition.ts';
import { kindNamed, kinds } from '../resources/kinds.ts';
import type { JsonObject } from './json-object.ts';
import { annotationProblems, labelProblems } from './kubernetes-names.ts';
import { nameProblems, ownMetadata } from './metadata.ts';
import { prune } from './prune.ts';

/** A manifest that is as it should be. */
export interface Wanted {
  definition: KindDefinition;
  resource: NewResource;
  /** The resource that is meant, and the version that the manifest was made of, where it says so. */
  expected: { uid?: string; resourceVersion?: string };
}

/** What came of looking at a manifest. Warnings are for whoever wrote it; reasons say what to change. */
export type Admission =
  | { outcome: 'admitted'; wanted: Wanted; warnings: string[] }
  | { outcome: 'refused'; reasons: string[]; warnings: string[] };

/** Where a manifest is looked at. */
export interface AdmissionSettings {
  /** The namespace that was asked for; a manifest of another one is refused. */
  namespace?: string;
}

const defaultNamespace = 'default';

const refused = (reasons: string[], warnings: string[] = []): Admission => ({
  outcome: 'refused',
  reasons,
  warnings,
});

const kindProblem = ({ kind }: JsonObject): string =>
  `kind "${String(kind).slice(0, 64)}" is not known here: it must be one of ${kinds.map((one) => one.kind).join(', ')}`;

function namespaceProblems(
  { kind, namespace: only }: KindDefinition,
  own: unknown,
  asked?: string,
): string[] {
  if (asked && own && own !== asked) return [`metadata.namespace is not ${asked}, which was asked for`];
  const namespace = own ?? asked;
  if (only && namespace && namespace !== only) return [`metadata.namespace of every ${kind} must be ${only}`];
  return [];
}

function problemsOf(definition: KindDefinition, manifest: JsonObject): string[] {
  const { validate } = definition;
  if (!validate(manifest)) return [offences(validate.errors ?? [])];
  const { labels, annotations } = manifest.metadata as ResourceMetadata;
  return [...labelProblems(labels), ...annotationProblems(annotations)];
}

/** A manifest of a kind with the metadata that is its own to say, without its status, which controllers alone write. */
function admitKind(definition: KindDefinition, content: JsonObject, settings: AdmissionSettings): Admission {
  const { metadata, warnings } = ownMetadata(content);
  const misplaced = namespaceProblems(definition, metadata.namespace, settings.namespace);
  const namespace = metadata.namespace ?? settings.namespace ?? definition.namespace ?? defaultNamespace;
  const { status: _, ...given } = stored(content);
  const manifest = { ...given, metadata: { ...metadata, namespace } };
  const pruned = prune(definition.validate, manifest);
  const reasons = [...nameProblems(content), ...misplaced, ...problemsOf(definition, manifest)];
  const all = [...warnings, ...pruned];
  return reasons.length > 0 ? refused(reasons, all) : admitted(definition, manifest, all);
}

function admitted(definition: KindDefinition, manifest: JsonObject, warnings: string[]): Admission {
  const { spec, metadata } = manifest as { spec: object; metadata: ResourceMetadata };
  const { name, namespace = '', labels, annotations, uid, resourceVersion } = metadata;
  const own = { name, namespace, ...(labels && { labels }), ...(annotations && { annotations }) };
  const resource = { apiVersion, kind: definition.kind, metadata: own, spec };
  const contradictions = definition
    .contradictions(resource)
    .map(({ reason, message }) => `${message} (${reason})`);
  const expected = { ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) };
  return {
    outcome: 'admitted',
    wanted: { definition, resource, expected },
    warnings: [...warnings, ...contradictions],
  };
}

/** Looks at one manifest: whether it is of a known kind, and as that kind's schema and Kubernetes' rules want it. */
export function admit(content: JsonObject, settings: AdmissionSettings = {}): Admission {
  const definition = kindNamed(content.kind);
  if (!definition) return refused([kindProblem(content)]);
  if (content.apiVersion !== apiVersion) return refused([`apiVersion must be ${apiVersion}`]);
  return admitKind(definition, content, settings);
}
