import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import type { CustomerAws, TaggedFunction } from '../customer-aws.ts';
import { failed, type Outcome } from '../failure.ts';
import type { Place } from '../place.ts';
import { type Directory, directoryOf, type Offer, operationNames } from './directory.ts';

/** Functions that carry the tag for something else are none of ours. */
const offersOf = (tagged: readonly TaggedFunction[]): Offer[] =>
  tagged.flatMap(({ arn, component }) =>
    operationNames.flatMap((operation) => (operation === component ? { operation, arn } : [])),
  );

/** What one way of looking found; undefined when the role may not go it. */
async function look(find: () => Promise<TaggedFunction[]>): Promise<Offer[] | undefined> {
  try {
    return offersOf(await find());
  } catch (error) {
    if (error instanceof AwsCallError && error.failure === 'denied') return undefined;
    throw error;
  }
}

const isWhole = (offers: readonly Offer[]): boolean =>
  operationNames.every((operation) => offers.some((offer) => offer.operation === operation));

const notAllowed = ({ account }: Place): Outcome<never> => ({
  failure: failed(
    'denied',
    `The platform may not look for functions in account ${account}. Register their ARNs with \`rosactl setup-account\`, or let the role that it assumes call tag:GetResources, or lambda:ListFunctions and lambda:ListTags`,
  ),
});

/**
 * Looks for the functions of an account by their tag: in the index of tags, which is quick and may lag behind, and
 * when something is missing there, function by function.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 * @throws AwsCallError when AWS does not answer
 */
export async function discover(
  place: Place,
  aws: CustomerAws,
  signal: AbortSignal,
): Promise<Outcome<Directory>> {
  const indexed = await look(() => aws.tagged(signal));
  if (indexed && isWhole(indexed)) return directoryOf(place, indexed);
  const listed = await look(() => aws.listed(signal));
  const found = listed ?? indexed;
  return found ? directoryOf(place, found) : notAllowed(place);
}
