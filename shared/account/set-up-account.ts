import { functionsOf, type InstalledFunction } from '../customer-stack/components.ts';
import type { Authentication, PlatformApi } from '../platform-api/platform-api.ts';
import { clmRoleProblem } from '../release/clm-role.ts';
import { isExactly, ownPrincipalsOf, principalsOf } from '../release/invoke-permission.ts';
import { Refused } from '../release/refused.ts';
import type { Caller } from './caller.ts';
import { type Registration, registerAccount } from './register-account.ts';
import { type RollOut, type RollOutDependencies, rollOut } from './roll-out.ts';

/** What setting up an account needs of the world. */
export interface SetUpDependencies extends RollOutDependencies {
  /** Absent when no address of it is known. */
  platformApi?: PlatformApi;
  /** Whose credentials are in use. */
  caller(): Promise<Caller>;
}

/** How an account is to be set up. */
export interface SetUpRequest {
  /** Parameters that were asked for by name; the others stay as they are. */
  parameters: Record<string, string>;
  /** The role that may invoke `prod`; absent: that of the Platform API, else the one that may already. */
  clmRoleArn?: string;
  /** `dual` keeps the OIDC/STS roles of existing clusters in use. */
  authentication: Authentication;
}

/** What was set up. */
export interface SetUp extends RollOut {
  account: string;
  region: string;
  registration: Registration;
}

/**
 * The role that was let in to `prod`; undefined when none was. Somebody else whom somebody let in is not meant.
 * @throws Refused when the functions let in different ones, as after an exchange that was interrupted
 */
export async function roleThatMayAlready({
  functions,
  stack,
  region,
}: Pick<RollOutDependencies, 'functions' | 'stack' | 'region'>): Promise<string | undefined> {
  const state = await stack.state();
  const installed = state ? functionsOf(region, state.parameters) : [];
  const policies = await Promise.all(installed.map(({ name }) => functions.policy(name, 'prod')));
  const roles = [...new Set(ownPrincipalsOf(policies.flat()))];
  if (roles.length < 2) return roles[0];
  throw new Refused(
    `the functions let in different roles (${roles.join(', ')}): "rosactl setup-account --clm-role-arn <arn>" lets in one`,
  );
}

/**
 * The role that is to invoke `prod`: the one asked for, else that of the Platform API, else the one that may already.
 * @throws Refused when none is known, or when it is not the ARN of one role
 */
export async function clmRoleFor(
  dependencies: Pick<SetUpDependencies, 'platformApi' | 'functions' | 'stack' | 'region'>,
  asked: string | undefined,
): Promise<string> {
  const told = asked ?? (await dependencies.platformApi?.info())?.clmRoleArn;
  const role = told ?? (await roleThatMayAlready(dependencies));
  if (!role) {
    throw new Refused(
      'it is not known which role may invoke the functions: the Platform API does not tell, so give it with --clm-role-arn',
    );
  }
  const problem = clmRoleProblem(role);
  if (problem) throw new Refused(problem);
  return role;
}

/** Reads back who may invoke `prod`, since that is what the account's owner answers for. */
const readPermissionsBack = (
  { functions, tasks }: SetUpDependencies,
  installed: InstalledFunction[],
  role: string,
) =>
  tasks.run('Read the permissions back', () =>
    Promise.all(
      installed.map(async ({ name }) => {
        const statements = await functions.policy(name, 'prod');
        if (isExactly(statements, role)) return;
        const others = statements.flatMap(principalsOf).join(', ') || 'nobody';
        throw new Refused(
          `prod of ${name} may be invoked by ${others}, and it should be ${role} alone: somebody has changed it meanwhile. Run the same command again`,
        );
      }),
    ),
  );

/**
 * Sets an account up from nothing, from what an interrupted run has left, or from an earlier release.
 * @throws what `rollOut` throws; Refused; PlatformApiError when the API cannot be asked
 */
export async function setUpAccount(dependencies: SetUpDependencies, request: SetUpRequest): Promise<SetUp> {
  const { tasks, region } = dependencies;
  const rolledOut = await rollOut(dependencies, {
    stage: 'prod',
    parameters: request.parameters,
    clmRole: () =>
      tasks.run('Find out which role may invoke the functions', () =>
        clmRoleFor(dependencies, request.clmRoleArn),
      ),
  });
  await readPermissionsBack(dependencies, rolledOut.functions, rolledOut.clmRoleArn ?? '');
  const { account, partition } = await dependencies.caller();
  const { platformApi } = dependencies;
  const told = { ...rolledOut, account, authentication: request.authentication };
  const registration = await registerAccount({ platformApi, region, partition, tasks }, told);
  return { ...rolledOut, account, region, registration };
}
