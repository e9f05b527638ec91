import { AwsCallError } from '../../shared/aws/aws-call-error.ts';

/**
 * How AWS says that a policy of the account's organization denied a call: by denying it, or by not allowing it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const scpDenial = /explicit deny in a service control policy|no service control policy allows/i;

/** Whether a call was denied by a policy of the account's organization, which AWS says in its message. */
export const deniedByScp = (error: unknown): error is AwsCallError =>
  error instanceof AwsCallError && scpDenial.test(error.said);
