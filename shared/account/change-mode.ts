import { type CheckResult, runChecks } from '../checks/run-checks.ts';
import { legacyAccountRoles } from '../legacy-access/account-roles.ts';
import { forCaller } from '../legacy-access/for-caller.ts';
import { type LegacySource, legacyFacts } from '../legacy-access/legacy-facts.ts';
import type { AccessMode, Account, AccountChange, PlatformApi } from '../platform-api/platform-api.ts';
import { Refused } from '../release/refused.ts';
import type { Tasks } from '../tasks.ts';
import type { Caller } from './caller.ts';
import { installerRoleFor } from './installer-role.ts';

/** What changing an account's mode needs of the world. */
export interface ModeDependencies extends LegacySource {
  platformApi: PlatformApi;
  tasks: Tasks;
  caller(): Promise<Caller>;
}

/** How the platform is to work in the account from now on. */
export interface ModeRequest {
  /** `oidc-sts` takes a migration back, `lambda` completes it. */
  mode: Exclude<AccessMode, 'dual'>;
  /** The installer role, for oidc-sts. */
  oidcStsRoleArn?: string;
  /** Say what would be changed, and change nothing. */
  dryRun: boolean;
}

/** What became of it. */
export interface ModeChange {
  account: string;
  /** `stopped`: a finding has failed, and nothing was changed. */
  outcome: 'changed' | 'unchanged' | 'would change' | 'stopped';
  before: string;
  after: string;
  findings: CheckResult[];
}

/** Asking IAM for a thousand roles takes seconds; a person waits for it. */
const patienceMs = 5 * 60_000;

/** @throws Refused when there is no registration that could be changed */
function changeable(account: string, known: Account | undefined): Account & { accessMode: string } {
  if (!known)
    throw new Refused(`the Platform API does not know the account ${account}: there is nothing to change`);
  const { accessMode } = known;
  if (accessMode) return { ...known, accessMode };
  throw new Refused(
    'this version of the Platform API tells no access mode and cannot change it: use --api-version v1 where that is served',
  );
}

/** Without the account roles the platform could not make clusters in that way. */
const checkAccountRoles = ({ tasks, legacy }: ModeDependencies): Promise<CheckResult[]> =>
  tasks.run('Check the account roles of the OIDC/STS set-up', () =>
    runChecks([forCaller(legacyAccountRoles)], legacyFacts(legacy), patienceMs),
  );

async function wantedChange(
  dependencies: ModeDependencies,
  known: Account,
  request: ModeRequest,
): Promise<AccountChange> {
  if (request.mode === 'oidc-sts') {
    const oidcStsRoleArn = await installerRoleFor(dependencies, request.oidcStsRoleArn, known);
    return { accessMode: 'oidc-sts', oidcStsRoleArn };
  }
  if (known.functions) return { accessMode: 'lambda' };
  throw new Refused(
    'the Platform API knows no functions of the account: run "rosactl migrate-account" first',
  );
}

/**
 * Changes how the platform works in an account. It concerns clusters that are made from now on: others keep the mode
 * they were made with. Functions, roles and clusters stay as they are.
 * @throws Refused when there is nothing that could be changed; PlatformApiError; AwsCallError
 */
export async function changeMode(dependencies: ModeDependencies, request: ModeRequest): Promise<ModeChange> {
  const { platformApi, tasks, caller } = dependencies;
  const { account } = await caller();
  const known = changeable(
    account,
    await tasks.run('Ask what the platform knows of the account', () => platformApi.describeAccount(account)),
  );
  const { mode } = request;
  const about = { account, before: known.accessMode, after: mode };
  if (known.accessMode === mode) return { ...about, outcome: 'unchanged', findings: [] };
  const findings = mode === 'oidc-sts' ? await checkAccountRoles(dependencies) : [];
  if (findings.some(({ status }) => status === 'failed'))
    return { ...about, after: known.accessMode, outcome: 'stopped', findings };
  const change = await wantedChange(dependencies, known, request);
  if (request.dryRun) return { ...about, outcome: 'would change', findings };
  const answer = await tasks.run(`Set the access mode to ${mode}`, () =>
    platformApi.changeAccount(account, change),
  );
  if (answer === 'changed') return { ...about, outcome: 'changed', findings };
  throw new Refused(`the access mode could not be changed: ${answer}. Run the same command again`);
}
