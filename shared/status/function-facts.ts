import { AwsCallError } from '../aws/aws-call-error.ts';
import type {
  Alias,
  FunctionVersion,
  LambdaFunctions,
  PolicyStatement,
} from '../release/lambda-functions.ts';
import { type Stage, stages } from '../release/stages.ts';
import { isUnread, type Reading, reading } from './reading.ts';
import type { FunctionLogGroups, Retention } from './retention.ts';
import { type ExecutionRoles, type RolePermissions, roleNameOf } from './role.ts';
import type { FunctionConfiguration, FunctionConfigurations } from './settings.ts';

/** Where the status of a function is read from. */
export interface StatusSources {
  functions: LambdaFunctions;
  configurations: FunctionConfigurations;
  functionLogGroups: FunctionLogGroups;
  executionRoles: ExecutionRoles;
}

/** What AWS says of one function, each thing as far as it could be read. */
export interface FunctionFacts {
  name: string;
  /** Undefined when there is no such function. */
  versions: Reading<FunctionVersion[] | undefined>;
  aliases: Record<Stage, Reading<Alias | undefined>>;
  /** Statements of the aliases' policies. */
  policies: Record<Stage, Reading<PolicyStatement[]>>;
  /** Undefined when there is no such function. */
  configuration: Reading<FunctionConfiguration | undefined>;
  /** Of the version that each stage runs; undefined when there is no such stage. */
  stageConfigurations: Record<Stage, Reading<FunctionConfiguration | undefined>>;
  /** Undefined when there is no such role. */
  role: Reading<RolePermissions | undefined>;
  retention: Reading<Retention>;
  lastEvent: Reading<Date | undefined>;
}

async function forEachStage<Value>(read: (stage: Stage) => Promise<Value>) {
  const entries = await Promise.all(stages.map(async (stage) => [stage, await reading(() => read(stage))]));
  return Object.fromEntries(entries) as Record<Stage, Reading<Value>>;
}

async function configurationAndRole({ configurations, executionRoles }: StatusSources, name: string) {
  const configuration = await reading(() => configurations.configuration(name));
  if (isUnread(configuration)) return { configuration, role: configuration };
  const role =
    configuration && (await reading(() => executionRoles.permissions(roleNameOf(configuration.roleArn))));
  return { configuration, role };
}

/** Versions of a function; undefined when there is none of that name. */
const versionsOf = (functions: LambdaFunctions, name: string) =>
  functions.versions(name).catch((error: unknown) => {
    if (error instanceof AwsCallError && error.failure === 'not-found') return undefined;
    throw error;
  });

/** Reads all there is to know of a function. @throws AwsCallError when no call would be answered */
export async function readFacts(sources: StatusSources, name: string): Promise<FunctionFacts> {
  const { functions, configurations, functionLogGroups } = sources;
  const [versions, aliases, policies, deployed, stageConfigurations, retention, lastEvent] =
    await Promise.all([
      reading(() => versionsOf(functions, name)),
      forEachStage((stage) => functions.alias(name, stage)),
      forEachStage((stage) => functions.policy(name, stage)),
      configurationAndRole(sources, name),
      forEachStage((stage) => configurations.configuration(name, stage)),
      reading(() => functionLogGroups.retention(name)),
      reading(() => functionLogGroups.lastEvent(name)),
    ]);
  return { name, versions, aliases, policies, ...deployed, stageConfigurations, retention, lastEvent };
}
