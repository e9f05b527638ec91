import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copyProject, type ProjectCopy } from './project-copy.ts';

/** Builds `dist/` in a copy of the project; again after a change of the code. */
export const build = (folder: string, ...options: string[]) =>
  promisify(execFile)(process.execPath, [join(folder, 'tools/build.ts'), ...options], { cwd: folder });

/** A copy of the project with what `npm run build` makes. */
export async function builtProject(): Promise<ProjectCopy> {
  const project = await copyProject();
  await build(project.folder);
  return project;
}

/** Makes another release: an oversized request is no longer said to be more than "are allowed", but "are permitted". */
export async function buildNextRelease(folder: string): Promise<void> {
  const file = join(folder, 'shared/operation/refuse-oversized.ts');
  const code = await readFile(file, 'utf8');
  await writeFile(file, code.replace('are allowed', 'are permitted'));
  await build(folder);
}
