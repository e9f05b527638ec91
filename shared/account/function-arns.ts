import type { InstalledFunction } from '../customer-stack/components.ts';
import type { FunctionArns } from '../platform-api/platform-api.ts';

/** The platform's names of the components. */
const keys: Record<string, keyof FunctionArns> = {
  'oidc-provisioner': 'oidcProvisioner',
  'preflight-checker': 'preflightChecker',
  'network-verifier': 'networkVerifier',
};

/** The platform's name of a component. */
export function functionKeyOf(component: string): keyof FunctionArns {
  const key = keys[component];
  if (key) return key;
  throw new Error(`${component} is no component that the platform knows`);
}

/** The ARN of alias `prod` of each function. */
export function prodArns(
  { partition, region }: { partition: string; region: string },
  { account, functions }: { account: string; functions: Pick<InstalledFunction, 'component' | 'name'>[] },
): FunctionArns {
  const arns = functions.map(({ component, name }) => [
    functionKeyOf(component),
    `arn:${partition}:lambda:${region}:${account}:function:${name}:prod`,
  ]);
  return Object.fromEntries(arns) as FunctionArns;
}
