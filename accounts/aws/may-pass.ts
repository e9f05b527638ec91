import { AwsCallError, type AwsFailure } from '../../shared/aws/aws-call-error.ts';

/** What another try with the same values cannot change. */
const lasting: AwsFailure[] = ['exists', 'limit', 'invalid'];

/**
 * Whether a refusal may be only that something new is not known everywhere in AWS yet, or that AWS is busy: denied, not
 * there and not accepted are what IAM says of what it has just made. Until when to believe that is for the caller to know.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export const mayPass = (error: unknown): error is AwsCallError =>
  error instanceof AwsCallError && !lasting.includes(error.failure);
