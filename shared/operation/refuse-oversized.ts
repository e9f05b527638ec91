import type { MiddlewareObj } from '@middy/core';
import { OperationError } from '../operation-error.ts';

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

/** Refuses a request that is too large to be meant before any rule is applied to it. */
export const refuseOversized = (): MiddlewareObj => ({
  before: ({ event }) => {
    const bytes = bytesOf(event);
    if (bytes <= largestRequestBytes) return;
    throw new OperationError(
      'InvalidRequestError',
      `the request was refused and nothing was done: it has ${bytes} bytes and at most ${largestRequestBytes} are allowed; ${largestFields(event)}`,
    );
  },
});
