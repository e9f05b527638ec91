import { createHash } from 'node:crypto';

/** The value with the fields of each object in the order of their names. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, ordered(inner)]));
}

/** A digest of what a request says, in whichever order it says it. */
export const requestDigest = (request: object): string =>
  createHash('sha256')
    .update(JSON.stringify(ordered(request)))
    .digest('hex');
