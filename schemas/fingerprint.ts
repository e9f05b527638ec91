import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The schemas and the code that reads them, what was made of them, and the versions of the packages that do it. */
const places = ['schemas/', 'schemas/generated/'];
const lockFile = 'package-lock.json';

async function filesIn(place: string): Promise<string[]> {
  const entries = await readdir(root + place, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.sha256'))
    .map(({ name }) => place + name);
}

/** A hash over all that generated files depend on and over these files themselves; one that is missing shows too. */
export async function fingerprint(): Promise<string> {
  const files = [lockFile, ...(await Promise.all(places.map(filesIn))).flat().sort()];
  const hash = createHash('sha256');
  for (const file of files) {
    const content = await readFile(root + file);
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
