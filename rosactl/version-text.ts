import type { Canary } from '../shared/release/canary.ts';

/** What an alias points to, in a table: `1`, `1 (+10% 2)` with a canary, `-` for nothing. */
export function versionText(version: string | undefined, canary?: Canary): string {
  if (!version) return '-';
  return canary ? `${version} (+${canary.percent}% ${canary.version})` : version;
}
