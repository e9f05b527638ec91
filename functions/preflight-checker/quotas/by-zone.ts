import { Undetermined } from '../../../shared/checks/check.ts';

/**
 * How many things there are in each zone.
 * @param what one of them, such as `a NAT gateway`
 * @throws Undetermined when the zone of one is not known
 */
export function countByZone(zones: (string | undefined)[], what: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const zone of zones) {
    if (!zone) throw new Undetermined('value_absent', `EC2 does not tell the zone of ${what}`);
    counts[zone] = (counts[zone] ?? 0) + 1;
  }
  return counts;
}
