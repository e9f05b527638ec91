import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../shared/cli/usage-error.ts';

/** What the Go rosactl's `login` keeps in a file; it is read here and never written. */
export interface ConfigFile {
  platformApiUrl?: string;
}

const corrupt = (file: string, why: string, cause?: unknown): UsageError =>
  new UsageError(
    `${file} cannot be used: ${why}. Mend or remove it, it should read {"platform_api_url": "https://…"}`,
    { cause },
  );

/**
 * Reads `~/.rosactl/config.json`; a file that is not there is an empty one.
 * @throws UsageError when it cannot be read or is not what it should be
 */
export async function readConfigFile(home = homedir()): Promise<ConfigFile> {
  const file = join(home, '.rosactl', 'config.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw corrupt(file, error.message, error);
  });
  if (text === undefined) return {};
  return { platformApiUrl: platformApiUrlIn(file, text) };
}

function platformApiUrlIn(file: string, text: string): string | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw corrupt(file, `it is not JSON (${(error as Error).message})`, error);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw corrupt(file, 'it is not a JSON object');
  }
  const url = (content as { platform_api_url?: unknown }).platform_api_url;
  if (url === undefined || url === '') return undefined;
  if (typeof url !== 'string') throw corrupt(file, 'platform_api_url is no text');
  return url;
}
