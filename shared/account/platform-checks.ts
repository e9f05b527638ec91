import type { ReasonCode } from '../../schemas/generated/check.js';
import { type Check, type Finding, failed, passed, Undetermined, warning } from '../checks/check.ts';
import { once } from '../once.ts';
import { nextStep } from '../platform-api/next-step.ts';
import type { AccessMode, Account, FunctionArns, PlatformApi } from '../platform-api/platform-api.ts';
import { PlatformApiError, type PlatformApiFailure } from '../platform-api/platform-api-error.ts';
import type { WantedRegistration } from './wanted-registration.ts';

/** What the platform is asked about, and what it should know. */
export interface PlatformFacts {
  wanted: WantedRegistration;
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
export const platformFacts = (platformApi: PlatformApi, wanted: WantedRegistration): PlatformFacts => ({
  wanted,
  known: once(() =>
    platformApi.describeAccount(wanted.accountId).catch((error: unknown) => {
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
  run: async ({ wanted: { accountId: account, functions }, known }) => {
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

/** Migrating again changes what the platform knows, but for the region. */
const registerAnew =
  'Run "rosactl migrate-account" again; when it says that the region cannot be changed, have the operator of the Platform API remove the registration first';

/** The platform comes in the way that the account lets it in. */
export const platformAuthentication: PlatformCheck = {
  name: 'platform_authentication',
  run: async ({ wanted, known }) => {
    const { accountId: account, authentication, invocationRoleArn } = wanted;
    const found = await known();
    if (!found) return [];
    if (!found.authentication) return [tooOld('how it comes in to the functions')];
    const details = { authentication: found.authentication };
    const says = `The Platform API comes in to the account ${account} by ${found.authentication}`;
    if (found.authentication !== authentication)
      return [
        failed(`${says}, and the account lets it in by ${authentication}. ${registerAnew}`, { details }),
      ];
    if (invocationRoleArn && found.invocationRoleArn !== invocationRoleArn)
      return [
        failed(
          `${says}, but with the role ${found.invocationRoleArn ?? '(none)'} instead of ${invocationRoleArn}. ${registerAnew}`,
          { details },
        ),
      ];
    return [passed(`${says}, as the account lets it in`, { details })];
  },
};

/** What each mode means for an account that has both ways. */
const modes: Record<AccessMode, (says: string) => Finding> = {
  dual: (says) => passed(`${says}: both ways are in use`),
  lambda: (says) =>
    failed(
      `${says}: new clusters use the functions alone, without OIDC/STS to fall back to. "rosactl migrate-account" makes it dual`,
    ),
  'oidc-sts': (says) =>
    failed(
      `${says}: new clusters use OIDC/STS and not the functions. "rosactl migrate-account" makes it dual`,
    ),
};

const isMode = (word: string): word is AccessMode => Object.hasOwn(modes, word);

/** The platform uses the functions for new clusters, and OIDC/STS when they cannot be used. */
export const platformMode: PlatformCheck = {
  name: 'platform_mode',
  run: async ({ wanted: { accountId: account }, known }) => {
    const found = await known();
    if (!found) return [];
    const mode = found.accessMode;
    if (!mode) return [tooOld('whether it uses the functions or OIDC/STS for new clusters')];
    const says = `The Platform API works in the account ${account} as ${mode}`;
    const finding = isMode(mode) ? modes[mode](says) : warning(`${says}, which this release does not know`);
    return [{ ...finding, details: { access_mode: mode } }];
  },
};
