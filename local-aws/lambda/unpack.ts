import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';

/** Writes a zip file's entries below a directory. @throws Error on an entry that would leave it. */
export async function unpack(zip: Uint8Array, directory: string): Promise<void> {
  for (const [name, content] of Object.entries(unzipSync(zip))) {
    const target = resolve(directory, name);
    if (!target.startsWith(directory + sep))
      throw new Error(`the function's zip has an entry outside it: ${name}`);
    if (name.endsWith('/')) continue;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}
