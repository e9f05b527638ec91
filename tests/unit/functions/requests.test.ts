import { describe, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import fc from 'fast-check';
import {
  measure as measureNetwork,
  verifyNetwork,
} from '../../../functions/network-verifier/verify-network.ts';
import { measure as measureOidc, provisionOidc } from '../../../functions/oidc-provisioner/provision-oidc.ts';
import {
  checkPreflight,
  measure as measurePreflight,
} from '../../../functions/preflight-checker/check-preflight.ts';
import { validate as isNetworkRequest } from '../../../schemas/generated/network-verifier-request.js';
import { validate as isNetworkResult } from '../../../schemas/generated/network-verifier-result.js';
import { validate as isOidcRequest } from '../../../schemas/generated/oidc-provisioner-request.js';
import { validate as isOidcResult } from '../../../schemas/generated/oidc-provisioner-result.js';
import { validate as isPreflightRequest } from '../../../schemas/generated/preflight-checker-request.js';
import { validate as isPreflightResult } from '../../../schemas/generated/preflight-checker-result.js';
import { operation } from '../../../shared/operation/operation.ts';
import { arbitraryRequest } from '../../support/arbitrary-requests.ts';
import { captureOutput } from '../../support/captured-output.ts';
import { fakeAccount } from '../../support/fakes/account.ts';
import { fakeNetwork } from '../../support/fakes/network.ts';
import { fakeProviders, notComputed } from '../../support/fakes/oidc-providers.ts';
import { fakeProbeNetwork } from '../../support/fakes/probe-network.ts';
import { lambdaContext } from '../../support/lambda-context.ts';

const environment = { ROSA_VERSION: '1.2.3', ROSA_TRACING: false };

/** The handlers as they are deployed, in an account in order. */
const handlers = {
  'oidc-provisioner': await operation({
    name: 'oidc-provisioner',
    environment,
    request: isOidcRequest,
    result: isOidcResult,
    dependencies: () => ({
      providersIn: () => fakeProviders(),
      thumbprints: async () => notComputed,
      retryPolicy: { attempts: 2, firstPauseMs: 1, sleep: async () => {}, random: () => 0.5 },
    }),
    run: provisionOidc,
    measure: measureOidc,
  }),
  'preflight-checker': await operation({
    name: 'preflight-checker',
    environment,
    request: isPreflightRequest,
    result: isPreflightResult,
    dependencies: () => ({ accountIn: () => fakeAccount() }),
    run: checkPreflight,
    measure: measurePreflight,
  }),
  'network-verifier': await operation({
    name: 'network-verifier',
    environment,
    request: isNetworkRequest,
    result: isNetworkResult,
    dependencies: () => ({
      networkIn: () => fakeNetwork(),
      prober: { attachedSubnetIds: [], network: fakeProbeNetwork().network },
    }),
    run: verifyNetwork,
    measure: measureNetwork,
  }),
};

const isRequest = {
  'oidc-provisioner': isOidcRequest,
  'preflight-checker': isPreflightRequest,
  'network-verifier': isNetworkRequest,
};

type Handler = (request: unknown, context: Context) => Promise<unknown>;

/** What a handler answers, or the name of the error it fails with. */
async function answer(
  name: keyof typeof handlers,
  request: unknown,
): Promise<{ error?: string; text: string }> {
  const output = captureOutput();
  try {
    return { text: JSON.stringify(await (handlers[name] as Handler)(request, lambdaContext())) };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: name, text: message };
  } finally {
    output.restore();
  }
}

// A failing run prints its seed, by which fc.assert repeats it: https://fast-check.dev/docs/tutorials/quick-start/
describe.each(Object.keys(handlers) as (keyof typeof handlers)[])('%s', (name) => {
  it('refuses any JSON that is no request, and by the one name for it', () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (request) => {
        expect((await answer(name, request)).error).toBe('InvalidRequestError');
      }),
      { numRuns: 200 },
    ));

  it('refuses a request with a field that is none, and by the one name for it', () =>
    fc.assert(
      fc.asyncProperty(arbitraryRequest(name), fc.jsonValue(), async (request, value) => {
        const { error } = await answer(name, { ...(request as object), no_field: value });
        expect(error).toBe('InvalidRequestError');
      }),
      { numRuns: 50 },
    ));

  it('answers every request of the right shape, however extreme', () =>
    fc.assert(
      fc.asyncProperty(arbitraryRequest(name), async (request) => {
        // How long a text may be, and the request as a whole, is not in what is made up from its schema.
        const isMeant = isRequest[name](request) && JSON.stringify(request).length < 60_000;
        const { error, text } = await answer(name, request);
        expect([undefined, ...(isMeant ? [] : ['InvalidRequestError'])]).toContain(error);
        expect(text).not.toContain('internal_error');
      }),
      { numRuns: 150 },
    ));
});
