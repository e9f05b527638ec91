import type { PreflightCheckerRequest } from '../../schemas/generated/preflight-checker-request.js';
import type { PreflightCheckerResult } from '../../schemas/generated/preflight-checker-result.js';
import { runChecks, summarize } from '../../shared/checks/run-checks.ts';
import type { Invocation } from '../../shared/operation/invocation.ts';
import { preflightChecks } from './checks/index.ts';
import type { PreflightDependencies } from './dependencies.ts';
import { preflightFacts } from './preflight-facts.ts';

/** Verifies, with read-only calls, that the account has what a cluster needs; reports every finding at once. */
export async function checkPreflight(
  { accountIn, invocation }: PreflightDependencies & { invocation: Invocation },
  request: PreflightCheckerRequest,
): Promise<PreflightCheckerResult> {
  const account = accountIn(request.region, invocation);
  const facts = preflightFacts(
    { region: request.region, cluster: request.cluster_config, home: invocation },
    account,
  );
  const results = await runChecks(preflightChecks, facts, invocation.remainingMs(), invocation.noteChecks);
  return {
    validation_results: results.map(({ check, status, message, details }) => ({
      check_name: check,
      status,
      message,
      details: details ?? {},
    })),
    summary: summarize(results),
    dry_run: request.dry_run ?? false,
  };
}

/** Metrics of one run: how many checks failed. */
export const measure = ({ summary }: PreflightCheckerResult): Record<string, number> => ({
  preflight_checks_failed: summary.failed,
});
