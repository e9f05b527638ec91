import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './fingerprint.ts';

const made = fileURLToPath(new URL('generated/made.sha256', import.meta.url));

/** Makes `generated/` of the schemas, unless what is there was made of them as they are. */
export async function generate(): Promise<void> {
  const before = await readFile(made, 'utf8').catch(() => '');
  if (before && before === (await fingerprint())) return;
  // Loaded only then: every deploy comes by here.
  const { writeGenerated } = await import('./write-generated.ts');
  await writeGenerated();
  await writeFile(made, await fingerprint());
}

// No await at the top level: the Serverless plugin loads this file with require.
if (import.meta.main) void generate();
