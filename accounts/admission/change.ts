import { isDeepStrictEqual } from 'node:util';
import type { NewResource, Resource } from '../../shared/resources/resource.ts';
import type { FixedField } from '../resources/kind-definition.ts';
import type { Wanted } from './admit.ts';
import { isBlank, type JsonObject } from './json-object.ts';

/** What a manifest comes to, once it is known what is there. */
export type Intent =
  | { outcome: 'create'; resource: NewResource; warnings: string[] }
  | { outcome: 'update'; resource: Resource; warnings: string[] }
  | { outcome: 'unchanged'; resource: Resource; warnings: string[] }
  | { outcome: 'refused'; reasons: string[] };

/** Absent, empty and false are one and the same. */
const isSame = (one: unknown, other: unknown): boolean => {
  const meaning = (value: unknown) => (isBlank(value) || value === false ? undefined : value);
  return isDeepStrictEqual(meaning(one), meaning(other));
};

const notTaken = (field: string): string =>
  `spec.${field} is written by the controllers alone; it is left as it is`;

/** A new resource: what controllers write stays empty, whatever the manifest says. */
function creation({ definition, resource, expected }: Wanted): Intent {
  if (expected.resourceVersion) {
    const why =
      'there is no such resource, and metadata.resourceVersion is that of one: leave it out to make it';
    return { outcome: 'refused', reasons: [why] };
  }
  const spec = resource.spec as JsonObject;
  const given = definition.written.filter((field) => !isBlank(spec[field]));
  const emptied = Object.fromEntries(given.map((field) => [field, '']));
  return {
    outcome: 'create',
    resource: { ...resource, spec: { ...spec, ...emptied } },
    warnings: given.map(notTaken),
  };
}

function isFixed({ field, since }: FixedField, before: JsonObject): boolean {
  if (since === 'creation') return true;
  return !isBlank(before[since === 'value' ? field : since.field]);
}

/** The spec of the manifest with what is not for it to change as it is. */
function merged(
  { definition, resource }: Wanted,
  before: JsonObject,
): { spec: JsonObject; reasons: string[] } {
  const wanted = resource.spec as JsonObject;
  const fixed = definition.fixed.filter((one) => isFixed(one, before));
  const broken = fixed.filter(
    ({ field }) => !isBlank(wanted[field]) && !isSame(wanted[field], before[field]),
  );
  const kept = [...definition.written, ...fixed.map(({ field }) => field)];
  const spec = Object.fromEntries([
    ...Object.entries(wanted).filter(([field]) => !kept.includes(field)),
    ...kept.filter((field) => before[field] !== undefined).map((field) => [field, before[field]]),
  ]);
  return { spec, reasons: broken.map(({ field, why }) => `spec.${field} cannot be changed: ${why}`) };
}

function mismatches({ expected }: Wanted, { metadata }: Resource): string[] {
  const { uid, resourceVersion } = expected;
  return [
    ...(uid && uid !== metadata.uid ? ['metadata.uid is that of another resource, which had this name'] : []),
    ...(resourceVersion && resourceVersion !== metadata.resourceVersion
      ? [
          'it was changed since metadata.resourceVersion: get it again and make the change in what is there now',
        ]
      : []),
  ];
}

function change(wanted: Wanted, before: Resource): Intent {
  const { spec, reasons } = merged(wanted, before.spec as JsonObject);
  const all = [...mismatches(wanted, before), ...reasons];
  if (all.length > 0) return { outcome: 'refused', reasons: all };
  const { labels, annotations } = wanted.resource.metadata;
  const metadata = {
    ...before.metadata,
    labels: { ...before.metadata.labels, ...labels },
    annotations: { ...before.metadata.annotations, ...annotations },
  };
  const resource = { ...before, metadata, spec };
  const given = wanted.resource.spec as JsonObject;
  const ignored = wanted.definition.written.filter(
    (field) => !isBlank(given[field]) && !isSame(given[field], spec[field]),
  );
  const outcome = isDeepStrictEqual(resource, before) ? 'unchanged' : 'update';
  return { outcome, resource, warnings: ignored.map(notTaken) };
}

/**
 * What a manifest comes to beside what is there. The spec becomes that of the manifest, but for what controllers write;
 * labels and annotations are added to those that are there, for controllers write some, too.
 */
export const intentOf = (wanted: Wanted, before: Resource | undefined): Intent =>
  before ? change(wanted, before) : creation(wanted);
