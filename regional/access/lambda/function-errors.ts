import { loggableText } from '../../../shared/operation/loggable.ts';
import { type ErrorName, errorNames } from '../../../shared/operation-error.ts';
import type { AccessFailure } from '../access.ts';
import { failed } from '../failure.ts';

/** An error that a function, or Lambda in its place, gave back. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
}

const isErrorName = (name: string): name is ErrorName => Object.hasOwn(errorNames, name);

/**
 * What Lambda itself reports of a process that ended or an environment that broke: another one may do better.
 * https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
 */
const passing = /^(Runtime\.ExitError|Sandbox\.Failure|Extension\.Crash|Runtime\.Unknown)$/;

const isTimeOut = ({ errorType, errorMessage }: FunctionError): boolean =>
  errorType === 'Sandbox.Timedout' || /Task timed out after/.test(errorMessage);

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const nextAfter = (errorType: string): string =>
  isErrorName(errorType)
    ? sentence(errorNames[errorType].meaning)
    : 'Lambda ended the function; its log tells more: `rosactl logs --failed`';

const mayPass = (errorType: string): boolean =>
  isErrorName(errorType) ? errorNames[errorType].retry : passing.test(errorType);

/** A function's error as a failure of whoever invoked it. @param where the function and its alias */
export function failureOfFunction(where: string, error: FunctionError, requestId: string): AccessFailure {
  const { errorType } = error;
  const said = loggableText(error.errorMessage);
  if (isTimeOut(error)) {
    const message = `Lambda ended ${where} because it took too long: ${said}. Send the request again; if it happens again, run \`rosactl logs --failed\``;
    return failed('timed-out', message, {
      mayPass: true,
      errorType: errorType || 'Sandbox.Timedout',
      requestId,
    });
  }
  const message = `${where} failed with ${errorType}: ${said}. ${nextAfter(errorType)}`;
  return failed('function-failed', message, { mayPass: mayPass(errorType), errorType, requestId });
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads what Lambda gives back of a failed function: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export function functionErrorIn(functionError: string, payload: string): FunctionError {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as Record<string, unknown>;
    return {
      errorType: textOf(errorType) || functionError,
      errorMessage: textOf(errorMessage) || 'it gave no reason',
    };
  } catch {
    return { errorType: functionError, errorMessage: 'it gave no reason' };
  }
}
