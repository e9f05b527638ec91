import type { PackagedFunction } from '../customer-stack/release-manifest.ts';
import { type CompareAspect, type Drift, deployAgain } from './drift.ts';
import { isUnread } from './reading.ts';

/** Settings of a function as it is deployed. */
export interface FunctionConfiguration extends Partial<PackagedFunction['settings']> {
  /** Of its execution role. */
  roleArn: string;
}

/** How functions are deployed. Every call rejects with AwsCallError. */
export interface FunctionConfigurations {
  /**
   * The settings of `$LATEST`, or of the version that an alias runs; undefined when there is no such function or
   * alias.
   * @param qualifier the alias
   */
  configuration(functionName: string, qualifier?: string): Promise<FunctionConfiguration | undefined>;
}

type Setting = keyof PackagedFunction['settings'];

/** The settings of a function that are not those of the release. */
export const changedSettings = (actual: FunctionConfiguration, { settings }: PackagedFunction): Setting[] =>
  (Object.keys(settings) as Setting[]).filter((name) => actual[name] !== settings[name]);

/**
 * Memory, time, runtime and handler of something deployed, each that is not as the release has it.
 * @param of what has them, such as a function's name
 */
export const wrongSettings = (
  of: string,
  actual: FunctionConfiguration,
  packaged: PackagedFunction,
  next: string,
): Drift[] =>
  changedSettings(actual, packaged).map((setting) => ({
    aspect: 'settings',
    message: `${setting} of ${of} is ${actual[setting]} instead of ${packaged.settings[setting]}`,
    next,
  }));

/** The settings of what is deployed, `$LATEST`. */
export const settingsDrift: CompareAspect = ({ name, configuration }, { packaged }) => {
  if (!packaged || isUnread(configuration) || !configuration) return [];
  return wrongSettings(name, configuration, packaged, deployAgain);
};
