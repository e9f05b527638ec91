import type { Release } from '../customer-stack/release-manifest.ts';
import { type Canary, canaryOf } from '../release/canary.ts';
import type { FunctionVersion } from '../release/lambda-functions.ts';
import { platformEntryIn } from '../release/platform-entry.ts';
import { type Stage, stages } from '../release/stages.ts';
import { codeDrift } from './code.ts';
import { type CompareAspect, type Drift, type Expectation, worstFirst } from './drift.ts';
import type { FunctionFacts } from './function-facts.ts';
import { permissionDrift, principalsIn } from './permission.ts';
import { isUnread, map, type NotDetermined, type Reading } from './reading.ts';
import { type Retention, retentionDrift } from './retention.ts';
import { roleDrift } from './role.ts';
import { settingsDrift } from './settings.ts';
import { stageDrift } from './stage-alias.ts';
import { versionDrift } from './stage-version.ts';

/** What runs of one function, who may call it, and how it differs from what this release would deploy. */
export interface FunctionStatus {
  component: string;
  name: string;
  exists: Reading<boolean>;
  /** The version each stage points to; a stage that was never deployed is left out. */
  stages: Partial<Record<Stage, Reading<string>>>;
  /** Versions that get a share of a stage's traffic. */
  canaries: Partial<Record<Stage, Canary>>;
  /** The newest published version. */
  newest: Reading<string | null>;
  /** Base64 of the SHA-256 of the code `prod` runs; null without prod. */
  prodCodeSha256: Reading<string | null>;
  /** Whether that is the code of this release; null when either is not known. */
  prodIsThisRelease: boolean | null;
  /** ARNs that may invoke `prod` from outside the account. */
  prodPrincipals: Reading<string[]>;
  logRetention: Reading<Retention>;
  /** Time of the newest log event, ISO 8601; null when there is none. */
  lastInvocation: Reading<string | null>;
  /** The worst first. */
  drift: Drift[];
  /** What could not be read, and so not be compared. */
  notDetermined: NotDetermined[];
}

/** CloudFormation believes that a deleted function is there, and so does not make it again. */
const startOver = 'rosactl cleanup-account, then rosactl setup-account';

const missingDrift: CompareAspect = ({ name, versions }) =>
  versions === undefined ? [{ aspect: 'function', message: `${name} does not exist`, next: startOver }] : [];

const comparisons = [
  missingDrift,
  stageDrift,
  permissionDrift,
  roleDrift,
  codeDrift,
  settingsDrift,
  versionDrift,
  retentionDrift,
];

const newestOf = (versions: FunctionVersion[] = []): string | null => {
  const published = versions.map(({ version }) => version).filter((version) => version !== '$LATEST');
  return published.sort((one, other) => Number(one) - Number(other)).at(-1) ?? null;
};

function prodCodeOf({ versions, aliases }: FunctionFacts): Reading<string | null> {
  const { prod } = aliases;
  if (isUnread(prod)) return prod;
  return map(versions, (all = []) => {
    return all.find(({ version }) => version === prod?.version)?.codeSha256 ?? null;
  });
}

/** What is there of each stage, without those where there is nothing. */
function perStage<Value>(of: (stage: Stage) => Value | undefined): Partial<Record<Stage, Value>> {
  const entries = stages.map((stage) => [stage, of(stage)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** All that could not be read, each action once. */
function notDeterminedOf(facts: FunctionFacts): NotDetermined[] {
  const { versions, aliases, policies, configuration, stageConfigurations } = facts;
  const readings: Reading<unknown>[] = [
    versions,
    ...Object.values(aliases),
    ...Object.values(policies),
    configuration,
    ...Object.values(stageConfigurations),
    ...[facts.role, facts.retention, facts.lastEvent],
  ];
  const unknown = readings.filter(isUnread);
  return [...new Map(unknown.map((one) => [one.notDetermined, one])).values()];
}

/** The status of a function, from what was read of it and how it should be. */
export function functionStatus(
  component: string,
  facts: FunctionFacts,
  expected: Expectation,
): FunctionStatus {
  const { name, versions, aliases, policies, retention, lastEvent } = facts;
  const prodCodeSha256 = prodCodeOf(facts);
  const isComparable = expected.packaged && typeof prodCodeSha256 === 'string';
  return {
    component,
    name,
    exists: map(versions, (found) => found !== undefined),
    stages: perStage((stage) => {
      const alias = aliases[stage];
      return isUnread(alias) ? alias : alias?.version;
    }),
    canaries: perStage((stage) => {
      const alias = aliases[stage];
      return isUnread(alias) ? undefined : canaryOf(alias?.weights);
    }),
    newest: map(versions, newestOf),
    prodCodeSha256,
    prodIsThisRelease: isComparable ? prodCodeSha256 === expected.packaged?.codeSha256 : null,
    prodPrincipals: map(policies.prod, principalsIn),
    logRetention: retention,
    lastInvocation: map(lastEvent, (time) => time?.toISOString() ?? null),
    drift: worstFirst(comparisons.flatMap((compare) => compare(facts, expected))),
    notDetermined: notDeterminedOf(facts),
  };
}

/** How the function of a component should be, as far as that is known. */
export function expectationOf(
  component: string,
  known: {
    region: string;
    release?: Pick<Release, 'functions'>;
    parameters: Record<string, string>;
    stages: Stage[];
  },
): Expectation {
  return {
    region: known.region,
    stages: known.stages,
    authentication: platformEntryIn(known.parameters).authentication,
    packaged: known.release?.functions.find((one) => one.component === component),
    retentionDays: Number(known.parameters.logRetentionDays) || undefined,
  };
}
