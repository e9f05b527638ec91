import type { PackagedFunction } from '../customer-stack/release-manifest.ts';
import { type CompareAspect, deployAgain } from './drift.ts';
import { isUnread } from './reading.ts';

/** Settings of a function as it is deployed. */
export interface FunctionConfiguration extends Partial<PackagedFunction['settings']> {
  /** Of its execution role. */
  roleArn: string;
}

/** How functions are deployed. Every call rejects with AwsCallError. */
export interface FunctionConfigurations {
  /** The settings of `$LATEST`; undefined when there is no such function. */
  configuration(functionName: string): Promise<FunctionConfiguration | undefined>;
}

type Setting = keyof PackagedFunction['settings'];

/** The settings of a function that are not those of the release. */
export const changedSettings = (actual: FunctionConfiguration, { settings }: PackagedFunction): Setting[] =>
  (Object.keys(settings) as Setting[]).filter((name) => actual[name] !== settings[name]);

/** Memory, time, runtime and handler. */
export const settingsDrift: CompareAspect = ({ name, configuration }, { packaged }) => {
  if (!packaged || isUnread(configuration) || !configuration) return [];
  return changedSettings(configuration, packaged).map((setting) => ({
    aspect: 'settings',
    message: `${setting} of ${name} is ${configuration[setting]} instead of ${packaged.settings[setting]}`,
    next: deployAgain,
  }));
};
