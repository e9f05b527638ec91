import { access, constants, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../shared/cli/usage-error.ts';

const unusable = (path: string, why: string, cause?: unknown): UsageError =>
  new UsageError(`the report cannot be written to ${path}: ${why}`, { cause });

/** What is at a path: undefined when nothing is. */
const found = (path: string) => stat(path).catch(() => undefined);

/**
 * Where a report is to be written, looked at before anything is asked.
 * @returns the absolute path
 * @throws UsageError when no file can be written there
 */
export async function reportPlace(file: string): Promise<string> {
  const path = resolve(file);
  const folder = dirname(path);
  if (!(await found(folder))?.isDirectory()) {
    throw unusable(path, `there is no folder ${folder}. Make it, or name another`);
  }
  if ((await found(path))?.isDirectory()) throw unusable(path, 'it is a folder. Name a file in it');
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw unusable(path, `you may not write in ${folder}. Name another`, cause);
  });
  return path;
}

/**
 * Writes a file as a whole: what was there stays until the new one is complete.
 * @param path as `reportPlace` gave it
 * @throws UsageError when it cannot be written after all, as when the disk is full
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => {});
    throw unusable(path, (cause as Error).message, cause);
  }
}
