import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { PackagedFunction, ReleaseManifest } from '../../shared/customer-stack/release-manifest.ts';
import type { Template } from '../../shared/customer-stack/template.ts';
import { type PackagedSources, packageSources } from '../package-sources.ts';
import { type ServiceFunction, serviceFunctions } from '../service-functions.ts';
import { grantedActions } from './granted-actions.ts';
import { refuseOtherPackage } from './signed-package.ts';

/** Made by the build before the release is written. */
const bundledFiles = ['plugin.cjs', 'observability/stack.cjs'];

/** Taken over as they are. */
async function copiedFiles(root: string): Promise<string[]> {
  const queries = 'observability/queries';
  return [
    'shared/serverless/parameters.yml',
    'shared/customer-stack/access-role.yml',
    ...serviceFunctions.map(({ component }) => `functions/${component}/function.yml`),
    ...(await readdir(join(root, queries))).sort().map((file) => `${queries}/${file}`),
  ];
}

const artifactOf = (component: string): string => `packages/${component}.zip`;

async function sha256(file: string, encoding: 'hex' | 'base64'): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest(encoding);
}

/** serverless.yml as the release has it: prebuilt packages instead of a build. */
async function releasedConfiguration(root: string): Promise<string> {
  const document = parseDocument(await readFile(join(root, 'serverless.yml'), 'utf8'));
  document.set('plugins', ['./plugin.cjs']);
  document.deleteIn(['custom', 'esbuild']);
  return document.toString({ lineWidth: 0 });
}

async function describe(folder: string, template: Template, key: ServiceFunction): Promise<PackagedFunction> {
  const { component, handlerKey, resource } = key;
  const made = template.Resources[`${resource}LambdaFunction`];
  const role = template.Resources[`${resource}Role`];
  if (!made || !role) throw new Error(`the template has no function or no role ${resource}`);
  const { MemorySize, Timeout, Runtime, Handler } =
    made.Properties as unknown as PackagedFunction['settings'];
  return {
    component,
    handlerKey,
    nameParameter: `${handlerKey}Name`,
    artifact: artifactOf(component),
    codeSha256: await sha256(join(folder, artifactOf(component)), 'base64'),
    settings: { MemorySize, Timeout, Runtime, Handler },
    actions: grantedActions(role.Properties),
  };
}

/** Puts the packages into the release: those that were built, or the same with a signature. */
async function writePackages(
  folder: string,
  { zipFile }: Pick<PackagedSources, 'zipFile'>,
  signedPackages: string | undefined,
): Promise<void> {
  await mkdir(join(folder, 'packages'));
  for (const { component, handlerKey } of serviceFunctions) {
    const built = zipFile(handlerKey);
    const signed = signedPackages && join(signedPackages, `${component}.zip`);
    if (signed) refuseOtherPackage(signed, await readFile(built), await readFile(signed));
    await cp(signed ?? built, join(folder, artifactOf(component)));
  }
}

/** Puts the rest of the release into its folder. @returns the hex SHA-256 of each file */
async function writeFiles(root: string, folder: string, version: string): Promise<Record<string, string>> {
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ version })}\n`);
  await writeFile(join(folder, 'serverless.yml'), await releasedConfiguration(root));
  const copied = await copiedFiles(root);
  for (const file of copied) await cp(join(root, file), join(folder, file));
  const files = ['package.json', 'serverless.yml', ...bundledFiles, ...copied];
  const hashes = files.map(async (file) => [file, await sha256(join(folder, file), 'hex')]);
  return Object.fromEntries(await Promise.all(hashes));
}

/**
 * Writes the release of the customer's service: its configuration, its packages, and the manifest that names each
 * file with its hash. The folder has the bundled files in it already.
 * @param signedPackages the folder with `<component>.zip` as AWS Signer has signed them; without it they are unsigned
 * @throws Error when one of them is not the package of these sources, or not signed
 */
export async function writeRelease(
  root: string,
  folder: string,
  signedPackages?: string,
): Promise<ReleaseManifest> {
  const { template, ...packaged } = await packageSources(root);
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  await writePackages(folder, packaged, signedPackages);
  const files = await writeFiles(root, folder, version);
  const functions = await Promise.all(serviceFunctions.map((key) => describe(folder, template, key)));
  const manifest: ReleaseManifest = { version, functions, files };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}
