import type { ReasonCode } from '../../schemas/generated/check.js';
import { type Check, type Finding, failed, passed, Undetermined, warning } from '../checks/check.ts';
import { once } from '../once.ts';
import { nextStep } from '../platform-api/next-step.ts';
import type { Account, FunctionArns, PlatformApi } from '../platform-api/platform-api.ts';
import { PlatformApiError, type PlatformApiFailure } from '../platform-api/platform-api-error.ts';

/** What the platform is asked about, and what it should know. */
export interface PlatformFacts {
  account: string;
  functions: FunctionArns;
  /** What the platform knows of the account; undefined: nothing. @throws Undetermined */
  known(): Promise<Account | undefined>;
}

type PlatformCheck = Check<PlatformFacts>;

const reasons: Partial<Record<PlatformApiFailure, ReasonCode>> = {
  denied: 'access_denied',
  throttled: 'throttled',
};

const undetermined = (error: PlatformApiError): Undetermined =>
  new Undetermined(reasons[error.failure] ?? 'service_error', `${error.message}. ${nextStep(error)}`);

/** The facts of an account; the platform is asked once. */
export const platformFacts = (
  platformApi: PlatformApi,
  account: string,
  functions: FunctionArns,
): PlatformFacts => ({
  account,
  functions,
  known: once(() =>
    platformApi.describeAccount(account).catch((error: unknown) => {
      throw error instanceof PlatformApiError ? undetermined(error) : error;
    }),
  ),
});

const tooOld = (what: string): Finding =>
  warning(
    `This version of the Platform API does not tell ${what}. Ask with --api-version v1 where that is served`,
  );

/** The platform knows the account with the functions that are here. */
export const platformRegistration: PlatformCheck = {
  name: 'platform_registration',
  run: async ({ account, functions, known }) => {
    const found = await known();
    if (!found)
      return [failed(`The Platform API does not know the account ${account}. Run "rosactl migrate-account"`)];
    const registered = found.functions;
    if (!registered) return [tooOld('which functions it invokes')];
    const keys = Object.keys(functions) as (keyof FunctionArns)[];
    const other = keys.filter((key) => registered[key] !== functions[key]).map((key) => registered[key]);
    if (other.length === 0)
      return [passed(`The Platform API knows the account ${account} with these functions`)];
    return [
      failed(
        `The Platform API knows the account ${account} with other functions: ${other.join(', ')}. ${registerAnew}`,
      ),
    ];
  },
};

/** The API has no call that changes a registration. */
const registerAnew =
  'Have the operator of the Platform API remove the registration, or take everything back with "rosactl cleanup-account"; then run "rosactl migrate-account" again';

/** The platform goes on using the OIDC/STS roles of existing clusters. */
export const platformMode: PlatformCheck = {
  name: 'platform_mode',
  run: async ({ account, known }) => {
    const found = await known();
    if (!found) return [];
    const mode = found.authentication;
    if (!mode) return [tooOld('whether it goes on using OIDC/STS for existing clusters')];
    const details = { authentication: mode };
    if (mode === 'dual')
      return [
        passed(`The Platform API knows the account ${account} as dual: both ways are in use`, { details }),
      ];
    if (mode === 'lambda')
      return [
        failed(
          `The Platform API knows the account ${account} as lambda, and keeps what it knows: it uses the functions alone, and not OIDC/STS for existing clusters. ${registerAnew}`,
          { details },
        ),
      ];
    return [
      warning(
        `The Platform API knows the account ${account} as "${mode}", which this release does not know`,
        {
          details,
        },
      ),
    ];
  },
};
