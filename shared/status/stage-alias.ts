import { type Stage, stages } from '../release/stages.ts';
import { type CompareAspect, type Drift, deployTo } from './drift.ts';
import type { FunctionFacts } from './function-facts.ts';
import { isUnread } from './reading.ts';

/** Stages that every function has to have: `prod`, and those that any of them has. */
export const stagesToHave = (all: FunctionFacts[]): Stage[] =>
  stages.filter(
    (stage) => stage === 'prod' || all.some(({ aliases }) => aliases[stage] && !isUnread(aliases[stage])),
  );

const consequence = (stage: Stage): string =>
  stage === 'prod' ? 'so the platform cannot invoke it' : 'though other functions have it';

/** Stages that a function is without. One that does not exist is told of elsewhere. */
export const stageDrift: CompareAspect = ({ name, versions, aliases }, expected): Drift[] => {
  if (isUnread(versions) || versions === undefined) return [];
  const missing = expected.stages.filter((stage) => aliases[stage] === undefined);
  return missing.map((stage) => ({
    aspect: 'function',
    message: `${stage} of ${name} does not exist, ${consequence(stage)}`,
    next: deployTo(stage),
  }));
};
