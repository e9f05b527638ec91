import { accessRoleName } from '../customer-stack/access-role.ts';
import type { PlatformApi } from '../platform-api/platform-api.ts';
import { isExactly, principalsOf } from '../release/invoke-permission.ts';
import { aliasPrincipalOf, type PlatformEntry } from '../release/platform-entry.ts';
import { Refused } from '../release/refused.ts';
import { type AccessRoleSources, accessStatus } from '../status/access-role.ts';
import type { Caller } from './caller.ts';
import { versionsOfProd } from './lambda-versions.ts';
import { type EntryRequest, entryFor } from './platform-entry.ts';
import { type Registration, registerAccount } from './register-account.ts';
import { type RollOut, type RollOutDependencies, rollOut } from './roll-out.ts';
import { wantedRegistration } from './wanted-registration.ts';

/** What setting up an account needs of the world. */
export interface SetUpDependencies extends RollOutDependencies, AccessRoleSources {
  /** Absent when no address of it is known. */
  platformApi?: PlatformApi;
  /** Whose credentials are in use. */
  caller(): Promise<Caller>;
}

/** How an account is to be set up. */
export interface SetUpRequest extends EntryRequest {
  /** Parameters that were asked for by name; the others stay as they are. */
  parameters: Record<string, string>;
  /** How the platform is to work in the account. An account that it knows keeps its mode unless this is `dual`. */
  accessMode: 'lambda' | 'dual';
  /** The installer role; needed for dual. */
  oidcStsRoleArn?: string;
}

/** What was set up. */
export interface SetUp extends RollOut {
  account: string;
  region: string;
  registration: Registration;
}

/** Who may invoke prod of a function directly. */
async function readPolicyBack({ functions }: SetUpDependencies, name: string, entry: PlatformEntry) {
  const statements = await functions.policy(name, 'prod');
  const role = aliasPrincipalOf(entry);
  if (role ? isExactly(statements, role) : statements.length === 0) return;
  const others = statements.flatMap(principalsOf).join(', ') || 'nobody';
  throw new Refused(
    `prod of ${name} may be invoked by ${others}, and it should be ${role ?? 'nobody'} alone: somebody has changed it meanwhile. Run the same command again`,
  );
}

/** Opens the access role again, should `cleanup-access` have closed it, and reads back who may assume it for what. */
async function readAccessRoleBack(dependencies: SetUpDependencies): Promise<void> {
  const { accessRole, stack, region } = dependencies;
  const parameters = (await stack.state())?.parameters ?? {};
  const { partition } = await dependencies.caller();
  const name = accessRoleName(region);
  const wanted = parameters.permissionsBoundaryArn || undefined;
  const found = await accessRole.describe(name);
  if (found && found.boundaryArn !== wanted) await accessRole.bound(name, wanted);
  const { drift } = await accessStatus(dependencies, { region, partition, parameters });
  if (drift[0]) throw new Refused(`${drift[0].message}. ${drift[0].next}`);
}

/** Reads back who may invoke `prod`, since that is what the account's owner answers for. */
const readPermissionsBack = (dependencies: SetUpDependencies, { functions, ...entry }: RollOut) =>
  dependencies.tasks.run('Read the permissions back', async () => {
    await Promise.all(functions.map(({ name }) => readPolicyBack(dependencies, name, entry)));
    if (entry.authentication === 'assume-role') await readAccessRoleBack(dependencies);
  });

/**
 * Sets an account up from nothing, from what an interrupted run has left, or from an earlier release.
 * @throws what `rollOut` throws; Refused; PlatformApiError when the API cannot be asked
 */
export async function setUpAccount(dependencies: SetUpDependencies, request: SetUpRequest): Promise<SetUp> {
  const { tasks, region } = dependencies;
  const rolledOut = await rollOut(dependencies, {
    stage: 'prod',
    parameters: request.parameters,
    entry: () =>
      tasks.run('Find out which role may invoke the functions', () => entryFor(dependencies, request)),
  });
  await readPermissionsBack(dependencies, rolledOut);
  const { account, partition } = await dependencies.caller();
  const { functions } = rolledOut;
  const told = wantedRegistration({ account, partition, region }, functions, { ...request, ...rolledOut });
  const lambdaVersions = await versionsOfProd(dependencies.functions, functions);
  const registration = await registerAccount(dependencies, { ...told, lambdaVersions });
  return { ...rolledOut, account, region, registration };
}
