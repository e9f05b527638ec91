import type { Manifests } from '../admission/parse-manifests.ts';
import type { Context } from './command.ts';

/** The manifests of a file; `-` is standard input. */
export async function readManifests({ readText }: Context, file: string): Promise<Manifests> {
  // Loaded only here: help comes without YAML.
  const { parseManifests } = await import('../admission/parse-manifests.ts');
  return parseManifests(await readText(file), file === '-' ? 'standard input' : file);
}
