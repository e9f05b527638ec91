import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachesIn, runFolderVariable } from './run-folder.ts';

/** Jest calls this before it starts a worker; workers have its environment. */
export default async function runBegins(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rosa-lambda-access-tests-'));
  Object.assign(process.env, { [runFolderVariable]: folder, ...cachesIn(folder) });
}
