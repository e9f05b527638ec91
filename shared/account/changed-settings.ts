import type { InstalledFunction } from '../customer-stack/components.ts';
import type { PackagedFunction, Release } from '../customer-stack/release-manifest.ts';
import type { CustomerStack } from '../customer-stack/stack-state.ts';
import { Refused } from '../release/refused.ts';
import {
  changedSettings,
  type FunctionConfiguration,
  type FunctionConfigurations,
} from '../status/settings.ts';
import type { Tasks } from '../tasks.ts';

interface Dependencies {
  configurations: FunctionConfigurations;
  stack: CustomerStack;
  tasks: Tasks;
}

/** The options of `aws lambda update-function-configuration` that set a setting. */
const optionOf: Record<keyof PackagedFunction['settings'], string> = {
  MemorySize: '--memory-size',
  Timeout: '--timeout',
  Runtime: '--runtime',
  Handler: '--handler',
};

/** The logical id of a function's role, as function.yml has it. */
const roleIdOf = ({ handlerKey }: PackagedFunction): string =>
  `${handlerKey.charAt(0).toUpperCase()}${handlerKey.slice(1)}Role`;

/** What differs, each with the option that sets it back. */
async function differences(
  { stack }: Dependencies,
  packaged: PackagedFunction,
  actual: FunctionConfiguration,
): Promise<{ found: string; option: string }[]> {
  const settings = changedSettings(actual, packaged).map((name) => ({
    found: `${name} ${actual[name]} instead of ${packaged.settings[name]}`,
    option: `${optionOf[name]} ${packaged.settings[name]}`,
  }));
  const role = await stack.physicalId(roleIdOf(packaged));
  if (!role || actual.roleArn.endsWith(`/${role}`)) return settings;
  const arn = actual.roleArn.replace(/role\/.*$/, `role/${role}`);
  return [...settings, { found: `role ${actual.roleArn} instead of ${role}`, option: `--role ${arn}` }];
}

/**
 * Makes sure that nobody has changed the settings of a function by hand: a version would freeze them together with
 * the code, and CloudFormation does not take back what its template did not change.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 * @throws Refused naming each of them, and the command that sets it back
 */
export async function refuseChangedSettings(
  dependencies: Dependencies,
  release: Release,
  installed: InstalledFunction[],
): Promise<void> {
  await dependencies.tasks.run('Compare the settings of the functions with the release', () =>
    Promise.all(
      installed.map(async ({ component, name }) => {
        const packaged = release.functions.find((one) => one.component === component);
        const actual = await dependencies.configurations.configuration(name);
        if (!packaged || !actual) return;
        const changed = await differences(dependencies, packaged, actual);
        if (changed.length === 0) return;
        const options = changed.map(({ option }) => option).join(' ');
        throw new Refused(
          `somebody has changed ${name} by hand (${changed.map(({ found }) => found).join(', ')}), and a new version would keep that. Set it back with "aws lambda update-function-configuration --function-name ${name} ${options}", then run the same command again`,
        );
      }),
    ),
  );
}
