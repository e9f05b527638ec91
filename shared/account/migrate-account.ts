import { type Finding, failed, passed } from '../checks/check.ts';
import { type CheckResult, runChecks } from '../checks/run-checks.ts';
import { checkLegacyAccess } from '../legacy-access/checks.ts';
import type { LegacySource } from '../legacy-access/legacy-facts.ts';
import { changesSince, type LegacySnapshot, legacySnapshot } from '../legacy-access/snapshot.ts';
import type { Authentication } from '../platform-api/platform-api.ts';
import { platformFacts, platformMode, platformRegistration } from './platform-checks.ts';
import { type AccountPreview, previewAccount } from './preview-account.ts';
import { prodArns } from './register-account.ts';
import { type SetUp, type SetUpDependencies, type SetUpRequest, setUpAccount } from './set-up-account.ts';

/** What migrating needs of the world. */
export interface MigrationDependencies extends SetUpDependencies, LegacySource {}

/** How an account is to be migrated; it is always `dual`. */
export type MigrationRequest = Omit<SetUpRequest, 'authentication'>;

/** What was found, and what was set up; without it nothing was changed, since a finding has failed. */
export interface Migration {
  findings: CheckResult[];
  setUp?: SetUp;
}

/** What was found, and what would be set up; without it a migration would change nothing. */
export interface MigrationPreview {
  findings: CheckResult[];
  preview?: AccountPreview & { registration?: { authentication: Authentication } };
}

const authentication = 'dual';

/** Asking the platform takes seconds, its retries included; a person waits for it. */
const patienceMs = 5 * 60_000;

const isBroken = (findings: CheckResult[]): boolean => findings.some(({ status }) => status === 'failed');

const checkLegacy = ({ tasks, legacy }: MigrationDependencies): Promise<CheckResult[]> =>
  tasks.run('Check that the OIDC/STS set-up works', (say) => checkLegacyAccess(legacy, say));

/** What existing clusters rely on. That it may not be read is known before anything is changed. */
const takeSnapshot = ({ tasks, legacy }: MigrationDependencies): Promise<LegacySnapshot> =>
  tasks.run('Take down what existing clusters rely on', async (say) => {
    const snapshot = await legacySnapshot(legacy);
    say(`${Object.keys(snapshot).length} OIDC providers and roles`);
    return snapshot;
  });

const unchangedFinding = (before: LegacySnapshot, changes: string[]): Finding => {
  const count = Object.keys(before).length;
  if (changes.length === 0) return passed(`All ${count} OIDC providers and roles are as they were`);
  return failed(
    `${changes.join('; ')}. rosactl changes none of it, so somebody else did in the meantime: look in CloudTrail who, and whether existing clusters still work`,
    { details: { changes } },
  );
};

const compare = ({ tasks, legacy }: MigrationDependencies, before: LegacySnapshot): Promise<CheckResult[]> =>
  tasks.run('Compare it with what is there now', async () => {
    const changes = changesSince(before, await legacySnapshot(legacy));
    return [{ check: 'legacy_unchanged', ...unchangedFinding(before, changes) }];
  });

/** Reads back what the platform knows: of an account that was registered before, it keeps what it was told then. */
async function askPlatform(dependencies: MigrationDependencies, setUp: SetUp): Promise<CheckResult[]> {
  const { platformApi, tasks, caller, region } = dependencies;
  if (!platformApi || setUp.registration.status === 'refused') return [];
  const { partition } = await caller();
  const facts = platformFacts(platformApi, setUp.account, prodArns({ partition, region }, setUp));
  return tasks.run('Ask what the platform knows of the account', () =>
    runChecks([platformRegistration, platformMode], facts, patienceMs),
  );
}

/**
 * Puts the functions beside the OIDC/STS set-up of an account and registers it as `dual`: existing clusters stay as
 * they are, new ones use the functions. Each step may be repeated.
 * @returns findings alone, with nothing changed, when the OIDC/STS set-up does not work
 * @throws what `setUpAccount` throws; AwsCallError before anything is changed when what runs cannot be read
 */
export async function migrateAccount(
  dependencies: MigrationDependencies,
  request: MigrationRequest,
): Promise<Migration> {
  const found = await checkLegacy(dependencies);
  if (isBroken(found)) return { findings: found };
  const before = await takeSnapshot(dependencies);
  const setUp = await setUpAccount(dependencies, { ...request, authentication });
  const unchanged = await compare(dependencies, before);
  const told = await askPlatform(dependencies, setUp);
  return { findings: [...found, ...unchanged, ...told], setUp };
}

/**
 * Says what migrating would find and make; changes nothing.
 * @throws what `previewAccount` throws; AwsCallError when what runs cannot be read
 */
export async function previewMigration(
  dependencies: MigrationDependencies,
  request: MigrationRequest,
): Promise<MigrationPreview> {
  const found = await checkLegacy(dependencies);
  if (isBroken(found)) return { findings: found };
  await takeSnapshot(dependencies);
  const { registration, ...preview } = await previewAccount(dependencies, { ...request, authentication });
  const { platformApi } = dependencies;
  if (!registration || !platformApi) return { findings: found, preview };
  // An account that is registered already keeps the mode it has.
  const facts = platformFacts(platformApi, preview.account, registration.functions);
  const kept = await runChecks([platformMode], facts, patienceMs);
  const dual = { ...preview, registration: { ...registration, authentication } as const };
  return { findings: [...found, ...kept], preview: dual };
}
