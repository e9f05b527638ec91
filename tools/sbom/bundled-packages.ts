import { build, type Metafile } from 'esbuild';
import type { Bundle } from '../release/bundles.ts';
import { packagePath } from './lock-file.ts';

/** The packages with code in the outputs, by their path in package-lock.json; what was shaken off is not shipped. */
export function packagesIn({ outputs }: Pick<Metafile, 'outputs'>): string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  return [...new Set(files.flatMap((file) => packagePath(file) ?? []))];
}

/** Bundles without writing anything and says which packages are in it. */
export async function bundledPackages({ options }: Bundle): Promise<string[]> {
  return packagesIn((await build({ ...options, write: false, metafile: true })).metafile);
}
