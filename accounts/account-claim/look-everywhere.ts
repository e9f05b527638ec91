import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { type LeftoverKind, leftoverKinds } from '../aws/leftovers.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import type { AccountStatus } from '../resources/account.ts';

export type CleaningResult = NonNullable<AccountStatus['cleaning']>['results'][number];

/** What a look goes by. */
interface Look {
  /** What came of the looks before; what is Clean is not looked at again. */
  before: readonly CleaningResult[];
  /** Whether nothing can be made any more, and whatever was made is seen. */
  isSettled: boolean;
  /** Whether there is time for more. */
  mayGoOn(): boolean;
}

/** A kind of thing, and where it is looked for: in a region, or in the whole account. */
type Place = Pick<CleaningResult, 'cleaner' | 'region'>;

/** Whether nothing is left anywhere. Without any result nobody has looked. */
export const isAllClean = (results: readonly CleaningResult[]): boolean =>
  results.length > 0 && results.every(({ state }) => state === 'Clean');

async function placesIn(member: MemberAccount): Promise<Place[]> {
  // Nobody can make anything in a region that is not enabled.
  const regions = await member.enabledRegions();
  return Object.entries(leftoverKinds).flatMap(([cleaner, scope]): Place[] =>
    scope === 'account' ? [{ cleaner }] : regions.map((region) => ({ cleaner, region })),
  );
}

/** Looks for everything everywhere at a time, and takes away what it finds. */
export async function lookEverywhere(member: MemberAccount, look: Look): Promise<CleaningResult[]> {
  const places = await placesIn(member);
  return Promise.all(
    places.map(async (place) => {
      const known = look.before.find((one) => one.cleaner === place.cleaner && one.region === place.region);
      return known?.state === 'Clean' ? known : lookAt(member, place, look);
    }),
  );
}

async function lookAt(member: MemberAccount, place: Place, look: Look): Promise<CleaningResult> {
  try {
    const count = await takeAway(member, place, look);
    const state = count === 0 && look.isSettled ? 'Clean' : 'Open';
    return { ...place, state, found: count };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    return { ...place, state: 'Open', found: 0, message: error.message };
  }
}

/** Things that are taken away at a time. */
const atOnce = 10;

/**
 * Takes away all things of a kind in a place, as long as there is time. One that cannot be taken away keeps no other.
 * @returns how many there were; 0 alone says that nothing is left
 * @throws AwsCallError of the first that could not be taken away
 */
async function takeAway(
  member: MemberAccount,
  { cleaner, region }: Place,
  { mayGoOn }: Look,
): Promise<number> {
  const things = member.leftovers(cleaner as LeftoverKind, region);
  const ids = await things.ids();
  const refusals: unknown[] = [];
  for (let from = 0; from < ids.length && mayGoOn(); from += atOnce) {
    const some = ids.slice(from, from + atOnce);
    const ends = await Promise.allSettled(some.map((id) => things.remove(id, mayGoOn)));
    refusals.push(...ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : [])));
  }
  if (refusals.length > 0) throw refusals[0];
  return ids.length;
}
