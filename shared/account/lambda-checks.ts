import { type Check, type Finding, failed, passed, warning } from '../checks/check.ts';
import { functionsOf, type InstalledFunction } from '../customer-stack/components.ts';
import type { CustomerStack } from '../customer-stack/stack-state.ts';
import { once } from '../once.ts';
import type { PlatformApi, PlatformInfo } from '../platform-api/platform-api.ts';
import { clmRoleProblem } from '../release/clm-role.ts';
import { isExactly } from '../release/invoke-permission.ts';
import type { LambdaFunctions } from '../release/lambda-functions.ts';
import { platformEntryIn } from '../release/platform-entry.ts';
import { Refused } from '../release/refused.ts';
import { type AccessPlace, type AccessRoleSources, accessStatus } from '../status/access-role.ts';
import { principalsIn } from '../status/permission.ts';
import { askFunction } from '../verification/ask-function.ts';
import { FunctionFailure } from '../verification/function-failure.ts';
import type { Caller } from './caller.ts';

/** What the Lambda way is looked at with. */
export interface LambdaFacts extends AccessRoleSources {
  region: string;
  functions: LambdaFunctions;
  stack: CustomerStack;
  /** Absent when no address of it is known. */
  platformApi?: PlatformApi;
  caller(): Promise<Caller>;
}

type LambdaCheck = Check<LambdaFacts>;

const migrate = 'Run "rosactl migrate-account"';

/** What a failed dry run tells; a call that AWS refused is for the caller of the check. */
function failureOf(where: string, error: unknown): Finding {
  if (error instanceof FunctionFailure)
    return failed(`${error.message}. ${error.next}`, { resourceId: where });
  if (error instanceof Refused) return failed(`There is no ${where}. ${migrate}`, { resourceId: where });
  throw error;
}

async function tryDryRun({ functions }: LambdaFacts, installed: InstalledFunction): Promise<Finding> {
  const { name, smokeRequest } = installed;
  const where = `${name}:prod`;
  try {
    const result = await askFunction<{ dry_run?: unknown } | null>(functions, {
      name,
      alias: 'prod',
      request: smokeRequest,
    });
    if (result?.dry_run === true) return passed(`${where} answers a dry run`, { resourceId: where });
  } catch (error) {
    return failureOf(where, error);
  }
  return failed(`${where} did not answer as a dry run does. ${migrate}`, { resourceId: where });
}

/** One check for each function, so that one which cannot be made hides no other. */
const dryRunOf = (installed: InstalledFunction): LambdaCheck => ({
  name: 'lambda_dry_run',
  run: async (facts) => [await tryDryRun(facts, installed)],
});

/** Gives what the platform says of itself; that it does not answer, another check tells. */
type Told = () => Promise<PlatformInfo>;

const toldBy = ({ platformApi }: LambdaFacts): Told =>
  once(async () => (await platformApi?.info().catch(() => undefined)) ?? {});

const mendPermission =
  'Run "rosactl migrate-account --clm-role-arn <ARN of the CLM role>", which lets in that role and nobody else';

async function judgePermission({ functions }: LambdaFacts, name: string, told: Told): Promise<Finding> {
  const statements = await functions.policy(name, 'prod');
  const who = principalsIn(statements);
  const [role = ''] = who;
  const about = { resourceId: `${name}:prod`, details: { principals: who } };
  if (who.length === 0)
    return failed(`Nobody may invoke prod of ${name} from outside. ${mendPermission}`, about);
  if (clmRoleProblem(role) || !isExactly(statements, role))
    return failed(
      `prod of ${name} lets in ${who.join(', ')}, and not exactly one role. ${mendPermission}`,
      about,
    );
  const { clmRoleArn } = await told();
  if (clmRoleArn && clmRoleArn !== role)
    return failed(
      `prod of ${name} lets in ${role}, and the platform comes as ${clmRoleArn}. ${mendPermission}`,
      about,
    );
  return passed(`prod of ${name} lets in ${role} and nobody else`, about);
}

/** With assume-role, whoever is let in by the alias comes in beside the role and its external id. */
async function judgeClosed({ functions }: LambdaFacts, name: string): Promise<Finding> {
  const who = principalsIn(await functions.policy(name, 'prod'));
  const about = { resourceId: `${name}:prod`, details: { principals: who } };
  if (who.length === 0) return passed(`The policy of prod of ${name} lets nobody in from outside`, about);
  return failed(
    `prod of ${name} lets in ${who.join(', ')}, and the platform assumes a role. ${migrate}`,
    about,
  );
}

async function judgeAccessRole(facts: LambdaFacts, place: AccessPlace, told: Told): Promise<Finding> {
  const {
    roleName: resourceId = '',
    drift,
    notDetermined,
    clmRoleArn,
    externalId,
  } = await accessStatus(facts, place);
  const [unread] = notDetermined;
  if (unread)
    return warning(`The role ${resourceId} could not be read: ${unread.notDetermined}: ${unread.because}`, {
      resourceId,
      details: { reason_code: 'access_denied', missing_action: unread.notDetermined },
    });
  if (drift[0]) return failed(`${drift[0].message}. ${drift[0].next}`, { resourceId });
  const platform = await told();
  const isOther =
    (platform.clmRoleArn ?? clmRoleArn) !== clmRoleArn || (platform.externalId ?? externalId) !== externalId;
  if (isOther)
    return failed(
      `The role ${resourceId} lets in ${clmRoleArn} with the external id ${externalId}, and the platform comes as ${platform.clmRoleArn} with ${platform.externalId}. ${migrate}`,
      { resourceId },
    );
  return passed(`The role ${resourceId} lets in ${clmRoleArn} with its external id, and nobody else`, {
    resourceId,
  });
}

/** The checks of how the platform is let in. */
function wayInChecks(installed: InstalledFunction[], place: AccessPlace, told: Told): LambdaCheck[] {
  const isAssumed = platformEntryIn(place.parameters).authentication === 'assume-role';
  const permissions = installed.map(
    ({ name }): LambdaCheck => ({
      name: 'lambda_permission',
      run: async (facts) => [
        isAssumed ? await judgeClosed(facts, name) : await judgePermission(facts, name, told),
      ],
    }),
  );
  if (!isAssumed) return permissions;
  const run: LambdaCheck['run'] = async (facts) => [await judgeAccessRole(facts, place, told)];
  return [...permissions, { name: 'lambda_access_role', run }];
}

const notDeployed = (region: string): LambdaCheck => ({
  name: 'lambda_deployed',
  run: async () => [failed(`The functions are not deployed to ${region}. ${migrate}`)],
});

/**
 * The checks of the Lambda way: each function answers a dry run through `prod`, as the platform invokes it, and
 * exactly one role may do so, or may assume the role that does.
 * @throws AwsCallError when the stack cannot be read
 */
export async function lambdaChecks(facts: LambdaFacts): Promise<LambdaCheck[]> {
  const { stack, region } = facts;
  const state = await stack.state();
  if (!state) return [notDeployed(region)];
  const { parameters } = state;
  const installed = functionsOf(region, parameters);
  const { partition } = await facts.caller();
  const place = { region, partition, parameters };
  return [...installed.map(dryRunOf), ...wayInChecks(installed, place, toldBy(facts))];
}
