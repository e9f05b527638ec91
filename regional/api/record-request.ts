import type { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { PlatformError } from '../../schemas/generated/platform-error.js';
import { errorChain } from '../../shared/operation/error-chain.ts';
import { tenths } from '../../shared/operation/tenths.ts';
import { pathOf } from './request.ts';
import type { Responded } from './respond.ts';

/** What went wrong while a request was served, which the caller is not told. */
const causeOf = ({ answer, cause }: Responded): object =>
  answer.status >= 500 ? { errors: errorChain(cause) } : {};

/**
 * Writes the one record of a request: who asked for what, what was said, and why when nothing could be done. The body
 * is left out, since a refused one may hold a secret and an accepted one is in the table.
 */
export function recordRequest(
  logger: Logger,
  event: APIGatewayProxyEvent,
  responded: Responded,
  durationMs: number,
): void {
  const { identity, requestId } = event.requestContext;
  const { status, body } = responded.answer;
  const record = {
    operation: responded.operationId,
    status,
    code: (body as Partial<PlatformError> | undefined)?.code,
    method: event.httpMethod,
    path: pathOf(event),
    account_id: identity.accountId,
    caller_arn: identity.userArn,
    // The id that the caller was given; the record's own request_id is the invocation's.
    api_request_id: requestId,
    duration: tenths(durationMs),
    ...causeOf(responded),
  };
  if (status >= 500) logger.error('request not served', record);
  else logger.info('request answered', record);
}
