/** What a failed request means to us, whichever way the API said it. */
export type PlatformApiFailure =
  | 'denied'
  | 'not-found'
  | 'exists'
  | 'invalid'
  | 'throttled'
  | 'unavailable'
  | 'invalid-answer';

/** One field of a request that the API would not take. */
export interface Offence {
  field: string;
  reason: string;
}

/** The request that failed. */
export interface FailedRequest {
  /** Such as `POST /api/v1/accounts`. */
  request: string;
  /** How often it has been sent, this time included. */
  tries: number;
}

/** All there is to know of a failed request. */
export interface PlatformApiFault extends FailedRequest {
  failure: PlatformApiFailure;
  /** The API's own code such as `AUTH-006`, API Gateway's error type, or a word of ours such as `Timeout`. */
  code: string;
  /** Why, in a phrase without a full stop. */
  reason: string;
  /** Status of the answer; absent when there was none. */
  status?: number;
  offences?: Offence[];
  requestId?: string;
  /** The pause the API asked for, in milliseconds. */
  retryAfterMs?: number;
  cause?: unknown;
}

const happened: Record<PlatformApiFailure, string> = {
  denied: 'was refused',
  'not-found': 'found nothing',
  exists: 'collided with what is there',
  invalid: 'was not accepted',
  throttled: 'came too often',
  unavailable: 'was not served',
  'invalid-answer': 'was not answered as a Platform API does',
};

function sentence({ request, failure, code, reason, offences = [], tries }: PlatformApiFault): string {
  const fields = offences.map((offence) => `; ${offence.field}: ${offence.reason}`).join('');
  const often = tries > 1 && failure !== 'exists' ? `, tried ${tries} times` : '';
  return `${request} ${happened[failure]}: ${reason}${fields} (${code}${often})`;
}

/** A request to the Platform API that failed; the message says what happened and why. */
export class PlatformApiError extends Error {
  override readonly name = 'PlatformApiError';
  readonly fault: PlatformApiFault;
  readonly failure: PlatformApiFailure;
  readonly code: string;
  readonly reason: string;
  readonly request: string;
  readonly status?: number;
  readonly offences?: Offence[];
  readonly requestId?: string;

  constructor(fault: PlatformApiFault) {
    super(sentence(fault), { cause: fault.cause });
    this.fault = fault;
    this.failure = fault.failure;
    this.code = fault.code;
    this.reason = fault.reason;
    this.request = fault.request;
    this.status = fault.status;
    this.offences = fault.offences;
    this.requestId = fault.requestId;
  }
}
