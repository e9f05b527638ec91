import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allBundles } from '../release/bundles.ts';
import { bundledPackages } from './bundled-packages.ts';
import type { LockFile } from './lock-file.ts';
import { sbom } from './sbom.ts';

/** Writes `dist/sbom.cdx.json` of the sources in a folder. @returns the number of components */
export async function writeSbom(root: string): Promise<number> {
  const read = async (file: string) => JSON.parse(await readFile(join(root, file), 'utf8'));
  const product = (await read('package.json')) as { name: string; version: string };
  const bundles = await allBundles(root);
  const bundled = await Promise.all(
    bundles.map(async (bundle) => [bundle.file, await bundledPackages(bundle)] as const),
  );
  const document = sbom(product, (await read('package-lock.json')) as LockFile, Object.fromEntries(bundled));
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(document, undefined, 2)}\n`);
  return document.components.length;
}
