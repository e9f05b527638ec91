import { readFile } from 'node:fs/promises';
import { type PackagedSources, packageSources } from '../../tools/package-sources.ts';
import { copyProject } from './project-copy.ts';

/** What `serverless package` made, in a copy of the project. */
export interface PackagedService extends Omit<PackagedSources, 'zipFile'> {
  folder: string;
  zip(functionKey: string): Promise<Buffer>;
  remove(): Promise<void>;
}

/** Packages the service in a copy of the project. */
export async function packageService(parameters: Record<string, string> = {}): Promise<PackagedService> {
  const { folder, remove } = await copyProject();
  const { zipFile, ...made } = await packageSources(folder, parameters);
  return { ...made, folder, zip: (functionKey) => readFile(zipFile(functionKey)), remove };
}
