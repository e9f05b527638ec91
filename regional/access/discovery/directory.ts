import type { PlatformLambdaFunctions } from '../../../schemas/generated/platform-account-registration.js';
import type { OperationName } from '../access.ts';
import { failed, type Outcome } from '../failure.ts';
import { foreignness, type Place, prodOf, unqualified } from '../place.ts';

/** The functions of an account: the ARN of each one's alias prod. Those that were not found are absent. */
export type Directory = Partial<Record<OperationName, string>>;

/** What the registration calls the functions. */
const registeredNames: Record<OperationName, keyof PlatformLambdaFunctions> = {
  'preflight-checker': 'preflight_checker',
  'network-verifier': 'network_verifier',
  'oidc-provisioner': 'oidc_provisioner',
};

export const operationNames = Object.keys(registeredNames) as OperationName[];

/** The registration's field of a function. */
export const registeredName = (operation: OperationName): keyof PlatformLambdaFunctions =>
  registeredNames[operation];

/** A function that is said to offer an operation. */
export interface Offer {
  operation: OperationName;
  /** With or without an alias. */
  arn: string;
}

const register = 'Register the right ones with `rosactl setup-account`';

/** Two functions for one operation, or one for two. */
function ambiguity(offers: readonly Offer[]): string | undefined {
  for (const [index, one] of offers.entries()) {
    const other = offers.slice(index + 1).find(({ operation }) => operation === one.operation);
    if (other) return `${one.arn} and ${other.arn} are both said to be the ${one.operation}`;
    const same = offers.slice(index + 1).find(({ arn }) => unqualified(arn) === unqualified(one.arn));
    if (same) return `${one.arn} is said to be the ${one.operation} and the ${same.operation}`;
  }
  return undefined;
}

/** A directory of what is offered, unless something of it is not the account's or not certain. */
export function directoryOf(place: Place, offers: readonly Offer[]): Outcome<Directory> {
  for (const { operation, arn } of offers) {
    const foreign = foreignness(place, arn);
    if (foreign) {
      const message = `${arn} is not used as the ${operation} of account ${place.account}: ${foreign}. ${register}`;
      return { failure: failed('foreign-function', message) };
    }
  }
  const ambiguous = ambiguity(offers);
  if (ambiguous) {
    const message = `${ambiguous}, and none is used. Take the tag rosa:component off the wrong one, or register the right ones with \`rosactl setup-account\``;
    return { failure: failed('foreign-function', message) };
  }
  return { value: Object.fromEntries(offers.map(({ operation, arn }) => [operation, prodOf(arn)])) };
}

/** The functions that were registered, as offers. */
export const registeredOffers = (functions: PlatformLambdaFunctions): Offer[] =>
  operationNames.map((operation) => ({ operation, arn: functions[registeredNames[operation]] }));
