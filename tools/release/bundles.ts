import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { parse } from 'yaml';
import { componentNames } from '../../shared/customer-stack/components.ts';

/** One bundle of the release. */
export interface Bundle {
  /** The file of `dist/` that has it in it. */
  file: string;
  options: BuildOptions;
}

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

/** The command-line tool. */
export const rosactlBundle = (root: string): Bundle => ({
  file: 'rosactl.mjs',
  options: {
    ...common,
    absWorkingDir: root,
    entryPoints: { rosactl: join(root, 'rosactl/main.ts') },
    outdir: join(root, 'dist'),
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    // What a command does not need is not loaded: help comes without the AWS SDK.
    splitting: true,
    // Beside the entry: the release is looked for from there.
    chunkNames: 'chunk-[hash]',
    banner: { js: banner },
  },
});

/** The plugin that deploys prebuilt packages. */
export const pluginBundle = (root: string): Bundle => ({
  file: 'service/plugin.cjs',
  options: {
    ...common,
    absWorkingDir: root,
    entryPoints: [join(root, 'shared/serverless/prebuilt-packages.ts')],
    outfile: join(root, 'dist/service/plugin.cjs'),
    format: 'cjs',
    // The framework takes what the module is as the plugin's class.
    footer: { js: 'module.exports = module.exports.default;' },
  },
});

/** What the stack has for watching the functions, for the framework on the customer's Node, which runs no TypeScript. */
export const observabilityBundle = (root: string): Bundle => ({
  file: 'service/observability/stack.cjs',
  options: {
    ...common,
    absWorkingDir: root,
    entryPoints: [join(root, 'observability/stack.cjs')],
    outfile: join(root, 'dist/service/observability/stack.cjs'),
    format: 'cjs',
  },
});

/** Of serverless.yml; two of its options are those of serverless-esbuild and not of esbuild. */
interface Configuration {
  custom: { esbuild: BuildOptions & { outputFileExtension: string; exclude: string[] } };
}

/** The functions, as serverless-esbuild bundles them. */
export async function handlerBundles(root: string): Promise<Bundle[]> {
  const { custom } = parse(await readFile(join(root, 'serverless.yml'), 'utf8')) as Configuration;
  const { outputFileExtension, exclude, ...options } = custom.esbuild;
  return componentNames.map((component) => ({
    file: `service/packages/${component}.zip`,
    options: {
      ...options,
      absWorkingDir: root,
      entryPoints: [`functions/${component}/handler.ts`],
      outdir: join(root, 'dist'),
      outExtension: { '.js': outputFileExtension },
      external: exclude,
    },
  }));
}

/** Every bundle of the release. */
export const allBundles = async (root: string): Promise<Bundle[]> => [
  rosactlBundle(root),
  pluginBundle(root),
  observabilityBundle(root),
  ...(await handlerBundles(root)),
];
