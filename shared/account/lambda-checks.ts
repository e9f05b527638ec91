import { type Check, type Finding, failed, passed } from '../checks/check.ts';
import { functionsOf, type InstalledFunction } from '../customer-stack/components.ts';
import type { CustomerStack } from '../customer-stack/stack-state.ts';
import { once } from '../once.ts';
import type { PlatformApi } from '../platform-api/platform-api.ts';
import { clmRoleProblem } from '../release/clm-role.ts';
import { isExactly } from '../release/invoke-permission.ts';
import type { LambdaFunctions } from '../release/lambda-functions.ts';
import { Refused } from '../release/refused.ts';
import { principalsIn } from '../status/permission.ts';
import { askFunction } from '../verification/ask-function.ts';
import { FunctionFailure } from '../verification/function-failure.ts';

/** What the Lambda way is looked at with. */
export interface LambdaFacts {
  region: string;
  functions: LambdaFunctions;
  stack: CustomerStack;
  /** Absent when no address of it is known. */
  platformApi?: PlatformApi;
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

/** Gives the role that the platform says it comes with; that it does not answer, another check tells. */
type RoleTold = () => Promise<string | undefined>;

const roleTold = ({ platformApi }: LambdaFacts): RoleTold =>
  once(async () => (await platformApi?.info().catch(() => undefined))?.clmRoleArn);

const mendPermission =
  'Run "rosactl migrate-account --clm-role-arn <ARN of the CLM role>", which lets in that role and nobody else';

async function judgePermission(
  { functions }: LambdaFacts,
  name: string,
  told: string | undefined,
): Promise<Finding> {
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
  if (told && told !== role)
    return failed(
      `prod of ${name} lets in ${role}, and the platform comes as ${told}. ${mendPermission}`,
      about,
    );
  return passed(`prod of ${name} lets in ${role} and nobody else`, about);
}

const permissionOf = ({ name }: InstalledFunction, told: RoleTold): LambdaCheck => ({
  name: 'lambda_permission',
  run: async (facts) => [await judgePermission(facts, name, await told())],
});

const notDeployed = (region: string): LambdaCheck => ({
  name: 'lambda_deployed',
  run: async () => [failed(`The functions are not deployed to ${region}. ${migrate}`)],
});

/**
 * The checks of the Lambda way: each function answers a dry run through `prod`, as the platform invokes it, and
 * exactly one role may do so.
 * @throws AwsCallError when the stack cannot be read
 */
export async function lambdaChecks(facts: LambdaFacts): Promise<LambdaCheck[]> {
  const { stack, region } = facts;
  const state = await stack.state();
  if (!state) return [notDeployed(region)];
  const installed = functionsOf(region, state.parameters);
  const told = roleTold(facts);
  return [...installed.map(dryRunOf), ...installed.map((one) => permissionOf(one, told))];
}
