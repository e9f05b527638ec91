import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { writeSbom } from '../sbom/write-sbom.ts';
import { observabilityBundle, pluginBundle, rosactlBundle } from './bundles.ts';
import { writeRelease } from './write-release.ts';

/** What was built. */
export interface BuiltRelease {
  version: string;
  /** How many functions it deploys, and how many components of others are in it. */
  packages: number;
  components: number;
}

async function bundleRosactl(root: string): Promise<void> {
  const { file, options } = rosactlBundle(root);
  await build(options);
  const path = join(root, 'dist', file);
  await writeFile(path, `#!/usr/bin/env node\n${await readFile(path, 'utf8')}`, { mode: 0o755 });
}

/**
 * Builds what `npm pack` packs: `dist/rosactl.mjs`, `dist/service/` with the packages it deploys, and
 * `dist/sbom.cdx.json`, what is in them.
 * @param signedPackages a folder with packages to take in place of those that are built here: docs/supply-chain.md
 */
export async function buildRelease(root: string, signedPackages?: string): Promise<BuiltRelease> {
  const dist = join(root, 'dist');
  await rm(dist, { recursive: true, force: true });
  await mkdir(join(dist, 'service'), { recursive: true });
  const bundles = [pluginBundle(root), observabilityBundle(root)];
  await Promise.all([bundleRosactl(root), ...bundles.map(({ options }) => build(options))]);
  const { version, functions } = await writeRelease(root, join(dist, 'service'), signedPackages);
  return { version, packages: functions.length, components: await writeSbom(root) };
}
