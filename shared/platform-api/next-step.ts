import type { PlatformApiError, PlatformApiFailure } from './platform-api-error.ts';

const askOperator = 'Ask the operator of the Platform API';

/** What helps against a refusal, by its code. */
const byCode: [RegExp, string][] = [
  [
    /^(AUTH-006|not-privileged)$/,
    `${askOperator} to register the account: this API lets only operators do so`,
  ],
  [
    /^(AUTH-00[47]|account-not-(provisioned|allowed))$/,
    `Register the account, or ask the operator of the Platform API to let it in`,
  ],
  [/^(AUTH-009|access-denied)$/, `${askOperator} for a policy that permits this to the caller`],
  [
    /^MissingAuthenticationToken/,
    'Check the address and its stage (such as /prod): API Gateway has no such path',
  ],
  [/^(UnrecognizedClient|ExpiredToken)/, 'Sign in again or use other AWS credentials'],
  [
    /^(InvalidSignature|IncompleteSignature|SignatureDoesNotMatch)/,
    "Check the API's region, the AWS credentials and the clock of this computer",
  ],
  [
    /^AccessDenied/,
    'Ask for the IAM permission execute-api:Invoke on this API in your own account, or use other credentials',
  ],
  [/^HostNotFound$/, 'Check the address, and that this computer can resolve names of the internet'],
  [
    /^CertificateRefused$/,
    'Check the address; behind a proxy with its own certificates, set NODE_EXTRA_CA_CERTS',
  ],
  [/^Redirected$/, 'Use the address it leads to, if that is a Platform API'],
];

const byFailure: Record<PlatformApiFailure, string> = {
  denied: `${askOperator} to permit this, or use other AWS credentials`,
  'not-found': 'Check the id or name',
  exists: 'Look at what is there, then choose another name or go on with it',
  invalid: 'Correct what is named and try again',
  throttled: 'Wait a minute and try again',
  unavailable: 'Try again later; a request sent again does nothing twice',
  'invalid-answer': "Check the API's address and version",
};

/** What a person can do about a failed request, as one sentence without a full stop. */
export function nextStep({ code, failure }: PlatformApiError): string {
  return byCode.find(([pattern]) => pattern.test(code))?.[1] ?? byFailure[failure];
}
