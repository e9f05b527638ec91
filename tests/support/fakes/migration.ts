import type { CommandContext } from '../../../rosactl/command.ts';
import type { LegacySource } from '../../../shared/legacy-access/legacy-facts.ts';
import type { Account, FunctionArns, PlatformApi } from '../../../shared/platform-api/platform-api.ts';
import { fakeContext, installedFunctions } from './command-context.ts';
import { FakeLambdaFunctions } from './fake-lambda-functions.ts';
import { fakeLegacy } from './legacy-access.ts';
import { fakePlatformApi } from './platform-api.ts';
import { type Recorded, recorded } from './recorded.ts';

const accountId = '123456789012';

function functionsIn(region: string): FunctionArns {
  const arn = (component: string) => `arn:aws:lambda:${region}:${accountId}:function:rosa-${component}:prod`;
  return {
    oidcProvisioner: arn('oidc-provisioner'),
    preflightChecker: arn('preflight-checker'),
    networkVerifier: arn('network-verifier'),
  };
}

/** An account as the platform knows it. */
export const registeredAs = (accessMode: string, region = 'us-east-1'): Account => ({
  accountId,
  region,
  functions: functionsIn(region),
  authentication: 'resource-policy',
  accessMode,
});

/** A Platform API that keeps what it is told. */
export function platformThatKnows(account?: Account): Recorded<PlatformApi> {
  let known = account;
  const { calls: _, fail: __, ...silent } = fakePlatformApi();
  return recorded<PlatformApi>({
    ...silent,
    registerAccount: async (told) => {
      if (known) return 'already registered';
      known = told;
      return 'registered';
    },
    describeAccount: async () => known,
    changeAccount: async (_accountId, change) => {
      if (!known) return 'not registered';
      known = { ...known, ...change };
      return 'changed';
    },
  });
}

/** A context whose stack is deployed, with the code of the release and nothing published. */
export function migratable(
  differences: Partial<CommandContext & LegacySource> = {},
): CommandContext & LegacySource & { functions: FakeLambdaFunctions } {
  const functions = new FakeLambdaFunctions();
  for (const { name } of installedFunctions) functions.deploy(name, 'code1');
  return { ...fakeContext(), legacy: fakeLegacy(), ...differences, functions };
}

/** The calls that change something. */
export const changesAmong = (calls: string[]): string[] =>
  calls.filter((call) => !/^(versions|alias|policy|invoke) /.test(call));
