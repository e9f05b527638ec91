import { execFile } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { madeOnce } from './made-once.ts';
import { copyProject, type ProjectCopy } from './project-copy.ts';

/** Builds `dist/` in a copy of the project, which packages the service on the way. */
export const build = (folder: string, ...options: string[]) =>
  promisify(execFile)(process.execPath, [join(folder, 'tools/build.ts'), ...options], { cwd: folder });

/** The folder of a built copy of the project, made once in a run of the tests: to read, not to change. */
export const builtOnce = (): Promise<string> =>
  madeOnce('built', async () => {
    const { folder } = await copyProject();
    await build(folder);
    return folder;
  });

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

/** The same of another release: an oversized request is not more than "are allowed" there, but "are permitted". */
const nextBuiltOnce = (): Promise<string> =>
  madeOnce('next-built', async () => {
    const { folder } = await copyProject();
    const file = join(folder, 'shared/operation/refuse-oversized.ts');
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replace('are allowed', 'are permitted'));
    await build(folder);
    return folder;
  });

/** Puts the `dist/` of the next release in the place of the one that is there. */
export async function putNextRelease(folder: string): Promise<void> {
  const dist = join(folder, 'dist');
  await rm(dist, { recursive: true });
  await cp(join(await nextBuiltOnce(), 'dist'), dist, { recursive: true });
}
