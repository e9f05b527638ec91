import type { Resource } from '../../shared/resources/resource.ts';

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** A resource as a manifest: without labels, annotations and finalizers where there are none. */
export function asManifest({ apiVersion, kind, metadata, spec, status }: Resource): object {
  const said = Object.entries(metadata).filter(([, value]) => !isEmpty(value));
  return { apiVersion, kind, metadata: Object.fromEntries(said), spec, ...(status && { status }) };
}

/** Resources as one manifest, which can be applied again. */
export const asList = (resources: readonly Resource[]): object => ({
  apiVersion: 'v1',
  kind: 'List',
  metadata: {},
  items: resources.map(asManifest),
});
