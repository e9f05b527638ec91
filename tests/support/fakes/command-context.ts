import type { CommandContext } from '../../../rosactl/command.ts';
import { painter } from '../../../shared/cli/paint.ts';
import { functionsOf } from '../../../shared/customer-stack/components.ts';
import { release } from '../../../shared/release/release.ts';
import type { Stage } from '../../../shared/release/stages.ts';
import { silentTasks } from '../../../shared/tasks.ts';
import { fakeAccessRole } from './access-role.ts';
import { FakeLambdaFunctions } from './fake-lambda-functions.ts';
import { FakeInvocationLogs } from './invocation-logs.ts';
import { fakeLegacy } from './legacy-access.ts';
import { fakeRelease, fakeStatusSources } from './status-sources.ts';

const region = 'us-east-1';
const parameters = { logRetentionDays: '90' };

export const installedFunctions = functionsOf(region, parameters);

/** Deploys code to all three functions and releases it to a stage. */
export async function deployAndRelease(
  functions: FakeLambdaFunctions,
  code: string,
  stage: Stage,
): Promise<void> {
  for (const { name } of installedFunctions) functions.deploy(name, code);
  const deployed = installedFunctions.map((one) => ({ ...one, codeSha256: code }));
  await release({ functions, retryPolicy: noRetries, tasks: silentTasks }, { stage, deployed });
}

const noRetries = { attempts: 1, firstPauseMs: 0, sleep: async () => {}, random: () => 1 };

/** An account that is set up, with nothing published; what is given takes the place of its parts. */
export function fakeContext(differences: Partial<CommandContext> = {}): CommandContext {
  const caller = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/admin', partition: 'aws' };
  return {
    region,
    functions: new FakeLambdaFunctions(),
    retryPolicy: noRetries,
    tasks: silentTasks,
    stack: {
      name: 'rosa-lambda-access',
      state: async () => ({ status: 'CREATE_COMPLETE', release: fakeRelease().id, parameters }),
      physicalId: async () => undefined,
      remove: async () => {},
    },
    service: {
      deploy: async () => {},
      template: async () => ({ Parameters: {}, Conditions: {}, Resources: {} }),
    },
    release: async () => fakeRelease(),
    findRecord: async () => ({}),
    caller: async () => caller,
    accountRegion: async () => ({ name: region, optInStatus: 'opt-in-not-required' }),
    logGroups: { ensure: async () => {}, present: async () => true, remove: async () => {} },
    oidcProviders: { list: async () => [], remove: async () => {} },
    installed: async () => installedFunctions,
    confirm: async () => {},
    paint: painter(false),
    show: async () => {},
    interruption: () => new AbortController().signal,
    invocationLogs: new FakeInvocationLogs(),
    legacy: fakeLegacy(),
    accessRole: fakeAccessRole(),
    ...fakeStatusSources(),
    ...differences,
  };
}
