import { type Finding, failed, passed } from '../checks/check.ts';
import { type CheckResult, runChecks } from '../checks/run-checks.ts';
import { checkLegacyAccess } from '../legacy-access/checks.ts';
import type { LegacySource } from '../legacy-access/legacy-facts.ts';
import { changesSince, type LegacySnapshot, legacySnapshot } from '../legacy-access/snapshot.ts';
import { PlatformApiError } from '../platform-api/platform-api-error.ts';
import { installerRoleFor } from './installer-role.ts';
import {
  platformAuthentication,
  platformFacts,
  platformMode,
  platformRegistration,
} from './platform-checks.ts';
import { type AccountPreview, previewAccount } from './preview-account.ts';
import { changeNeeded } from './register-account.ts';
import { type SetUp, type SetUpDependencies, type SetUpRequest, setUpAccount } from './set-up-account.ts';
import { wantedRegistration } from './wanted-registration.ts';

/** What migrating needs of the world. */
export interface MigrationDependencies extends SetUpDependencies, LegacySource {}

/** How an account is to be migrated; it is always `dual`. Without a role, the one that is found is taken. */
export type MigrationRequest = Omit<SetUpRequest, 'accessMode'>;

/** What was found, and what was set up; without it nothing was changed, since a finding has failed. */
export interface Migration {
  findings: CheckResult[];
  setUp?: SetUp;
}

/** What was found, and what would be set up; without it a migration would change nothing. */
export interface MigrationPreview {
  findings: CheckResult[];
  preview?: AccountPreview;
  /** What would be different about a registration that is there: `accessMode: oidc-sts -> dual`. */
  changes?: string[];
}

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

/** What the platform is to be told of the account. */
async function dualRequest(
  dependencies: MigrationDependencies,
  request: MigrationRequest,
): Promise<SetUpRequest> {
  const { platformApi, caller } = dependencies;
  const { account } = await caller();
  const known = await platformApi?.describeAccount(account).catch((error: unknown) => {
    if (error instanceof PlatformApiError) return undefined;
    throw error;
  });
  const oidcStsRoleArn = await installerRoleFor(dependencies, request.oidcStsRoleArn, known);
  return { ...request, accessMode: 'dual', oidcStsRoleArn };
}

/** Reads back what the platform knows. */
async function askPlatform(dependencies: MigrationDependencies, setUp: SetUp): Promise<CheckResult[]> {
  const { platformApi, tasks, caller, region } = dependencies;
  if (!platformApi || setUp.registration.status === 'refused') return [];
  const { partition } = await caller();
  const { account, functions, authentication } = setUp;
  const place = { account, partition, region };
  const wanted = wantedRegistration(place, functions, { authentication, accessMode: 'dual' });
  const facts = platformFacts(platformApi, wanted);
  return tasks.run('Ask what the platform knows of the account', () =>
    runChecks([platformRegistration, platformAuthentication, platformMode], facts, patienceMs),
  );
}

/**
 * Puts the functions beside the OIDC/STS set-up of an account and registers it as `dual`, whatever mode it had: existing
 * clusters keep the mode they were made with, new ones use the functions first. Each step may be repeated.
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
  const setUp = await setUpAccount(dependencies, await dualRequest(dependencies, request));
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
  const preview = await previewAccount(dependencies, await dualRequest(dependencies, request));
  const { platformApi } = dependencies;
  if (!preview.registration || !platformApi) return { findings: found, preview };
  const needed = await changeNeeded(platformApi, preview.registration);
  return { findings: found, preview, changes: needed?.changes };
}
