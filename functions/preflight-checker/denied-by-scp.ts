import { AwsCallError } from '../../shared/aws/aws-call-error.ts';

/**
 * Whether a call was denied by a policy of the account's organization, which AWS says in its message.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const deniedByScp = (error: unknown): error is AwsCallError =>
  error instanceof AwsCallError && /explicit deny in a service control policy/i.test(error.said);
