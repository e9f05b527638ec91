/** An error as a function's caller reads it: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export type FunctionError = { errorType: string; errorMessage: string; trace?: string[] };

/** How one invocation ended, before it is written to the caller and the log. */
export type Outcome = {
  requestId: string;
  /** The JSON the caller gets: the handler's result, or a `FunctionError`. */
  payload: string;
  failed: boolean;
  /** Set when not the handler but Lambda ended it. */
  status?: 'timeout' | 'error';
  durationMs: number;
  /** Present on a cold start only. */
  initMs?: number;
  memoryMb: number;
  lines: string[];
};

// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, and what Lambda adds to it.
const MAX_RESPONSE_BYTES = 6_291_556;

export const timedOut = (requestId: string, seconds: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

export function exited(requestId: string, code: number | null, signal: string | null): FunctionError {
  const how = signal ? `signal: ${signal}` : `exit status ${code}`;
  const reason =
    code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${how}`;
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${reason}` };
}

/** Replaces a result that is larger than Lambda returns. */
export function limited(payload: string): { payload: string; failed: boolean } {
  if (Buffer.byteLength(payload) <= MAX_RESPONSE_BYTES) return { payload, failed: false };
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`;
  return {
    payload: JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage }),
    failed: true,
  };
}
