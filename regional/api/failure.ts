import { AwsCallError, type AwsFailure } from '../../shared/aws/aws-call-error.ts';
import { OperationError } from '../../shared/operation-error.ts';
import { ConflictError, PageTokenError } from '../../shared/resources/resource-store.ts';
import { type Answer, refusal } from './answer.ts';
import { wrongPageToken } from './query.ts';

/** What AWS may do otherwise a moment later. */
const passing: readonly AwsFailure[] = ['throttled', 'unavailable', 'concurrent-change'];

/** Whether the same request can succeed when it is sent again. */
function mayPass(error: unknown): boolean {
  if (error instanceof AwsCallError) return passing.includes(error.failure);
  // The time of the invocation was over, or others kept changing the same resource.
  return (
    error instanceof ConflictError || (error instanceof OperationError && error.name === 'DependencyError')
  );
}

/** A second lets a throttled table recover: DynamoDB gives capacity by the second. */
const retryAfterSeconds = 1;

/** Has the caller come back. */
export const later = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) },
});

/** What is said to a request whose work was not done; why, is in the log alone. */
export function answerTo(error: unknown, requestId: string): Answer {
  if (error instanceof PageTokenError) return wrongPageToken;
  if (mayPass(error)) {
    const reason = 'the Platform API cannot serve the request now. Send the same request again in a moment';
    return later(refusal(503, 'SERVICE-001', reason));
  }
  const reason = `an unexpected fault of the Platform API. Report it with the request id ${requestId}`;
  return refusal(500, 'INTERNAL-001', reason);
}
