import type { ReleasedFunction } from '../release/release.ts';
import type { Stage } from '../release/stages.ts';

function line(stage: Stage, { name, version, from, published }: ReleasedFunction): string {
  const source = published
    ? `published version ${version}`
    : `version ${version}, unchanged, nothing published`;
  if (from === version) return `  ${name}  ${source}; ${stage} stays on it`;
  return `  ${name}  ${source}; ${stage} ${from ? `moved from ${from} to` : 'now points to'} ${version}`;
}

/** Says what a release did: a line for each function, and who may invoke them. */
export function releaseReport(
  stage: Stage,
  released: ReleasedFunction[],
  clmRoleArn: string | undefined,
  stackWasSkipped: boolean,
): string {
  const who =
    stage !== 'prod'
      ? `Nobody outside the account may invoke ${stage}; the regional platform calls prod.`
      : clmRoleArn
        ? `${clmRoleArn} may invoke prod, and nobody else outside the account.`
        : 'Nobody outside the account may invoke prod: clmRoleArn is not set. Deploy with --param="clmRoleArn=<ARN of the CLM role>" to let the regional platform in.';
  const stack = stackWasSkipped ? ['The stack itself had nothing to change.'] : [];
  return [`aliases of stage ${stage}`, ...released.map((one) => line(stage, one)), who, ...stack].join('\n');
}
