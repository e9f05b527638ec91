import type { CheckSummary } from '../schemas/generated/check.js';
import { version } from '../shared/cli/version.ts';
import type { ReportFinding } from '../shared/report/report.ts';
import { reportPage } from '../shared/report/report-page.ts';
import type { AnswerToDraw } from '../shared/verification/answer-to-draw.ts';
import type { CommandContext } from './command.ts';
import { writeWhole } from './report-file.ts';

/** A verification and how it was answered. */
interface Verified extends AnswerToDraw<{ summary: CheckSummary }> {
  title: string;
  request: object;
  findings: readonly ReportFinding[];
  /** The function and its alias, such as `rosa-network-verifier:prod`. */
  where: string;
}

/** The id of the VPC that a request is about; a request of a file may have anything there. */
const vpcOf = (request: object): string =>
  'vpc_id' in request && typeof request.vpc_id === 'string' ? ` of ${request.vpc_id}` : '';

/** Writes the page of a verification. Loaded only when it is wanted. @throws UsageError, AwsCallError */
export async function writeReport(
  { region, caller }: Pick<CommandContext, 'region' | 'caller'>,
  path: string,
  verified: Verified,
): Promise<void> {
  const { account } = await caller();
  const page = reportPage({
    title: `${verified.title}${vpcOf(verified.request)}`,
    facts: {
      Function: `${verified.where}${verified.version ? `, version ${verified.version}` : ''}`,
      Region: region,
      Account: account,
      rosactl: version,
    },
    findings: verified.findings,
    summary: verified.result.summary,
    asked: verified.request,
    at: new Date(),
    ...(verified.topology && { topology: verified.topology }),
    ...(verified.undrawn && { undrawn: verified.undrawn }),
  });
  await writeWhole(path, page);
}
