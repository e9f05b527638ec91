import type { MiddlewareObj } from '@middy/core';
import type { SchemaError } from '../../schemas/validator.ts';
import { AwsCallError, type AwsFailure } from '../aws/aws-call-error.ts';
import { Undetermined } from '../checks/check.ts';
import { type ErrorName, OperationError } from '../operation-error.ts';
import { offences } from './offences.ts';

const namesByFailure: Record<AwsFailure, ErrorName> = {
  denied: 'AccessDeniedError',
  unauthenticated: 'AccessDeniedError',
  throttled: 'ThrottledError',
  'not-found': 'ConflictError',
  exists: 'ConflictError',
  'concurrent-change': 'DependencyError',
  limit: 'ConflictError',
  invalid: 'InvalidRequestError',
  unavailable: 'DependencyError',
};

const remedies: Record<AwsFailure, (error: AwsCallError) => string> = {
  denied: (error) =>
    `the function's role may not call ${error.action}. Deploy the functions again with rosactl or serverless, and check that no service control policy or permissions boundary denies the action`,
  unauthenticated: () =>
    "AWS did not accept the function's credentials there. Check that the region is enabled for the account",
  throttled: () => 'AWS is limiting the rate of calls. Try again in a minute',
  'not-found': () => 'what the request refers to is not there. Check the request',
  exists: () => 'it exists already in another form',
  'concurrent-change': () =>
    'IAM is still busy with another change to the same resource. Try again in a minute',
  limit: () =>
    "the account's quota is reached. Ask for an increase in Service Quotas or remove what is unused",
  invalid: () => 'AWS refused the values of the request. Check the request',
  unavailable: () => 'AWS did not answer as it should. Try again in a minute',
};

const nameAwsError = (error: AwsCallError): OperationError =>
  new OperationError(
    namesByFailure[error.failure],
    `${error.action} failed with ${error.code}: ${remedies[error.failure](error)}. AWS said: ${error.said}`,
    { cause: error },
  );

const isSchemaFailure = (
  error: unknown,
): error is Error & { statusCode: number; cause: { data: SchemaError[] } } =>
  error instanceof Error && (error.cause as { package?: string } | undefined)?.package === '@middy/validator';

/** The failure by a name a caller can act on; the original is its `cause`. */
export function nameError(error: unknown): OperationError {
  if (error instanceof OperationError) return error;
  if (error instanceof AwsCallError) return nameAwsError(error);
  if (error instanceof Undetermined) {
    return new OperationError('DependencyError', `${error.message}. Try again in a minute`, { cause: error });
  }
  if (isSchemaFailure(error) && error.statusCode === 400) {
    const message = `the request was refused and nothing was done: ${offences(error.cause.data)}`;
    return new OperationError('InvalidRequestError', message, { cause: error });
  }
  return new OperationError(
    'InternalError',
    'an unexpected fault of the function. Report it with the request id; the log of the invocation has the cause',
    { cause: error },
  );
}

/** Gives every failure one of the names a caller can act on; the original stays as `cause`. */
export const nameErrors = (): MiddlewareObj => ({
  onError: (request) => {
    request.error = nameError(request.error);
  },
});
