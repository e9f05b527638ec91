import { createHash } from 'node:crypto';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PackagedSources, packagedSources, packageSources } from '../../tools/package-sources.ts';
import { builtOnce } from './built-project.ts';
import { madeOnce } from './made-once.ts';
import { copyProject, type ProjectCopy } from './project-copy.ts';

/** What `serverless package` made, in a copy of the project. */
export interface PackagedService extends Omit<PackagedSources, 'zipFile'>, ProjectCopy {
  zip(functionKey: string): Promise<Buffer>;
}

const serviceOf = (copy: ProjectCopy, { zipFile, ...made }: PackagedSources): PackagedService => ({
  ...copy,
  ...made,
  zip: (functionKey) => readFile(zipFile(functionKey)),
});

/** Packages a service in a copy of the project: the customer's, or the one in that folder. */
export async function packageService(
  parameters: Record<string, string> = {},
  folder = '.',
): Promise<PackagedService> {
  const copy = await copyProject();
  return serviceOf(copy, await packageSources(join(copy.folder, folder), parameters));
}

/** A copy of the project with what packaging it made, which is done once in a run of the tests. */
export async function packagedService(): Promise<PackagedService> {
  const copy = await copyProject();
  await cp(join(await builtOnce(), '.serverless'), join(copy.folder, '.serverless'), { recursive: true });
  return serviceOf(copy, await packagedSources(copy.folder));
}

/** What packaging a service with parameters made, once for the same in a run of the tests: to read, not to change. */
export async function packagedOnce(
  folder: string,
  parameters: Record<string, string>,
): Promise<PackagedSources> {
  if (folder === '.' && Object.keys(parameters).length === 0) return packagedSources(await builtOnce());
  const key = createHash('sha256')
    .update(JSON.stringify([folder, parameters]))
    .digest('hex');
  const made = await madeOnce(`packaged-${key}`, async () => {
    const copy = await copyProject();
    await packageSources(join(copy.folder, folder), parameters);
    return copy.folder;
  });
  return packagedSources(join(made, folder));
}
