import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release, ReleaseManifest } from './release-manifest.ts';

/** A file of the release is not what its manifest says. Nothing was changed anywhere. */
class IntegrityError extends Error {
  override readonly name = 'IntegrityError';
}

const sha256 = (content: Buffer, encoding: 'hex' | 'base64'): string =>
  createHash('sha256').update(content).digest(encoding);

async function readReleaseFile(folder: string, file: string): Promise<Buffer> {
  return readFile(join(folder, file)).catch((cause: Error) => {
    throw new IntegrityError(`${file} of this release cannot be read (${cause.message})`, { cause });
  });
}

async function verify(folder: string, file: string, encoding: 'hex' | 'base64', expected: string) {
  const actual = sha256(await readReleaseFile(folder, file), encoding);
  if (actual === expected) return;
  throw new IntegrityError(
    `${file} is not the one this release was made with: its SHA-256 is ${actual} and not ${expected}`,
  );
}

/** @throws IntegrityError when the text is not that of a manifest: an installation that was cut off leaves half of it */
function manifestIn(text: Buffer): ReleaseManifest {
  try {
    const manifest = JSON.parse(text.toString()) as Partial<ReleaseManifest> | null;
    if (manifest?.files && Array.isArray(manifest.functions)) return manifest as ReleaseManifest;
    throw new Error('it names no files or no functions');
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new IntegrityError(`manifest.json of this release cannot be understood (${reason})`, { cause });
  }
}

/**
 * Reads a release and compares each of its files with the manifest.
 * @param folder where `manifest.json` lies
 * @throws IntegrityError when a file is missing or another one
 */
export async function verifiedRelease(folder: string): Promise<Release> {
  const text = await readReleaseFile(folder, 'manifest.json');
  const manifest = manifestIn(text);
  await Promise.all([
    ...Object.entries(manifest.files).map(([file, hash]) => verify(folder, file, 'hex', hash)),
    ...manifest.functions.map(({ artifact, codeSha256 }) => verify(folder, artifact, 'base64', codeSha256)),
  ]);
  return { ...manifest, id: sha256(text, 'hex').slice(0, 12), folder };
}
