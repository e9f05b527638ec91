import { accessRoleName } from '../customer-stack/access-role.ts';
import type { PlatformEntry } from '../release/platform-entry.ts';
import type { ReleasedFunction } from '../release/release.ts';
import type { Stage } from '../release/stages.ts';

function line(stage: Stage, { name, version, from, published }: ReleasedFunction): string {
  const source = published
    ? `published version ${version}`
    : `version ${version}, unchanged, nothing published`;
  if (from === version) return `  ${name}  ${source}; ${stage} stays on it`;
  return `  ${name}  ${source}; ${stage} ${from ? `moved from ${from} to` : 'now points to'} ${version}`;
}

const closed =
  'Nobody outside the account may invoke prod: clmRoleArn is not set. Deploy with --param="clmRoleArn=<ARN of the CLM role>" to let the regional platform in.';

/** What a release left behind, and where. */
interface Report {
  stage: Stage;
  region: string;
  released: ReleasedFunction[];
  entry: PlatformEntry;
  stackWasSkipped: boolean;
}

/** Who may invoke the stage. */
function whoMay({ stage, region, entry }: Report): string {
  const { authentication, clmRoleArn, externalId } = entry;
  if (stage !== 'prod')
    return `Nobody outside the account may invoke ${stage}; the regional platform calls prod.`;
  if (!clmRoleArn) return closed;
  if (authentication === 'resource-policy')
    return `${clmRoleArn} may invoke prod, and nobody else outside the account.`;
  return `${clmRoleArn} may assume ${accessRoleName(region)} with the external id ${externalId}, which may invoke prod. No alias lets in anybody outside the account.`;
}

/** Says what a release did: a line for each function, and who may invoke them. */
export function releaseReport(report: Report): string {
  const { stage, released, stackWasSkipped } = report;
  const stack = stackWasSkipped ? ['The stack itself had nothing to change.'] : [];
  const lines = released.map((one) => line(stage, one));
  return [`aliases of stage ${stage}`, ...lines, whoMay(report), ...stack].join('\n');
}
