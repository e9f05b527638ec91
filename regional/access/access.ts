import type { NetworkVerifierRequest } from '../../schemas/generated/network-verifier-request.js';
import type { NetworkVerifierResult } from '../../schemas/generated/network-verifier-result.js';
import type { OidcProvisionerRequest } from '../../schemas/generated/oidc-provisioner-request.js';
import type { OidcProvisionerResult } from '../../schemas/generated/oidc-provisioner-result.js';
import type { PlatformAccessMode } from '../../schemas/generated/platform-account-registration.js';
import type { PreflightCheckerRequest } from '../../schemas/generated/preflight-checker-request.js';
import type { PreflightCheckerResult } from '../../schemas/generated/preflight-checker-result.js';
import type { CustomerAccount } from '../accounts/customer-account.ts';

/** What each operation takes and gives. */
export interface Operations {
  'preflight-checker': { request: PreflightCheckerRequest; result: PreflightCheckerResult };
  'network-verifier': { request: NetworkVerifierRequest; result: NetworkVerifierResult };
  'oidc-provisioner': { request: OidcProvisionerRequest; result: OidcProvisionerResult };
}

/** An operation, by the component that offers it. */
export type OperationName = keyof Operations;

/**
 * Why an operation has no result.
 * - `not-found`: no function or no alias `prod`.
 * - `foreign-function`: what was found belongs to another account, or is not the component it is tagged as.
 * - `denied`: AWS does not let the platform in (invoke, assume the role, decrypt).
 * - `throttled`, `unreachable`: Lambda limits the rate, or does not answer at all.
 * - `timed-out`: no answer within the time given, or Lambda ended the function.
 * - `function-failed`: the function answered with an error; `errorType` names it.
 * - `invalid-result`: it answered, but not with a result of the operation.
 */
export type AccessFailureKind =
  | 'not-found'
  | 'foreign-function'
  | 'denied'
  | 'throttled'
  | 'unreachable'
  | 'timed-out'
  | 'function-failed'
  | 'invalid-result';

/** An operation that has no result, and why. */
export interface AccessFailure {
  kind: AccessFailureKind;
  /** What happened, why, and what to do next: for the customer to read. */
  message: string;
  /** The name of the function's error (docs/logging.md, or Lambda's own), or AWS's error code. */
  errorType?: string;
  /** Whether the same request can succeed when it is sent again, unchanged. */
  mayPass: boolean;
  /** Seconds that Lambda asks to wait before the next try. */
  retryAfterSeconds?: number;
  requestId?: string;
}

/** Who ran an operation, and for how long. */
export interface Trace {
  via: 'lambda' | 'oidc-sts';
  /** Lambda's id of the invocation; of one that ran here, an id of ours. */
  requestId: string;
  /** Milliseconds, from the first try to the answer. */
  durationMs: number;
  /** Tries in all, the last included. */
  attempts: number;
  /** ARN of the function as it was invoked; absent via oidc-sts. */
  functionArn?: string;
  /** The version that ran. */
  version?: string;
  /** Base64 of the SHA-256 of that version's package, when it may be read or was registered. */
  codeSha256?: string;
  /** The release that answered, such as `0.1.0`, when it tells. */
  release?: string;
}

/** A failed try to go another way first. */
interface Fallback {
  /** Why the Lambdas were not used. */
  reason: AccessFailure;
}

/** How an operation ended. */
export type Answer<Result> =
  | { outcome: 'answered'; result: Result; trace: Trace; fallback?: Fallback }
  | { outcome: 'failed'; failure: AccessFailure; trace: Omit<Trace, 'requestId'>; fallback?: Fallback };

/** How to go about one call. */
export interface CallOptions {
  /** Milliseconds within which there is an answer, retries and pauses included. */
  withinMs: number;
  /** False: one try, for callers that wait elsewhere. Default true: pauses of 1, 2 and 4 s. */
  retries?: boolean;
  /**
   * With `retries: false`: tries before this one. In mode `dual` the role is used when there would be no other; before,
   * what may pass is answered as a failure. Default 0.
   */
  triesBefore?: number;
}

/** An operation that runs without anybody waiting for it. */
export interface Started {
  requestId: string;
  functionArn: string;
  /** UTC, ISO 8601. */
  startedAt: string;
}

/** Whether an operation has been started. */
export type Start = { outcome: 'started'; started: Started } | { outcome: 'failed'; failure: AccessFailure };

/** The way into customers' accounts. No call rejects for what AWS, the network or a function does wrong. */
export interface CustomerAccess {
  /**
   * Runs an operation in an account, in the given mode: `lambda` by its functions, `oidc-sts` from here with its role,
   * `dual` by its functions and, when that way is broken, with its role.
   */
  invoke<Name extends OperationName>(
    account: CustomerAccount,
    mode: PlatformAccessMode,
    operation: Name,
    request: Operations[Name]['request'],
    options: CallOptions,
  ): Promise<Answer<Operations[Name]['result']>>;
}

/**
 * The way to long operations, by the functions alone: they are started, and their records in the account's log are
 * looked at until there is one. Of accounts that let the platform assume a role; the others' log is closed to it.
 * No call rejects for what AWS, the network or a function does wrong.
 */
export interface AsynchronousAccess {
  start<Name extends OperationName>(
    account: CustomerAccount,
    operation: Name,
    request: Operations[Name]['request'],
    options: Pick<CallOptions, 'withinMs'>,
  ): Promise<Start>;
  /** One look. */
  poll<Name extends OperationName>(
    account: CustomerAccount,
    operation: Name,
    started: Started,
    options: Pick<CallOptions, 'withinMs'>,
  ): Promise<Answer<Operations[Name]['result']> | { outcome: 'pending' }>;
}

/** Where an account's functions are: the ARN of the alias prod of each that was found, or why that is not known. */
export type Discovered =
  | { outcome: 'found'; functions: Partial<Record<OperationName, string>> }
  | { outcome: 'failed'; failure: AccessFailure };

/** The way to find an account's functions. No call rejects for what AWS or the network does wrong. */
export interface FunctionDiscovery {
  /** Costs no call while it is known: docs/customer-access.md. */
  discover(account: CustomerAccount, options: Pick<CallOptions, 'withinMs'>): Promise<Discovered>;
}
