import { accessRoleArn } from '../customer-stack/access-role.ts';
import type { InstalledFunction } from '../customer-stack/components.ts';
import type { AccountRegistration, FunctionArns } from '../platform-api/platform-api.ts';
import { prodArns } from './function-arns.ts';

/** What the platform should know of an account that has the functions. */
export type WantedRegistration = AccountRegistration & { functions: FunctionArns };

/** What the platform should know of an account in which these functions are set up. */
export function wantedRegistration(
  place: { account: string; partition: string; region: string },
  functions: Pick<InstalledFunction, 'component' | 'name'>[],
  {
    authentication,
    accessMode,
    oidcStsRoleArn,
  }: Pick<AccountRegistration, 'authentication' | 'accessMode' | 'oidcStsRoleArn'>,
): WantedRegistration {
  const { account, region } = place;
  return {
    accountId: account,
    region,
    functions: prodArns(place, { account, functions }),
    authentication,
    accessMode,
    ...(authentication === 'assume-role' && { invocationRoleArn: accessRoleArn(place) }),
    ...(oidcStsRoleArn && { oidcStsRoleArn }),
  };
}
