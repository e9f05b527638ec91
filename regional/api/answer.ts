import type { PlatformError } from '../../schemas/generated/platform-error.js';
import type { FieldOffence } from '../../shared/field-offences.ts';

/** What the API says to a request; the body goes out as JSON. */
export interface Answer {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

/** What is wrong with a request is listed up to here: an answer stays readable. */
const mostListed = 100;

/**
 * Says no. Codes keep their meaning, and are those of the API that is deployed upstream where it has one:
 * https://github.com/openshift-online/rosa-hyperfleet-api/tree/main/platform-api
 */
export function refusal(
  status: number,
  code: string,
  reason: string,
  errors?: readonly FieldOffence[],
): Answer {
  const error: PlatformError = { kind: 'Error', code, reason };
  return { status, body: errors ? { ...error, errors: errors.slice(0, mostListed) } : error };
}

/** Says that what was sent is not as its schema, or the place it is sent to, has it. */
export function invalid(code: string, errors: readonly FieldOffence[]): Answer {
  const reason = 'A validation error has occurred, check the errors field for more information';
  const more = errors.length - mostListed;
  return refusal(422, code, more > 0 ? `${reason}; ${more} more are not listed` : reason, errors);
}
