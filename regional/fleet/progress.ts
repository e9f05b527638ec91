import type { PlatformModeCounts } from '../../schemas/generated/platform-account-list.js';
import { accessModes } from './access-modes.ts';

/** How many have each access mode, by its label; a label that is none counts to the total alone. */
export type ModeCounts = ReadonlyMap<string, number>;

/** Counts the labels. */
export async function countsOf(labels: AsyncIterable<string> | Iterable<string>): Promise<ModeCounts> {
  const counts = new Map<string, number>();
  for await (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** How accounts or clusters divide among the access modes. */
export function divided(counts: ModeCounts): PlatformModeCounts {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    total,
    access_modes: accessModes.map((access_mode) => {
      const count = counts.get(access_mode) ?? 0;
      return { access_mode, count, ...(total > 0 && { share: count / total }) };
    }),
  };
}
