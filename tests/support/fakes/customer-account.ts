import type { CommandContext } from '../../../rosactl/command.ts';
import { type RollOutRequest, rollOut } from '../../../shared/account/roll-out.ts';
import { functionsOf } from '../../../shared/customer-stack/components.ts';
import type { ReleaseService, ServiceRequest } from '../../../shared/customer-stack/release-service.ts';
import type { CustomerStack, StackState } from '../../../shared/customer-stack/stack-state.ts';
import type { PlatformApi } from '../../../shared/platform-api/platform-api.ts';
import { fakeContext } from './command-context.ts';
import { FakeLambdaFunctions } from './fake-lambda-functions.ts';
import { fakePlatformApi } from './platform-api.ts';
import { type Recorded, recorded } from './recorded.ts';

export const account = '123456789012';
export const region = 'us-east-1';
export const clmRole = 'arn:aws:iam::111122223333:role/CLMServiceRole';
export const otherRole = 'arn:aws:iam::111122223333:role/Other';

export const functionNames = functionsOf(region, {}).map(({ name }) => name);

/** What the stack tells of its parameters after a deploy that asked for none. */
const defaults = {
  logRetentionDays: '90',
  networkVerifierSubnetIds: '',
  networkVerifierSecurityGroupIds: '',
  oidcProvisionerName: 'rosa-oidc-provisioner',
  preflightCheckerName: 'rosa-preflight-checker',
  networkVerifierName: 'rosa-network-verifier',
};

/** A customer's account in memory: what the stack deploys, its Lambda has. */
export interface FakeCustomerAccount {
  context: CommandContext;
  /** Its `calls` are all that was done, in order: to Lambda, the stack and the Platform API. */
  functions: FakeLambdaFunctions;
  stack: Recorded<Pick<CustomerStack, 'state' | 'remove'>>;
  service: Recorded<ReleaseService>;
  platformApi: Recorded<PlatformApi>;
  state(): StackState | undefined;
  /** Changes the stack as somebody else or an accident does. */
  setState(differences: Partial<StackState> | undefined): void;
  /** What has been done since it was asked last, without what only looks. */
  changes(): string[];
}

/** Brings the release to a stage, by default to prod for `clmRole`. */
export const rollOutIn = ({ context }: FakeCustomerAccount, request: Partial<RollOutRequest> = {}) =>
  rollOut(context, {
    stage: 'prod',
    parameters: {},
    entry: async () => ({ authentication: 'resource-policy', clmRoleArn: clmRole }),
    ...request,
  });

/** An account with nothing in it, whose Platform API tells `clmRole`; what is given takes the place of its parts. */
export function fakeCustomerAccount(differences: Partial<CommandContext> = {}): FakeCustomerAccount {
  const functions = new FakeLambdaFunctions();
  const done = (what: string) => void functions.calls.push(what);
  let state: StackState | undefined;

  const deploy = async ({ release, stage, parameters: asked }: ServiceRequest) => {
    done('deploy');
    const parameters = { ...defaults, ...state?.parameters, ...asked };
    state = { status: state ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE', stage, release: release.id, parameters };
    for (const { component, name } of functionsOf(region, parameters)) {
      const packaged = release.functions.find((one) => one.component === component);
      functions.deploy(name, packaged?.codeSha256 ?? 'none');
    }
  };
  const remove = async () => {
    done('remove stack');
    state = undefined;
  };
  const template = async () => ({ Parameters: {}, Conditions: {}, Resources: {} });
  const stack = recorded({ state: async () => state, remove });
  const service = recorded<ReleaseService>({ deploy, template });
  const platformApi = platformApiTelling(done);

  return {
    context: fakeContext({
      functions,
      stack: { name: 'rosa-lambda-access', physicalId: async () => undefined, ...stack },
      service,
      platformApi,
      ...differences,
    }),
    functions,
    stack,
    service,
    platformApi,
    state: () => state,
    setState: (changed) => {
      state = changed && { status: 'CREATE_COMPLETE', parameters: {}, ...state, ...changed };
    },
    changes: () => functions.calls.splice(0).filter((call) => !/^(versions|alias|policy) /.test(call)),
  };
}

/** A Platform API that tells `clmRole`, and passes on what it is told. */
function platformApiTelling(done: (what: string) => void): Recorded<PlatformApi> {
  const platformApi = fakePlatformApi();
  const { registerAccount, unregisterAccount } = platformApi;
  return Object.assign(platformApi, {
    info: async () => ({ clmRoleArn: clmRole }),
    registerAccount: async (...told: Parameters<PlatformApi['registerAccount']>) => {
      done('register');
      return registerAccount(...told);
    },
    unregisterAccount: async (...told: Parameters<PlatformApi['unregisterAccount']>) => {
      done('unregister');
      return unregisterAccount(...told);
    },
  });
}
