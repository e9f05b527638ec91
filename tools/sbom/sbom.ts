import { type Component, componentOf } from './component.ts';
import allowed from './licences.json' with { type: 'json' };
import { installedPaths, type LockFile } from './lock-file.ts';

/** A software bill of materials in CycloneDX's JSON, of the parts that are used here. */
export interface Sbom {
  bomFormat: 'CycloneDX';
  specVersion: '1.6';
  version: 1;
  metadata: { component: object };
  components: Component[];
}

/** The packages in each file of the tarball, by their path in package-lock.json. */
export type Shipped = Record<string, readonly string[]>;

/** Under which name the packages go that npm installs beside the tarball's files. */
const beside = 'node_modules';

const product = (name: string, version: string) => ({
  type: 'application',
  'bom-ref': name,
  name,
  version,
  licenses: [{ license: { id: 'Apache-2.0' } }],
});

const licenceOf = ({ licenses: [first] }: Component): string =>
  first && 'license' in first ? first.license.id : (first?.expression ?? 'none');

/** Nothing is shipped under a licence that nobody has looked at: `licences.json` lists those that were. */
function refuseOtherLicences(components: Component[]): void {
  const others = components.filter((component) => !allowed.includes(licenceOf(component)));
  if (others.length === 0) return;
  const named = others.map((component) => `${component['bom-ref']} has ${licenceOf(component)}`);
  throw new Error(
    `the release would ship a licence that is not in tools/sbom/licences.json: ${named.join('; ')}. Add it there if it is a permissive one, else use another package`,
  );
}

/** The same package may be installed in two places, and be in several files. */
function componentsOf({ packages }: LockFile, shipped: Shipped): Component[] {
  const files = new Map<string, Set<string>>();
  const places = new Map<string, string>();
  for (const [file, paths] of Object.entries(shipped)) {
    for (const path of paths) {
      const { purl } = componentOf(path, packages[path], []);
      files.set(purl, (files.get(purl) ?? new Set()).add(file));
      places.set(purl, path);
    }
  }
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([purl, path]) => componentOf(path, packages[path], [...(files.get(purl) ?? [])]));
}

/**
 * Lists what is shipped of others: what is in the bundles, and what npm installs with the tarball. It holds neither
 * time nor random id, so equal sources give equal bytes.
 * @throws Error when a package has a licence that is not listed, or is not in the lock file
 */
export function sbom(of: { name: string; version: string }, lock: LockFile, bundled: Shipped): Sbom {
  const components = componentsOf(lock, { ...bundled, [beside]: installedPaths(lock) });
  refuseOtherLicences(components);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: product(of.name, of.version) },
    components,
  };
}
