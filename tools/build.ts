import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { observabilityBundle, pluginBundle, rosactlBundle } from './release/bundles.ts';
import { writeRelease } from './release/write-release.ts';
import { writeSbom } from './sbom/write-sbom.ts';

/**
 * Builds what `npm pack` packs: `dist/rosactl.mjs`, `dist/service/` with the packages it deploys, and
 * `dist/sbom.cdx.json`, what is in them.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

// docs/supply-chain.md: packages that AWS Signer has signed take the place of those that are built here.
const { values } = parseArgs({ options: { 'signed-packages': { type: 'string' } } });

async function bundleRosactl(): Promise<void> {
  const { file, options } = rosactlBundle(root);
  await build(options);
  const path = join(dist, file);
  await writeFile(path, `#!/usr/bin/env node\n${await readFile(path, 'utf8')}`, { mode: 0o755 });
}

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'service'), { recursive: true });
const bundles = [pluginBundle(root), observabilityBundle(root)];
await Promise.all([bundleRosactl(), ...bundles.map(({ options }) => build(options))]);
const { version, functions } = await writeRelease(root, join(dist, 'service'), values['signed-packages']);
const components = await writeSbom(root);
console.log(
  `dist/: rosactl ${version} with ${functions.length} packages; ${components} components of others`,
);
