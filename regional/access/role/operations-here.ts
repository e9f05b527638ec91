import { dependencies as networkDependencies } from '../../../functions/network-verifier/dependencies.ts';
import { verifyNetwork } from '../../../functions/network-verifier/verify-network.ts';
import { dependencies as oidcDependencies } from '../../../functions/oidc-provisioner/dependencies.ts';
import { provisionOidc } from '../../../functions/oidc-provisioner/provision-oidc.ts';
import { checkPreflight } from '../../../functions/preflight-checker/check-preflight.ts';
import { dependencies as preflightDependencies } from '../../../functions/preflight-checker/dependencies.ts';
import { validate as isNetworkRequest } from '../../../schemas/generated/network-verifier-request.js';
import { validate as isOidcRequest } from '../../../schemas/generated/oidc-provisioner-request.js';
import { validate as isPreflightRequest } from '../../../schemas/generated/preflight-checker-request.js';
import type { Validator } from '../../../schemas/validator.ts';
import type { Instrument, TemporaryCredentials } from '../../../shared/aws/clients.ts';
import type { Invocation } from '../../../shared/operation/invocation.ts';
import { offences } from '../../../shared/operation/offences.ts';
import { withinTime } from '../../../shared/operation/within-time.ts';
import { OperationError } from '../../../shared/operation-error.ts';
import type { OperationName, Operations } from '../access.ts';

/** The operations as they run in this process, with a role's credentials in place of a function's. */
export interface OperationsHere {
  /**
   * @returns what the operation found
   * @throws whatever it throws in its function, before it is given a name
   */
  run<Name extends OperationName>(
    operation: Name,
    request: Operations[Name]['request'],
    surroundings: { credentials: TemporaryCredentials; invocation: Invocation },
  ): Promise<Operations[Name]['result']>;
}

type Work<Name extends OperationName> = (
  request: Operations[Name]['request'],
  credentials: TemporaryCredentials,
  invocation: Invocation,
) => Promise<Operations[Name]['result']>;

type Works = {
  [Name in OperationName]: { isRequest: Validator<Operations[Name]['request']>; work: Work<Name> };
};

/** No subnets are attached to this process: an active probe says so. */
const attachedSubnetIds: string[] = [];

const works = (instrument: Instrument): Works => ({
  'preflight-checker': {
    isRequest: isPreflightRequest,
    work: (request, credentials, invocation) =>
      checkPreflight({ ...preflightDependencies(instrument, credentials), invocation }, request),
  },
  'network-verifier': {
    isRequest: isNetworkRequest,
    work: (request, credentials, invocation) =>
      verifyNetwork(
        { ...networkDependencies(instrument, attachedSubnetIds, credentials), invocation },
        request,
      ),
  },
  'oidc-provisioner': {
    isRequest: isOidcRequest,
    work: (request, credentials, invocation) =>
      provisionOidc({ ...oidcDependencies(instrument, credentials), invocation }, request),
  },
});

function accept<Request>(isRequest: Validator<Request>, request: Request): void {
  if (isRequest(request)) return;
  const message = `the request was refused and nothing was done: ${offences(isRequest.errors ?? [])}`;
  throw new OperationError('InvalidRequestError', message);
}

/** The real ones: the functions' own code. */
export function operationsHere(instrument: Instrument): OperationsHere {
  const known = works(instrument);
  return {
    run: async (operation, request, { credentials, invocation }) => {
      const { isRequest, work } = known[operation];
      accept(isRequest, request);
      return withinTime(invocation, work(request, credentials, invocation));
    },
  };
}
