import { describe, expect, it } from '@jest/globals';
import { packagesIn } from '../../../../tools/sbom/bundled-packages.ts';
import { type LockFile, packagePath } from '../../../../tools/sbom/lock-file.ts';
import { sbom } from '../../../../tools/sbom/sbom.ts';

const product = { name: 'rosa-lambda-access', version: '0.1.0' };
// The base64 and the hex of the same bytes.
const locked = { version: '1.2.3', license: 'MIT', integrity: 'sha512-AQID' };
const hashes = [{ alg: 'SHA-512', content: '010203' }];

const lockOf = (packages: Record<string, object>): LockFile => ({
  packages: { '': product, ...packages } as LockFile['packages'],
});

describe('a bill of materials', () => {
  it('describes a package that is in a bundle: address, licence, hash, and where it is', () => {
    const lock = lockOf({ 'node_modules/@smithy/core': { ...locked, dev: true } });
    const { components } = sbom(product, lock, { 'rosactl.mjs': ['node_modules/@smithy/core'] });
    expect(components).toEqual([
      {
        type: 'library',
        'bom-ref': 'pkg:npm/%40smithy/core@1.2.3',
        group: '@smithy',
        name: 'core',
        version: '1.2.3',
        scope: 'required',
        hashes,
        licenses: [{ license: { id: 'MIT' } }],
        purl: 'pkg:npm/%40smithy/core@1.2.3',
        properties: [{ name: 'rosa:shipped-in', value: 'rosactl.mjs' }],
      },
    ]);
  });

  it('leaves out what is only needed to build and test', () => {
    const lock = lockOf({ 'node_modules/jest': { ...locked, dev: true } });
    expect(sbom(product, lock, {}).components).toEqual([]);
  });

  it('lists what npm installs beside the bundles', () => {
    const lock = lockOf({
      'node_modules/osls': locked,
      'node_modules/fsevents': { ...locked, optional: true },
    });
    const { components } = sbom(product, lock, {});
    expect(components.map(({ name, scope, properties }) => [name, scope, properties[0]?.value])).toEqual([
      ['fsevents', 'optional', 'node_modules'],
      ['osls', 'required', 'node_modules'],
    ]);
  });

  it('names a package once, with every place it is in; another version is another package', () => {
    const lock = lockOf({
      'node_modules/ajv': { ...locked, dev: true },
      'node_modules/osls/node_modules/ajv': locked,
      'node_modules/one/node_modules/ajv': { ...locked, version: '0.9.0', dev: true },
    });
    const bundled = { 'a.zip': ['node_modules/ajv'], 'b.zip': ['node_modules/one/node_modules/ajv'] };
    const { components } = sbom(product, lock, bundled);
    expect(components.map(({ purl, properties }) => [purl, properties.map(({ value }) => value)])).toEqual([
      ['pkg:npm/ajv@0.9.0', ['b.zip']],
      ['pkg:npm/ajv@1.2.3', ['a.zip', 'node_modules']],
    ]);
  });

  it('is the same when it is made again', () => {
    const lock = lockOf({ 'node_modules/osls': locked });
    expect(sbom(product, lock, {})).toEqual(sbom(product, lock, {}));
  });

  it.each([
    ['GPL-3.0-only', /pkg:npm\/osls@1\.2\.3 has GPL-3\.0-only/],
    ['(MIT OR GPL-3.0-only)', /has \(MIT OR GPL-3\.0-only\)/],
  ])('is refused, by name, with a licence that nobody has allowed: %s', (license, message) => {
    const lock = lockOf({ 'node_modules/osls': { ...locked, license } });
    expect(() => sbom(product, lock, {})).toThrow(message);
  });

  it.each([
    ['its licence', { license: undefined }],
    ['its hash', { integrity: undefined }],
  ])('is refused when the lock file does not know of a package %s', (_what, difference) => {
    const lock = lockOf({ 'node_modules/osls': { ...locked, ...difference } });
    expect(() => sbom(product, lock, {})).toThrow(/no integrity or no licence of osls/);
  });
});

describe('a file in a bundle', () => {
  it.each([
    ['node_modules/ajv/dist/core.js', 'node_modules/ajv'],
    ['node_modules/@smithy/core/dist/index.js', 'node_modules/@smithy/core'],
    ['../elsewhere/node_modules/ajv/dist/core.js', 'node_modules/ajv'],
    [
      'node_modules/@middy/validator/node_modules/@middy/util/index.js',
      'node_modules/@middy/validator/node_modules/@middy/util',
    ],
    ['shared/retry.ts', undefined],
  ])('%s is of the package %s', (file, path) => {
    expect(packagePath(file)).toBe(path);
  });

  it('counts only when something of it is left in the output', () => {
    const inputs = {
      'node_modules/used/index.js': { bytesInOutput: 10 },
      'node_modules/shaken-off/index.js': { bytesInOutput: 0 },
      'shared/retry.ts': { bytesInOutput: 5 },
    };
    const output = { bytes: 15, inputs, imports: [], exports: [] };
    expect(packagesIn({ outputs: { 'a.mjs': output, 'b.mjs': output } })).toEqual(['node_modules/used']);
  });
});
