import { join } from 'node:path';

/** Names the run's folder to Jest's workers. */
export const runFolderVariable = 'ROSA_TESTS_RUN_FOLDER';

/**
 * A folder of this run of the tests alone, for what is the same for all of them and takes long to make. Nothing in
 * it outlives the run, so nothing in it can be out of date.
 */
export function runFolder(): string {
  const folder = process.env[runFolderVariable];
  if (!folder) throw new Error(`${runFolderVariable} is not set: tests/support/run-begins.ts sets it`);
  return folder;
}

/** What lets the programs that tests start keep there what each of them would work out anew: a part of an environment. */
export const cachesIn = (folder: string) => ({
  // The validator of configurations, which `serverless` takes longer to make than for all else it does.
  SLS_SCHEMA_CACHE_BASE_DIR: folder,
  // https://nodejs.org/docs/latest-v24.x/api/module.html#module-compile-cache
  NODE_COMPILE_CACHE: join(folder, 'compiled'),
});
