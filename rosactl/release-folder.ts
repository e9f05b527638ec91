import { fileURLToPath } from 'node:url';

/**
 * Where the release lies that rosactl carries: beside the bundle, or, when rosactl runs from its sources, where
 * `npm run build` puts it.
 */
export const releaseFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/service' : './service', import.meta.url),
);
