import type { PackagedFunction } from '../customer-stack/release-manifest.ts';
import type { Authentication } from '../platform-api/platform-api.ts';
import type { Stage } from '../release/stages.ts';
import type { FunctionFacts } from './function-facts.ts';

/** The worst first: who else could call or what else could be done comes before what cannot be done. */
const aspects = ['function', 'permission', 'role', 'code', 'settings', 'retention'] as const;

/** One way in which a function is not as this release would make it. */
export interface Drift {
  aspect: (typeof aspects)[number];
  /** What is, and what should be. */
  message: string;
  /** What to do about it. */
  next: string;
}

/** How a function should be. */
export interface Expectation {
  region: string;
  /** The function in this release; absent when the release is not known: what only it can tell is not compared. */
  packaged?: PackagedFunction;
  /** Whether the policy of prod lets the platform in, or a role that it assumes. */
  authentication: Authentication;
  /** Stages that it has to have. */
  stages: Stage[];
  /** Days that records are kept; absent when the stack does not say. */
  retentionDays?: number;
}

export const worstFirst = (drift: Drift[]): Drift[] =>
  drift.toSorted((one, other) => aspects.indexOf(one.aspect) - aspects.indexOf(other.aspect));

/** Compares one aspect; what could not be read is not compared. */
export type CompareAspect = (facts: FunctionFacts, expected: Expectation) => Drift[];

/** What brings a function to the code and settings of this release. */
export const deployAgain =
  'rosactl update-lambdas --alias staging, then rosactl promote-lambdas --from staging --to prod';

/** What brings one stage to this release. */
export const deployTo = (stage: Stage): string =>
  stage === 'prod' ? 'rosactl setup-account' : `rosactl update-lambdas --alias ${stage}`;
