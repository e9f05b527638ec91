import type { CustomerAccount } from '../accounts/customer-account.ts';

/** Where an account's functions may be. */
export interface Place {
  partition: string;
  region: string;
  account: string;
}

/** @param partition the platform's own: credentials do not reach into another */
export const placeOf = ({ spec }: CustomerAccount, partition: string): Place => ({
  partition,
  region: spec.registration.region,
  account: spec.registration.account_id,
});

/** A function's ARN, taken apart. */
interface FunctionArn extends Place {
  name: string;
  /** A version or an alias. */
  qualifier?: string;
}

const functionArn =
  /^arn:(?<partition>[^:]+):lambda:(?<region>[^:]+):(?<account>\d{12}):function:(?<name>[A-Za-z0-9_-]+)(?::(?<qualifier>[^:]+))?$/;

/** @returns undefined for what is not the ARN of a function */
function parseFunctionArn(arn: string): FunctionArn | undefined {
  const {
    partition = '',
    region = '',
    account = '',
    name = '',
    qualifier,
  } = functionArn.exec(arn)?.groups ?? {};
  if (!name) return undefined;
  return { partition, region, account, name, ...(qualifier && { qualifier }) };
}

/** The function's name in an ARN of it. */
export const nameIn = (arn: string): string => parseFunctionArn(arn)?.name ?? arn;

/** The function's ARN without version and alias. */
export const unqualified = (arn: string): string => arn.split(':').slice(0, 7).join(':');

/** The ARN of the only alias the platform ever invokes. */
export const prodOf = (arn: string): string => `${unqualified(arn)}:prod`;

/** Says in what an ARN is of another place; undefined when it is of this one. */
export function foreignness(place: Place, arn: string): string | undefined {
  const parsed = parseFunctionArn(arn);
  if (!parsed) return 'it is not the ARN of a function';
  const parts = ['partition', 'account', 'region'] as const;
  const other = parts.find((part) => parsed[part] !== place[part]);
  return other && `its ${other} is ${parsed[other]}, and the account's ${place[other]}`;
}
