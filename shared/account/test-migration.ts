import { type CheckResult, runChecks } from '../checks/run-checks.ts';
import { functionsOf } from '../customer-stack/components.ts';
import { checkLegacyAccess } from '../legacy-access/checks.ts';
import { forCaller } from '../legacy-access/for-caller.ts';
import type { LegacySource } from '../legacy-access/legacy-facts.ts';
import type { AccessMode } from '../platform-api/platform-api.ts';
import { platformEntryIn } from '../release/platform-entry.ts';
import type { Tasks } from '../tasks.ts';
import type { Caller } from './caller.ts';
import { type LambdaFacts, lambdaChecks } from './lambda-checks.ts';
import {
  platformAuthentication,
  platformFacts,
  platformMode,
  platformRegistration,
} from './platform-checks.ts';
import { wantedRegistration } from './wanted-registration.ts';

/** What testing needs of the world. */
export interface MigrationTestDependencies extends LambdaFacts, LegacySource {
  tasks: Tasks;
}

/** Which ways into the account are known to work. */
export type Verdict = 'ready' | 'lambda only' | 'legacy only' | 'neither';

/** What was found out about both ways. */
export interface MigrationTest {
  account: string;
  region: string;
  verdict: Verdict;
  /** What the verdict means for clusters: sentences. */
  meaning: string;
  findings: CheckResult[];
}

const meanings: Record<Verdict, string> = {
  ready:
    'Both ways work. New clusters use the Lambdas; existing clusters keep OIDC/STS; when a Lambda fails, CLM falls back to OIDC/STS.',
  'lambda only':
    'Only the Lambda way is known to work. New clusters use the Lambdas; existing clusters need OIDC/STS, and CLM has nothing to fall back to when a Lambda fails.',
  'legacy only':
    'Only OIDC/STS is known to work. Existing clusters keep it, and CLM falls back to it for new ones, too, as long as the Lambdas fail.',
  neither:
    'Neither way is known to work. New clusters cannot be made, and existing clusters may not be looked after.',
};

const verdictOn = (lambda: boolean, legacy: boolean): Verdict => {
  if (lambda) return legacy ? 'ready' : 'lambda only';
  return legacy ? 'legacy only' : 'neither';
};

/** The longest that a function may take is 5 minutes, and a cold start comes before it. */
const patienceMs = 6 * 60_000;

const testLambdas = (dependencies: MigrationTestDependencies): Promise<CheckResult[]> =>
  dependencies.tasks.run('Try each function through prod with a dry run', async () => {
    const checks = await lambdaChecks(dependencies);
    return runChecks(checks.map(forCaller), dependencies, patienceMs);
  });

const notAsked: CheckResult = {
  check: 'platform_registration',
  status: 'warning',
  message:
    'Not checked what the platform knows of the account: no address of the Platform API is known. Give it with --platform-api-url',
};

async function testPlatform(dependencies: MigrationTestDependencies, { account, partition }: Caller) {
  const { platformApi, tasks, stack, region } = dependencies;
  if (!platformApi) return { registration: [notAsked], mode: [] };
  const parameters = (await stack.state())?.parameters ?? {};
  const { authentication } = platformEntryIn(parameters);
  const functions = functionsOf(region, parameters);
  const place = { account, partition, region };
  const wanted = wantedRegistration(place, functions, { authentication, accessMode: 'dual' });
  const facts = platformFacts(platformApi, wanted);
  return tasks.run('Ask what the platform knows of the account', async () => ({
    registration: await runChecks([platformRegistration, platformAuthentication], facts, patienceMs),
    mode: await runChecks([platformMode], facts, patienceMs),
  }));
}

/** A finding that is not determined is no proof. */
const isFine = ({ status, details }: CheckResult): boolean =>
  status !== 'failed' && details?.reason_code === undefined;

/** The platform leaves out one way when it works in this mode. */
const isNotAs =
  (mode: AccessMode) =>
  ({ details }: CheckResult): boolean =>
    details?.access_mode !== mode;

/**
 * Tries both ways into the account, the Lambdas and OIDC/STS, and asks what the platform knows; changes nothing.
 * @throws AwsCallError when the credentials are not taken, or the stack cannot be read
 */
export async function testMigration(dependencies: MigrationTestDependencies): Promise<MigrationTest> {
  const { tasks, legacy, region } = dependencies;
  const caller = await dependencies.caller();
  const lambdas = await testLambdas(dependencies);
  const roles = await tasks.run('Check that the OIDC/STS set-up works', (say) =>
    checkLegacyAccess(legacy, say),
  );
  const { registration, mode } = await testPlatform(dependencies, caller);
  const verdict = verdictOn(
    [...lambdas, ...registration].every(isFine) && mode.every(isNotAs('oidc-sts')),
    roles.every(isFine) && mode.every(isNotAs('lambda')),
  );
  const findings = [...lambdas, ...roles, ...registration, ...mode];
  return { account: caller.account, region, verdict, meaning: meanings[verdict], findings };
}
