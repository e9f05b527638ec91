import { unlessMissing } from '../aws/aws-call-error.ts';
import { functionsOf, type InstalledFunction } from '../customer-stack/components.ts';
import type { CustomerLogGroups } from '../customer-stack/customer-log-groups.ts';
import type { Release } from '../customer-stack/release-manifest.ts';
import type { ReleaseService } from '../customer-stack/release-service.ts';
import {
  type CustomerStack,
  StackFailure,
  type StackState,
  settleStack,
} from '../customer-stack/stack-state.ts';
import { aliasPrincipalOf, entryParameters, type PlatformEntry } from '../release/platform-entry.ts';
import { Refused } from '../release/refused.ts';
import { type ReleasedFunction, release as releaseVersions } from '../release/release.ts';
import type { ReleaseDependencies } from '../release/release-dependencies.ts';
import type { Stage } from '../release/stages.ts';
import type { FunctionConfigurations } from '../status/settings.ts';
import { refuseChangedSettings } from './changed-settings.ts';
import { wantedParameters } from './wanted-parameters.ts';

/** What a roll-out needs of the world. */
export interface RollOutDependencies extends ReleaseDependencies {
  region: string;
  stack: CustomerStack;
  service: ReleaseService;
  /** The release that is carried along, its files compared with the manifest. @throws IntegrityError */
  release(): Promise<Release>;
  /** Waits for the audit record of one invocation; undefined when it does not come. */
  findRecord(functionName: string, requestId: string): Promise<unknown>;
  configurations: FunctionConfigurations;
  logGroups: CustomerLogGroups;
}

/** Which stage gets this release. */
export interface RollOutRequest {
  stage: Stage;
  /** Parameters that were asked for; the others stay as they are in the stack. */
  parameters: Record<string, string>;
  /** Finds out how the platform comes in, before anything is changed. */
  entry(): Promise<PlatformEntry>;
}

/** What a roll-out left behind, and how the platform comes in to prod. */
export interface RollOut extends PlatformEntry {
  release: string;
  stage: Stage;
  functions: (InstalledFunction & ReleasedFunction)[];
}

/**
 * Whether the stack has this release with these parameters already, and nobody has changed the code since.
 * A stack update that failed has rolled its outputs back as well.
 */
async function isDeployed(
  { functions, region }: RollOutDependencies,
  state: StackState | undefined,
  wanted: { release: Release; parameters: Record<string, string> },
): Promise<boolean> {
  // A stack that tells no release has no functions yet: an interrupted first deploy has left its bucket.
  if (!state?.release) return false;
  const same = Object.entries(wanted.parameters).every(([name, value]) => state.parameters[name] === value);
  const deployed = await Promise.all(
    functionsOf(region, state.parameters).map(async ({ component, name }) => {
      const versions = await unlessMissing(functions.versions(name));
      if (!versions) throw deletedByHand(name);
      const latest = versions.find(({ version }) => version === '$LATEST');
      const packaged = wanted.release.functions.find((one) => one.component === component);
      return latest?.codeSha256 === packaged?.codeSha256;
    }),
  );
  return state.release === wanted.release.id && same && deployed.every(Boolean);
}

/** CloudFormation takes a function that it made for being there, and cannot update it. */
const deletedByHand = (name: string): Refused =>
  new Refused(
    `the function ${name} was deleted, but not its stack, which cannot make it again: run "rosactl cleanup-account", which keeps the logs, and then "rosactl setup-account"`,
  );

/** Deploys the stack unless it has all of it already. @returns its parameters */
async function deployStack(
  dependencies: RollOutDependencies,
  release: Release,
  { stage, parameters: asked }: Pick<RollOutRequest, 'stage' | 'parameters'>,
  entry: PlatformEntry,
): Promise<Record<string, string>> {
  const { stack, service, tasks, region } = dependencies;
  const before = await tasks.run(`Look at the stack ${stack.name}`, (say) => settleStack(stack, say));
  const ofEntry = entryParameters(entry, before?.parameters ?? {});
  const parameters = wantedParameters(region, before, { ...asked, ...ofEntry });
  await tasks.run('See to the log groups', () =>
    dependencies.logGroups.ensure(functionsOf(region, parameters), parameters),
  );
  if (await isDeployed(dependencies, before, { release, parameters })) return parameters;
  await tasks.run(`Deploy the stack ${stack.name}`, (say) =>
    service.deploy({ release, stage, parameters }, say),
  );
  const after = await stack.state();
  if (after?.release === release.id) return after.parameters;
  throw new StackFailure(
    `the stack ${stack.name} has the release ${after?.release ?? 'none'} after the deploy of ${release.id}: somebody else deploys at the same time, or it went to another account`,
  );
}

function withHashes(release: Release, functions: InstalledFunction[]) {
  return functions.map((one) => {
    const packaged = release.functions.find(({ component }) => component === one.component);
    return { ...one, codeSha256: packaged?.codeSha256 ?? '' };
  });
}

/** An invocation that leaves no record cannot be audited, so a roll-out without one has not succeeded. */
const findRecords = ({ tasks, findRecord }: RollOutDependencies, released: ReleasedFunction[]) =>
  tasks.run('Find the records of the dry runs in the log', (say) =>
    Promise.all(
      released.map(async ({ name, smokeTestId = '' }) => {
        const record = await findRecord(name, smokeTestId);
        if (!record) {
          throw new Refused(
            `the dry run ${smokeTestId} of ${name} has left no record in its log group: see whether its role may write there, then run the same command again`,
          );
        }
        say(`${name}: request ${smokeTestId}`);
      }),
    ),
  );

/**
 * Brings this release to a stage: checks the packages, deploys the stack, publishes and tries versions, points the
 * aliases to them, and finds the dry runs' records in the log. Each step may be repeated: interrupted anywhere, the
 * same call finishes it, and the stage's alias never points to a version that was not tried.
 * @throws IntegrityError before anything is changed; Refused, StackFailure, SmokeTestFailure, AwsCallError
 */
export async function rollOut(dependencies: RollOutDependencies, request: RollOutRequest): Promise<RollOut> {
  const { tasks, region } = dependencies;
  const release = await tasks.run('Compare the packages with their manifest', () => dependencies.release());
  const entry = await request.entry();
  const parameters = await deployStack(dependencies, release, request, entry);
  const installed = functionsOf(region, parameters);
  await refuseChangedSettings(dependencies, release, installed);
  const deployed = withHashes(release, installed);
  const { stage } = request;
  const clmRoleArn = aliasPrincipalOf(entry);
  const released = await releaseVersions(dependencies, { stage, deployed, clmRoleArn });
  await findRecords(dependencies, released);
  const functions = released.map((one, index) => ({ ...(installed[index] as InstalledFunction), ...one }));
  return { ...entry, release: release.id, stage, functions };
}
