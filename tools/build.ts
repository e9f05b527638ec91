import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildRelease } from './release/build-release.ts';

const { values } = parseArgs({ options: { 'signed-packages': { type: 'string' } } });
const root = fileURLToPath(new URL('..', import.meta.url));
const { version, packages, components } = await buildRelease(root, values['signed-packages']);
console.log(`dist/: rosactl ${version} with ${packages} packages; ${components} components of others`);
