import type { PlatformAccountRegistration } from '../../../schemas/generated/platform-account-registration.js';
import type { FieldOffence } from '../../../shared/field-offences.ts';
import { wrongRegion } from '../wrong-region.ts';

/** Partition, region and account of an ARN. */
function placeOf(arn: string): { partition?: string; region?: string; account?: string } {
  const [, partition, , region, account] = arn.split(':');
  return { partition, region, account };
}

const roleFields = ['invocation_role_arn', 'oidc_sts_role_arn'] as const;

/** What is wrong with ARNs: the platform works with functions and roles of the account itself, here, and no others. */
function foreignArns(
  registration: PlatformAccountRegistration,
  here: { region: string; partition?: string },
): FieldOffence[] {
  const { account_id: account, lambda_functions: functions } = registration;
  const isHere = (arn: string): boolean =>
    placeOf(arn).account === account && placeOf(arn).partition === here.partition;
  const wrongFunctions = Object.entries<string>({ ...functions })
    .filter(([, arn]) => !isHere(arn) || placeOf(arn).region !== here.region)
    .map(([name]) => ({
      field: `lambda_functions.${name}`,
      reason: `must be a function of account ${account} in ${here.region}`,
    }));
  const wrongRoles = roleFields
    .filter((field) => registration[field] !== undefined && !isHere(registration[field]))
    .map((field) => ({ field, reason: `must be a role of account ${account}` }));
  return [...wrongFunctions, ...wrongRoles];
}

/** What is wrong with a registration that is as its schema has it. */
export const registrationOffences = (
  registration: PlatformAccountRegistration,
  { region, clmRoleArn }: { region: string; clmRoleArn: string },
): FieldOffence[] => [
  ...wrongRegion(region, registration.region),
  ...foreignArns(registration, { region, partition: placeOf(clmRoleArn).partition }),
];
