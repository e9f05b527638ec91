import { functionsOf } from '../customer-stack/components.ts';
import type { CustomerLogGroups } from '../customer-stack/customer-log-groups.ts';
import { type CustomerStack, idleStack, type StackState } from '../customer-stack/stack-state.ts';
import type { PlatformApi } from '../platform-api/platform-api.ts';
import { PlatformApiError } from '../platform-api/platform-api-error.ts';
import type { RosaOidcProviders } from './oidc-providers.ts';
import { type RevocationDependencies, revokeAccess } from './revoke-access.ts';

/** What removing needs of the world. */
export interface RemovalDependencies extends RevocationDependencies {
  stack: CustomerStack;
  /** Absent when no address of it is known. */
  platformApi?: PlatformApi;
  logGroups: CustomerLogGroups;
  oidcProviders: RosaOidcProviders;
}

/** What goes beside the stack. */
export interface RemovalRequest {
  deleteLogs: boolean;
  /** ARNs of the OIDC providers to delete. */
  oidcProviders: string[];
}

/** What was removed, and what was kept. */
export interface Removal {
  stack: 'removed' | 'not there';
  registration: 'unregistered' | 'not registered' | 'refused' | 'failed' | 'not asked for';
  /** Why the platform still knows the account. */
  registrationReason?: string;
  logGroups: { name: string; kept: boolean }[];
  /** The bucket with the archived logs, if there is one: it is always kept. */
  archiveBucket?: string;
  oidcProviders: string[];
}

/** The logical id of the archive's bucket: observability/log-archive-bucket.ts */
const archiveResource = 'LogArchiveBucket';

async function unregister({ platformApi, caller, tasks }: RemovalDependencies) {
  if (!platformApi) return { registration: 'not asked for' as const };
  return tasks.run('Take the account off the Platform API', async () => {
    try {
      const { account } = await caller();
      return { registration: await platformApi.unregisterAccount(account) };
    } catch (error) {
      // Nobody can come in any more: all else is taken back whether the platform answers or not.
      if (!(error instanceof PlatformApiError)) throw error;
      const registration = error.failure === 'denied' ? ('refused' as const) : ('failed' as const);
      return { registration, registrationReason: error.message };
    }
  });
}

async function removeLogGroups(
  { logGroups, tasks }: RemovalDependencies,
  names: string[],
  deleteLogs: boolean,
): Promise<Removal['logGroups']> {
  const present = await Promise.all(names.map((name) => logGroups.present(name)));
  const found = names.filter((_, index) => present[index]);
  if (deleteLogs && found.length > 0) {
    await tasks.run('Delete the log groups with their records', () =>
      Promise.all(found.map((name) => logGroups.remove(name))),
    );
  }
  return found.map((name) => ({ name, kept: !deleteLogs }));
}

async function removeStack({ stack, tasks }: RemovalDependencies, state: StackState | undefined) {
  if (state) await tasks.run(`Remove the stack ${stack.name}`, () => stack.remove());
}

/**
 * Takes back what setting up has put into an account: first the way in, then the registration, the stack with its
 * functions, roles and bucket, and on request the log groups and OIDC providers. What is gone already is skipped, so
 * an interrupted run is finished by the next. That the platform does not forget the account is an answer.
 * @throws AwsCallError, StackFailure
 */
export async function removeAccount(
  dependencies: RemovalDependencies,
  { deleteLogs, oidcProviders }: RemovalRequest,
): Promise<Removal> {
  const { stack, tasks, region } = dependencies;
  const before = await stack.state();
  // In whatever state it stops: CloudFormation can delete it from there.
  const state = await tasks.run(`Look at the stack ${stack.name}`, (say) => idleStack(stack, say));
  const parameters = (state ?? before)?.parameters ?? {};
  const names = functionsOf(region, parameters).map(({ name }) => name);
  if (state) await revokeAccess(dependencies, parameters);
  const registration = await unregister(dependencies);
  // While the stack still tells the functions' names; nobody can invoke them any more.
  const logGroups = await removeLogGroups(dependencies, names, deleteLogs);
  const archiveBucket = state && (await stack.physicalId(archiveResource));
  await removeStack(dependencies, state);
  if (oidcProviders.length > 0) {
    await tasks.run('Delete the OIDC providers', () =>
      Promise.all(oidcProviders.map((arn) => dependencies.oidcProviders.remove(arn))),
    );
  }
  return {
    stack: before ? 'removed' : 'not there',
    ...registration,
    logGroups,
    ...(archiveBucket && { archiveBucket }),
    oidcProviders,
  };
}
