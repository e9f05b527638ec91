import type { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import type { AccessFailure, AccessFailureKind } from './access.ts';
import { failed } from './failure.ts';

/** What an error of Lambda means for whoever invokes, and what to do about it. */
interface Meaning {
  code: RegExp;
  kind: AccessFailureKind;
  mayPass: boolean;
  next: string;
}

const startAgain = 'Look at the function in the Lambda console and run `rosactl setup-account` again';
const askAgain = 'Lambda is busy with the function; send the request again in a minute';

/**
 * Errors of Invoke that prevent a function from running:
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 * Those of storage and of snapshots cannot happen to functions that have neither, and fall under the rest.
 */
const meanings: Meaning[] = [
  { code: /^EC2Throttled/, kind: 'throttled', mayPass: true, next: askAgain },
  {
    code: /^KMS(Disabled|InvalidState|NotFound)/,
    kind: 'denied',
    mayPass: false,
    next: "Lambda cannot decrypt the function's environment: enable the KMS key that the parameter kmsKeyArn names, or set another",
  },
  {
    code: /^KMSAccessDenied/,
    kind: 'denied',
    mayPass: false,
    next: "Let the function's role use the KMS key that the parameter kmsKeyArn names: kms:Decrypt",
  },
  {
    code: /^EC2AccessDenied/,
    kind: 'denied',
    mayPass: false,
    next: "Let the function's role make network interfaces: run `rosactl setup-account` again",
  },
  // The function is being made, changed, or woken up after weeks without a call.
  {
    code: /^(ResourceConflict|ResourceNotReady|ENINotReady|EC2Unexpected|SnapStartNotReady|CodeArtifactUserPending)/,
    kind: 'unreachable',
    mayPass: true,
    next: askAgain,
  },
  {
    code: /^(ENILimitReached|SubnetIPAddressLimitReached)/,
    kind: 'unreachable',
    mayPass: false,
    next: "Free addresses in the function's subnets, or attach it to others: docs/parameters.md",
  },
  {
    code: /^(Invalid|RecursiveInvocation|NoPublishedVersion)/,
    kind: 'unreachable',
    mayPass: false,
    next: startAgain,
  },
];

/**
 * Why Lambda limits the rate, by the `Reason` of TooManyRequestsException:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
const throttleNexts: [RegExp, string][] = [
  [
    /^ReservedFunction/,
    "The function's reserved concurrency is used up: raise it, or remove it, if this goes on (0 switches a function off)",
  ],
  [
    /^(Concurrent|Function)Invocation/,
    "The account's concurrent executions are used up: ask Service Quotas for more of L-B99A9384 if this goes on",
  ],
];

const throttleNext = (reason: string): string =>
  throttleNexts.find(([known]) => known.test(reason))?.[1] ?? 'Send the request again in a minute';

/** What an error of the SDK may carry beside its code. */
interface SdkError extends Error {
  $metadata?: { httpStatusCode?: number; requestId?: string };
  Reason?: string;
  retryAfterSeconds?: string;
}

const causeOf = (error: AwsCallError): SdkError => error.cause as SdkError;

/** Whether nobody has answered, or somebody with a failure of the service's own. */
function isTransient(error: AwsCallError): boolean {
  const status = causeOf(error).$metadata?.httpStatusCode ?? 500;
  return error.failure === 'unavailable' && (status >= 500 || status < 400);
}

/** What all calls have in common that are no call of Invoke, and Invoke beside its own errors. */
function usualMeaning(error: AwsCallError, whenDenied = nextOfDenied(error)): Omit<Meaning, 'code'> {
  const { failure } = error;
  if (failure === 'throttled') {
    return { kind: 'throttled', mayPass: true, next: throttleNext(causeOf(error).Reason ?? '') };
  }
  if (failure === 'denied') return { kind: 'denied', mayPass: false, next: whenDenied };
  if (failure === 'unauthenticated') {
    const next = 'AWS does not take the credentials there: check that the region is enabled for the account';
    return { kind: 'denied', mayPass: false, next };
  }
  if (failure === 'not-found') return { kind: 'not-found', mayPass: false, next: startAgain };
  const next = isTransient(error) ? 'Send the request again in a minute' : startAgain;
  return { kind: 'unreachable', mayPass: isTransient(error), next };
}

/** From another account, a function or alias that is gone looks the same as one that lets nobody in. */
const deniedNexts: Record<string, string> = {
  'lambda:InvokeFunction':
    'Either the function or its alias prod is gone, or it does not let the platform in: run `rosactl setup-account`, which makes both',
  'sts:AssumeRole':
    "Have the role trust the platform's role with the account's external id, which GET /api/v1/accounts/{account_id} tells: run `rosactl setup-account`",
};

const nextOfDenied = ({ action }: AwsCallError): string =>
  deniedNexts[action] ?? `Let the role that the platform assumes call ${action}`;

function retryAfter(error: AwsCallError): Partial<AccessFailure> {
  const seconds = Number(causeOf(error).retryAfterSeconds);
  return seconds > 0 ? { retryAfterSeconds: seconds } : {};
}

/**
 * An AWS call that failed, as the failure of whoever wanted something of the account.
 * @param what such as an ARN
 * @param whenDenied what to do about a denial, where it is not the usual
 */
export function failureOfCall(error: AwsCallError, what: string, whenDenied?: string): AccessFailure {
  const { kind, mayPass, next } =
    meanings.find(({ code }) => code.test(error.code)) ?? usualMeaning(error, whenDenied);
  const { requestId } = causeOf(error).$metadata ?? {};
  const message = `${error.action} on ${what} failed with ${error.code}. ${next}. AWS said: ${error.said}`;
  return failed(kind, message, {
    mayPass,
    errorType: error.code,
    ...retryAfter(error),
    ...(requestId && { requestId }),
  });
}
