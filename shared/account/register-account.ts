import type { InstalledFunction } from '../customer-stack/components.ts';
import type { Authentication, FunctionArns, PlatformApi } from '../platform-api/platform-api.ts';
import { PlatformApiError } from '../platform-api/platform-api-error.ts';
import type { Tasks } from '../tasks.ts';

/** What became of the account's registration, and why when it is not there. */
export type Registration =
  | { status: 'registered' | 'already registered' }
  | { status: 'refused' | 'not asked for'; reason: string };

/** The account and the functions that the platform is told of. */
export interface AccountToRegister {
  account: string;
  functions: Pick<InstalledFunction, 'component' | 'name'>[];
  authentication: Authentication;
}

interface RegistrationDependencies {
  platformApi?: PlatformApi;
  region: string;
  partition: string;
  tasks: Tasks;
}

/** The platform's names of the components. */
const arnKeys: Record<string, keyof FunctionArns> = {
  'oidc-provisioner': 'oidcProvisioner',
  'preflight-checker': 'preflightChecker',
  'network-verifier': 'networkVerifier',
};

/** The ARN of alias `prod` of each function. */
export function prodArns(
  { partition, region }: { partition: string; region: string },
  { account, functions }: Pick<AccountToRegister, 'account' | 'functions'>,
): FunctionArns {
  const arns = functions.map(({ component, name }) => [
    arnKeys[component],
    `arn:${partition}:lambda:${region}:${account}:function:${name}:prod`,
  ]);
  return Object.fromEntries(arns) as FunctionArns;
}

/**
 * Tells the Platform API of the account. That it was told before is as good; that the caller may not tell it is no
 * failure of the set-up, since others may have to.
 * @throws PlatformApiError for every other failure
 */
export async function registerAccount(
  { platformApi, region, partition, tasks }: RegistrationDependencies,
  { account, functions, authentication }: AccountToRegister,
): Promise<Registration> {
  if (!platformApi) return { status: 'not asked for', reason: 'no address of the Platform API is known' };
  const arns = prodArns({ partition, region }, { account, functions });
  return tasks.run('Register the account with the Platform API', async (say) => {
    try {
      const told = { accountId: account, region, functions: arns, authentication };
      const status = await platformApi.registerAccount(told);
      say(status);
      return { status };
    } catch (error) {
      if (!(error instanceof PlatformApiError && error.failure === 'denied')) throw error;
      say('refused');
      return { status: 'refused', reason: error.message };
    }
  });
}
