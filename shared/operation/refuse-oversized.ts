import type { MiddlewareObj } from '@middy/core';
import type { Validator } from '../../schemas/validator.ts';
import { OperationError } from '../operation-error.ts';
import { offences } from './offences.ts';

/**
 * The largest sensible request (50 subnets, 100 client ids of 255 characters) is below 32 KiB. Lambda lets 6 MB
 * through (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), and listing every offence
 * in 6 MB would exhaust 128 MB of memory.
 */
const largestRequestBytes = 64 * 1024;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

function largestFields(event: unknown): string {
  if (event === null || typeof event !== 'object' || Array.isArray(event)) return 'it must be a JSON object';
  const sizes = Object.entries(event).map(([field, value]) => ({
    field: field.slice(0, 64),
    bytes: bytesOf(value),
  }));
  const worst = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 3);
  return `its largest fields are ${worst.map(({ field, bytes }) => `${field} (${bytes} bytes)`).join(', ')}`;
}

/** The longest text and the most entries a schema allows are 255 and 100: what is longer is wrong in any case. */
const most = { characters: 300, entries: 200 };

/** A copy of a value that is small enough to apply every rule to, and breaks those that the value breaks. */
function shrunk(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, most.characters);
  if (Array.isArray(value)) return value.slice(0, most.entries).map(shrunk);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).slice(0, most.entries);
  return Object.fromEntries(entries.map(([field, inner]) => [field, shrunk(inner)]));
}

function otherOffences(event: unknown, isRequest: Validator<unknown>): string {
  if (isRequest(shrunk(event))) return '';
  return `; ${offences(isRequest.errors ?? [])}`;
}

/** Refuses a request that is too large to be meant before any rule is applied to the whole of it. */
export const refuseOversized = (isRequest: Validator<unknown>): MiddlewareObj => ({
  before: ({ event }) => {
    const bytes = bytesOf(event);
    if (bytes <= largestRequestBytes) return;
    throw new OperationError(
      'InvalidRequestError',
      `the request was refused and nothing was done: it has ${bytes} bytes and at most ${largestRequestBytes} are allowed; ${largestFields(event)}${otherOffences(event, isRequest)}`,
    );
  },
});
