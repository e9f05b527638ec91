import { type LockedPackage, nameAt } from './lock-file.ts';

/** A package of others that is shipped, as CycloneDX 1.6 describes it: https://cyclonedx.org/docs/1.6/json/ */
export interface Component {
  type: 'library';
  'bom-ref': string;
  group?: string;
  name: string;
  version: string;
  scope: 'required' | 'optional';
  hashes: { alg: string; content: string }[];
  licenses: ({ license: { id: string } } | { expression: string })[];
  purl: string;
  properties: { name: string; value: string }[];
}

const algorithms: Record<string, string> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/** npm's `sha512-<base64>`, perhaps several, as CycloneDX has it: in hex. */
const hashesOf = (integrity: string): Component['hashes'] =>
  integrity.split(/\s+/).map((hash) => {
    const [name = '', base64 = ''] = hash.split('-');
    const alg = algorithms[name];
    if (!alg) throw new Error(`${name} is no hash that CycloneDX knows`);
    return { alg, content: Buffer.from(base64, 'base64').toString('hex') };
  });

const licensesOf = (license: string): Component['licenses'] =>
  /[ (]/.test(license) ? [{ expression: license }] : [{ license: { id: license } }];

/** https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md */
const purlOf = (name: string, version: string): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/**
 * Describes a package.
 * @param shippedIn the files of the tarball it is in, and `node_modules` when npm installs it beside them
 * @throws Error when the lock file does not know its licence or integrity
 */
export function componentOf(
  path: string,
  locked: LockedPackage | undefined,
  shippedIn: readonly string[],
): Component {
  const fullName = nameAt(path);
  if (!locked?.integrity || !locked.license) {
    throw new Error(`package-lock.json has no integrity or no licence of ${fullName} (${path})`);
  }
  const { version, integrity, license, optional } = locked;
  const [group, name] = fullName.startsWith('@') ? fullName.split('/') : [undefined, fullName];
  const purl = purlOf(fullName, version);
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group && { group }),
    name: name ?? fullName,
    version,
    scope: optional ? 'optional' : 'required',
    hashes: hashesOf(integrity),
    licenses: licensesOf(license),
    purl,
    properties: [...shippedIn].sort().map((value) => ({ name: 'rosa:shipped-in', value })),
  };
}
