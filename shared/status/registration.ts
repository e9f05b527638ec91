import { nextStep } from '../platform-api/next-step.ts';
import type { Account, PlatformApi } from '../platform-api/platform-api.ts';
import { PlatformApiError } from '../platform-api/platform-api-error.ts';

/** What the platform knows of the account, as far as it could be asked. */
export type RegistrationStatus =
  | { status: 'registered'; account: Account }
  | { status: 'not registered' | 'not asked for' }
  | { status: 'not determined'; because: string };

/** Asks the platform what it knows of an account; that it does not answer is an answer. */
export async function registrationStatus(
  platformApi: PlatformApi | undefined,
  accountId: string,
): Promise<RegistrationStatus> {
  if (!platformApi) return { status: 'not asked for' };
  try {
    const account = await platformApi.describeAccount(accountId);
    return account ? { status: 'registered', account } : { status: 'not registered' };
  } catch (error) {
    if (!(error instanceof PlatformApiError)) throw error;
    return { status: 'not determined', because: `${error.message}. ${nextStep(error)}` };
  }
}
