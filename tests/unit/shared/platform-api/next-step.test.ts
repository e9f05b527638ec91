import { describe, expect, it } from '@jest/globals';
import { nextStep } from '../../../../shared/platform-api/next-step.ts';
import {
  PlatformApiError,
  type PlatformApiFailure,
} from '../../../../shared/platform-api/platform-api-error.ts';

const step = (code: string, failure: PlatformApiFailure): string =>
  nextStep(new PlatformApiError({ request: 'GET /api/v1/live', tries: 1, reason: 'so', code, failure }));

describe('what to do', () => {
  it.each([
    ['AUTH-006', 'operator of the Platform API to register the account'],
    ['not-privileged', 'operator of the Platform API to register the account'],
    ['AUTH-004', 'Register the account'],
    ['AUTH-007', 'Register the account'],
    ['account-not-provisioned', 'Register the account'],
    ['AUTH-009', 'for a policy'],
    ['access-denied', 'for a policy'],
    ['MissingAuthenticationTokenException', 'Check the address and its stage'],
    ['UnrecognizedClientException', 'Sign in again'],
    ['ExpiredTokenException', 'Sign in again'],
    ['InvalidSignatureException', 'the clock of this computer'],
    ['AccessDeniedException', 'execute-api:Invoke'],
    ['AUTH-005', 'permit this, or use other AWS credentials'],
  ])('after a refusal with %s', (code, words) => {
    expect(step(code, 'denied')).toContain(words);
  });

  it.each([
    ['HostNotFound', 'unavailable', 'Check the address'],
    ['CertificateRefused', 'unavailable', 'NODE_EXTRA_CA_CERTS'],
    ['Redirected', 'invalid-answer', 'Use the address it leads to'],
    ['NotJson', 'invalid-answer', "Check the API's address and version"],
    ['ROUTE-001', 'invalid-answer', "Check the API's address and version"],
    ['429', 'throttled', 'Wait a minute'],
    ['Timeout', 'unavailable', 'Try again later'],
    ['CLUSTERS-MGMT-CREATE-005', 'exists', 'choose another name'],
    ['CLUSTERS-MGMT-CREATE-008', 'invalid', 'Correct what is named'],
    ['CLUSTERS-MGMT-GET-001', 'not-found', 'Check the id or name'],
  ] as const)('after %s (%s)', (code, failure, words) => {
    expect(step(code, failure)).toContain(words);
  });
});
