import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeRelease } from './release/write-release.ts';

/** Builds what `npm pack` packs: `dist/rosactl.mjs`, and `dist/service/` with the packages it deploys. */
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** The oldest Node that rosactl runs on, as in package.json. */
const target = 'node20.19';

/** ES modules start faster than CommonJS; CommonJS packages in the bundle call require for Node's own modules. */
const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/** The SDK in the bundle is the one it was tested with; what later ones need of Node is no matter of its user. */
const define = { 'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"' };

const common = {
  bundle: true,
  minify: true,
  platform: 'node',
  target,
  legalComments: 'none',
  define,
} as const;

async function bundleRosactl(): Promise<void> {
  await build({
    ...common,
    entryPoints: { rosactl: join(root, 'rosactl/main.ts') },
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    // What a command does not need is not loaded: help comes without the AWS SDK.
    splitting: true,
    // Beside the entry: the release is looked for from there.
    chunkNames: 'chunk-[hash]',
    banner: { js: banner },
  });
  const file = join(dist, 'rosactl.mjs');
  await writeFile(file, `#!/usr/bin/env node\n${await readFile(file, 'utf8')}`, { mode: 0o755 });
}

async function bundlePlugin(): Promise<void> {
  await build({
    ...common,
    entryPoints: [join(root, 'shared/serverless/prebuilt-packages.ts')],
    outfile: join(dist, 'service/plugin.cjs'),
    format: 'cjs',
    // The framework takes what the module is as the plugin's class.
    footer: { js: 'module.exports = module.exports.default;' },
  });
}

/** What the stack has for watching the functions, for the framework on the customer's Node, which runs no TypeScript. */
async function bundleObservability(): Promise<void> {
  await build({
    ...common,
    entryPoints: [join(root, 'observability/stack.cjs')],
    outfile: join(dist, 'service/observability/stack.cjs'),
    format: 'cjs',
  });
}

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'service'), { recursive: true });
await Promise.all([bundleRosactl(), bundlePlugin(), bundleObservability()]);
const { version, functions } = await writeRelease(root, join(dist, 'service'));
console.log(`dist/: rosactl ${version} with ${functions.length} packages`);
