import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { strFromU8, unzipSync } from 'fflate';
import { allBundles, type Bundle, handlerBundles } from '../../tools/release/bundles.ts';
import { nameAt, packagePath } from '../../tools/sbom/lock-file.ts';
import type { Sbom } from '../../tools/sbom/sbom.ts';
import { writeSbom } from '../../tools/sbom/write-sbom.ts';
import { type PackagedService, packageService } from '../support/packaged-service.ts';

const handlerKeys: Record<string, string> = {
  'service/packages/oidc-provisioner.zip': 'oidcProvisioner',
  'service/packages/preflight-checker.zip': 'preflightChecker',
  'service/packages/network-verifier.zip': 'networkVerifier',
};

let service: PackagedService;
let sbom: Sbom;
beforeAll(async () => {
  service = await packageService();
  await writeSbom(service.folder);
  sbom = JSON.parse(await readFile(join(service.folder, 'dist/sbom.cdx.json'), 'utf8'));
}, 180_000);
afterAll(() => service?.remove());

const textsOf = async (bundle: Bundle, differences = {}): Promise<string[]> => {
  const { outputFiles = [] } = await build({ ...bundle.options, ...differences, write: false });
  return outputFiles.map(({ text }) => text);
};

/** The packages whose code is in a bundle, as esbuild's comments tell that are there without minifying. */
async function commented(bundle: Bundle): Promise<string[]> {
  const texts = await textsOf(bundle, { minify: false, minifySyntax: true });
  const files = texts.flatMap((text) => [...text.matchAll(/^\s*\/\/ (\S*node_modules\/\S+)$/gm)]);
  return [...new Set(files.flatMap(([, file = '']) => packagePath(file) ?? []))].map(nameAt);
}

/** The full names of the components in a file of the tarball. */
const listedIn = (file: string): string[] =>
  sbom.components
    .filter(({ properties }) => properties.some(({ value }) => value === file))
    .map(({ group, name }) => (group ? `${group}/${name}` : name));

describe('dist/sbom.cdx.json', () => {
  it('is CycloneDX 1.6 of this product', () => {
    expect(sbom).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: { component: { type: 'application', name: 'rosa-lambda-access' } },
    });
  });

  it('has an address, a licence and a hash of each component, and each once', () => {
    for (const { purl, licenses, hashes } of sbom.components) {
      expect(purl).toMatch(/^pkg:npm\/(%40[a-z0-9-]+\/)?[A-Za-z0-9._-]+@\d+\.\d+\.\d+/);
      expect(licenses).toHaveLength(1);
      expect(hashes[0]).toEqual({ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) });
    }
    const references = sbom.components.map((component) => component['bom-ref']);
    expect(new Set(references).size).toBe(references.length);
  });

  it('is made from bundles that are those of the packages, to the byte', async () => {
    for (const bundle of await handlerBundles(service.folder)) {
      const [code] = Object.values(unzipSync(await service.zip(handlerKeys[bundle.file] ?? '')));
      expect(await textsOf(bundle)).toEqual([strFromU8(code ?? new Uint8Array())]);
    }
  });

  it('lists what is in each bundle, and nothing that is not', async () => {
    for (const bundle of await allBundles(service.folder)) {
      expect([bundle.file, listedIn(bundle.file).sort()]).toEqual([
        bundle.file,
        [...new Set(await commented(bundle))].sort(),
      ]);
    }
  });

  it('lists osls and what it brings, which npm installs with the tarball', () => {
    const beside = listedIn('node_modules');
    expect(beside).toEqual(expect.arrayContaining(['osls', '@aws-sdk/client-cloudformation', 'tsx']));
    expect(beside).not.toContain('jest');
  });
});
