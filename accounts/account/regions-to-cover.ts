import type { Turn } from './turn.ts';
import { claimOf } from './way-in.ts';

/** The regions in which an instance is tried: in an account of a customer, those in which the claim wants clusters. */
export async function regionsToCover(turn: Turn): Promise<readonly string[]> {
  const { byoc, manualSTSMode } = turn.account.spec;
  const { coveredRegions } = turn.settings;
  if (!byoc && !manualSTSMode) return coveredRegions;
  const wanted = (await claimOf(turn))?.spec.aws.regions.map(({ name }) => name) ?? [];
  return wanted.length > 0 ? [...new Set(wanted)] : coveredRegions;
}
