import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copyProject, type ProjectCopy } from './project-copy.ts';
import { runFolder } from './run-folder.ts';

/** Builds `dist/` in a copy of the project, which packages the service on the way. */
export const build = (folder: string, ...options: string[]) =>
  promisify(execFile)(process.execPath, [join(folder, 'tools/build.ts'), ...options], { cwd: folder });

/** The folder of a built copy of the project, made once in a run of the tests: to read, not to change. */
export async function builtOnce(): Promise<string> {
  const built = join(runFolder(), 'built');
  if (existsSync(built)) return built;
  const { folder, remove } = await copyProject();
  await build(folder);
  await rename(folder, built).catch(async (error: unknown) => {
    if (!existsSync(built)) throw error;
    // Another worker has made the same meanwhile.
    await remove();
  });
  return built;
}

/** Puts `dist/` into an unchanged copy of the project. */
export async function addDist(folder: string): Promise<void> {
  await cp(join(await builtOnce(), 'dist'), join(folder, 'dist'), { recursive: true });
}

/** A copy of the project with what `npm run build` makes. */
export async function builtProject(): Promise<ProjectCopy> {
  const project = await copyProject();
  await addDist(project.folder);
  return project;
}

/** Makes another release: an oversized request is no longer said to be more than "are allowed", but "are permitted". */
export async function buildNextRelease(folder: string): Promise<void> {
  const file = join(folder, 'shared/operation/refuse-oversized.ts');
  const code = await readFile(file, 'utf8');
  await writeFile(file, code.replace('are allowed', 'are permitted'));
  await build(folder);
}
