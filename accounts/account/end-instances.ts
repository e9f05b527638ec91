import type { MemberAccount } from '../aws/member-accounts.ts';
import type { AccountStatus } from '../resources/account.ts';
import { markOf } from './names.ts';
import type { Turn } from './turn.ts';

/** The regions in which an instance may be: one is under way, or an earlier attempt has left one. */
export const regionsInUse = (regions: AccountStatus['regions'] = []): string[] =>
  regions.filter(({ state, attempt }) => state !== 'Done' || attempt > 1).map(({ name }) => name);

/** Ends every instance of ours in some regions. @returns how many are not known to be ending */
export async function endInstances(
  { account }: Turn,
  member: MemberAccount,
  regions: readonly string[],
): Promise<number> {
  const left = await Promise.all(
    regions.map(async (region) => {
      const instances = member.instances(region);
      const running = (await instances.withTags(markOf(account))).filter(
        ({ state }) => state !== 'shutting-down' && state !== 'terminated',
      );
      const ends = await Promise.all(running.map(({ id }) => instances.terminate(id)));
      return ends.filter((end) => end !== 'terminating').length;
    }),
  );
  return left.reduce((sum, count) => sum + count, 0);
}
