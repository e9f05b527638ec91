import type { PackagedFunction } from '../customer-stack/release-manifest.ts';
import { type Stage, stages } from '../release/stages.ts';
import { type CompareAspect, type Drift, deployTo, type Expectation } from './drift.ts';
import type { FunctionFacts } from './function-facts.ts';
import { isUnread } from './reading.ts';
import { roleNameOf } from './role.ts';
import { wrongSettings } from './settings.ts';

const versionText = (name: string, stage: Stage, version: string): string =>
  `version ${version} of ${name}, which ${stage} runs,`;

/** Whether a stage runs the code of this release. Another release's may rightly have other settings. */
function runsThisRelease({ versions, aliases }: FunctionFacts, packaged: PackagedFunction, stage: Stage) {
  const alias = aliases[stage];
  if (isUnread(versions) || isUnread(alias)) return false;
  const version = versions?.find((one) => one.version === alias?.version);
  return version?.codeSha256 === packaged.codeSha256;
}

/** The settings of a stage that runs this release, against the release's. */
function stageSettingsDrift(facts: FunctionFacts, { packaged }: Expectation, stage: Stage, which: string) {
  const actual = facts.stageConfigurations[stage];
  if (isUnread(actual) || !actual || !packaged || !runsThisRelease(facts, packaged, stage)) return [];
  return wrongSettings(which, actual, packaged, deployTo(stage));
}

/** The role of what a stage runs, against that of what is deployed: the stack keeps a role over all releases. */
function stageRoleDrift({ configuration, stageConfigurations }: FunctionFacts, stage: Stage, which: string) {
  const actual = stageConfigurations[stage];
  if (isUnread(actual) || !actual || isUnread(configuration) || !configuration) return [];
  if (configuration.roleArn === actual.roleArn) return [];
  const roles = [actual, configuration].map(({ roleArn }) => roleNameOf(roleArn));
  const message = `${which} has the role ${roles[0]}; what is deployed has ${roles[1]}`;
  return [{ aspect: 'role' as const, message, next: deployTo(stage) }];
}

function stageVersionDrift(facts: FunctionFacts, expected: Expectation, stage: Stage): Drift[] {
  const alias = facts.aliases[stage];
  if (isUnread(alias) || !alias) return [];
  const which = versionText(facts.name, stage, alias.version);
  return [...stageRoleDrift(facts, stage, which), ...stageSettingsDrift(facts, expected, stage, which)];
}

/**
 * What is not told apart by name, such as the environment. When `prod` runs the code that is deployed, its settings
 * have to be those that are deployed as well; others were published while somebody had changed them.
 */
function frozenDrift({ name, versions, aliases }: FunctionFacts): Drift[] {
  if (isUnread(versions) || isUnread(aliases.prod)) return [];
  const at = (version: string | undefined) => versions?.find((one) => one.version === version);
  const [prod, latest] = [at(aliases.prod?.version), at('$LATEST')];
  if (!prod || !latest || prod.codeSha256 !== latest.codeSha256 || prod.settings === latest.settings) {
    return [];
  }
  const message = `${versionText(name, 'prod', prod.version)} has other settings than those that are deployed`;
  return [{ aspect: 'settings', message, next: deployTo('prod') }];
}

/** A version freezes its settings, the role among them: those of the version that each stage runs. */
export const versionDrift: CompareAspect = (facts, expected) => {
  const named = stages.map((stage) => ({ stage, drift: stageVersionDrift(facts, expected, stage) }));
  const isProdNamed = named.some(({ stage, drift }) => stage === 'prod' && drift.length > 0);
  return [...named.flatMap(({ drift }) => drift), ...(isProdNamed ? [] : frozenDrift(facts))];
};
