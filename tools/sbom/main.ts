import { fileURLToPath } from 'node:url';
import { generate } from '../../schemas/generate.ts';
import { writeSbom } from './write-sbom.ts';

await generate();
const components = await writeSbom(fileURLToPath(new URL('../..', import.meta.url)));
console.log(`dist/sbom.cdx.json: ${components} components of others`);
