import { type CheckResult, summarize } from '../shared/checks/run-checks.ts';
import type { Finding } from './findings.ts';

/** Results of checks under the names that the functions' findings have, and their counts. */
export const shownResults = (results: CheckResult[]) => ({
  findings: results.map(
    ({ check, status, message, resourceId, details }): Finding & Record<string, unknown> => ({
      check_name: check,
      status,
      message,
      ...(resourceId && { resource_id: resourceId }),
      details: details ?? {},
    }),
  ),
  summary: summarize(results),
});
