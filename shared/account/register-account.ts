import type { InstalledFunction } from '../customer-stack/components.ts';
import type { Authentication, FunctionArns, PlatformApi } from '../platform-api/platform-api.ts';
import { PlatformApiError } from '../platform-api/platform-api-error.ts';
import type { Tasks } from '../tasks.ts';

/** What became of the account's registration, and why when it is not there. */
export type Registration =
  | { status: 'registered' | 'already registered' }
  | { status: 'refused' | 'not asked for' | 'differs'; reason: string };

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

/** The functions that the platform would invoke and that are not these; none when it does not tell. */
async function otherFunctions(
  platformApi: PlatformApi,
  account: string,
  arns: FunctionArns,
): Promise<string[]> {
  const known = await platformApi.describeAccount(account).catch((error: unknown) => {
    if (error instanceof PlatformApiError) return undefined;
    throw error;
  });
  const own = new Set(Object.values(arns));
  return Object.values(known?.functions ?? {}).filter((arn) => !own.has(arn));
}

const differs = (others: string[]): Registration => ({
  status: 'differs',
  reason: `the platform knows it with other functions: ${others.join(', ')}`,
});

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
      const others = status === 'registered' ? [] : await otherFunctions(platformApi, account, arns);
      say(others.length > 0 ? 'with other functions' : status);
      return others.length > 0 ? differs(others) : { status };
    } catch (error) {
      if (!(error instanceof PlatformApiError && error.failure === 'denied')) throw error;
      say('refused');
      return { status: 'refused', reason: error.message };
    }
  });
}
