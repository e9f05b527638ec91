import type { Call } from '../local-aws/call-log.ts';
import type { LocalAws } from '../local-aws/local-aws.ts';

const callsOf = (aws: LocalAws): string => `${aws.url}/_local-aws/calls`;

/** What has reached the laptop AWS since it was last forgotten, in the order in which it ended. */
export async function callsTo(aws: LocalAws): Promise<Call[]> {
  return (await (await fetch(callsOf(aws))).json()) as Call[];
}

/** Begins anew. */
export const forgetCalls = (aws: LocalAws): Promise<unknown> => fetch(callsOf(aws), { method: 'DELETE' });

/** How many calls there are of each name. @param nameOf undefined for one that is not counted */
export function countBy(
  calls: readonly Call[],
  nameOf: (call: Call) => string | undefined,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const call of calls) {
    const name = nameOf(call);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
