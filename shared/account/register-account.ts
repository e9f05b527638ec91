import { isDeepStrictEqual } from 'node:util';
import type {
  Account,
  AccountChange,
  AccountRegistration,
  PlatformApi,
} from '../platform-api/platform-api.ts';
import { PlatformApiError } from '../platform-api/platform-api-error.ts';
import type { Tasks } from '../tasks.ts';

/** What became of the account's registration, and why when it is not as it should be. */
export type Registration =
  | {
      status: 'registered' | 'already registered' | 'changed';
      /** How the platform works in the account; absent when the API does not tell. */
      accessMode?: string;
      /** What was changed: `authentication: resource-policy -> assume-role`. */
      changes?: string[];
    }
  | { status: 'refused' | 'not asked for' | 'differs'; reason: string };

interface RegistrationDependencies {
  platformApi?: PlatformApi;
  tasks: Tasks;
}

const shown = (value: unknown): string => {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** What the platform knows otherwise than it is told now. */
function differences(
  known: Account,
  { accountId: _, region: __, ...told }: AccountRegistration,
): AccountChange {
  // Migrating leads to dual, and back: an account keeps its mode when nothing but its functions are set up again.
  const { accessMode, ...rest } = told;
  const wanted: AccountChange = accessMode === 'lambda' ? rest : told;
  const different = Object.entries(wanted).filter(
    ([name, value]) => value !== undefined && !isDeepStrictEqual(known[name as keyof Account], value),
  );
  return Object.fromEntries(different);
}

const changesBetween = (known: Account, change: AccountChange): string[] =>
  Object.entries(change).map(
    ([name, value]) => `${name}: ${shown(known[name as keyof Account])} -> ${shown(value)}`,
  );

/** What the platform knows of an account; undefined when it does not tell. */
async function knownOf(platformApi: PlatformApi, accountId: string): Promise<Account | undefined> {
  return platformApi.describeAccount(accountId).catch((error: unknown) => {
    if (error instanceof PlatformApiError) return undefined;
    throw error;
  });
}

const otherRegion = ({ region }: Account): Registration => ({
  status: 'differs',
  reason: `the platform knows it with the functions of ${region}, and an account's region cannot be changed`,
});

/** What a platform that knows the account would be told; undefined when it does not tell what it knows. */
export async function changeNeeded(
  platformApi: PlatformApi,
  told: AccountRegistration,
): Promise<{ known: Account; change: AccountChange; changes: string[] } | undefined> {
  const known = await knownOf(platformApi, told.accountId);
  // v0 tells no more than that it is there.
  if (!known?.accessMode) return undefined;
  const change = differences(known, told);
  return { known, change, changes: changesBetween(known, change) };
}

/** Has the platform know of an account that it knows what is so now. */
async function bringUpToDate(platformApi: PlatformApi, told: AccountRegistration): Promise<Registration> {
  const needed = await changeNeeded(platformApi, told);
  if (!needed) return { status: 'already registered' };
  const { known, change, changes } = needed;
  if (known.region !== told.region) return otherRegion(known);
  const { accessMode = known.accessMode } = change;
  if (changes.length === 0) return { status: 'already registered', accessMode };
  const answer = await platformApi.changeAccount(told.accountId, change);
  if (answer === 'changed') return { status: 'changed', accessMode, changes };
  return { status: 'differs', reason: `it could not be changed (${answer}): ${changes.join('; ')}` };
}

/**
 * Tells the Platform API of the account, or what is different about it when it knows it already. An account that it
 * knows keeps its access mode unless it is to be `dual`. That the caller may not tell it is no failure of the set-up,
 * since others may have to.
 * @throws PlatformApiError for every other failure
 */
export async function registerAccount(
  { platformApi, tasks }: RegistrationDependencies,
  told: AccountRegistration,
): Promise<Registration> {
  if (!platformApi) return { status: 'not asked for', reason: 'no address of the Platform API is known' };
  return tasks.run('Register the account with the Platform API', async (say) => {
    try {
      const status = await platformApi.registerAccount(told);
      const outcome: Registration =
        status === 'registered'
          ? { status, accessMode: told.accessMode }
          : await bringUpToDate(platformApi, told);
      say(outcome.status);
      return outcome;
    } catch (error) {
      if (!(error instanceof PlatformApiError && error.failure === 'denied')) throw error;
      say('refused');
      return { status: 'refused', reason: error.message };
    }
  });
}
