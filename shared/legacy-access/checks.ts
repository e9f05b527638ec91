import { type CheckResult, runChecks, summarize } from '../checks/run-checks.ts';
import type { Say } from '../tasks.ts';
import { legacyAccountRoles } from './account-roles.ts';
import { forCaller } from './for-caller.ts';
import { type LegacyCheck, type LegacyReader, legacyFacts } from './legacy-facts.ts';
import { legacyOidcProviders } from './oidc-providers.ts';
import { legacyOperatorRoles } from './operator-roles.ts';
import { legacyOrphanedRoles } from './orphaned-roles.ts';

/** What clusters without Lambdas need of an account. A new check is one file and one line here. */
const legacyChecks: readonly LegacyCheck[] = [
  legacyOidcProviders,
  legacyOperatorRoles,
  legacyOrphanedRoles,
  legacyAccountRoles,
];

/** A thousand roles are read in seconds; a person waits for it. */
const patienceMs = 5 * 60_000;

/** Judges the OIDC/STS set-up of an account; changes nothing. */
export async function checkLegacyAccess(reader: LegacyReader, say: Say): Promise<CheckResult[]> {
  const results = await runChecks(legacyChecks.map(forCaller), legacyFacts(reader), patienceMs);
  const { failed, warning, passed } = summarize(results);
  say(`${failed} failed, ${warning} to look at, ${passed} passed`);
  return results;
}
