/** The full ARN of one role: no wildcard, no account, no user. */
const roleArn = /^arn:(aws|aws-us-gov|aws-cn):iam::\d{12}:role\/[\w+=,.@/-]+$/;

/**
 * Says what is wrong with a principal that is to be allowed to invoke the functions, or undefined when it is the
 * ARN of one role. Anything wider (`*`, an account, its root) would let others in the caller's account in.
 */
export function clmRoleProblem(principal: string): string | undefined {
  if (roleArn.test(principal)) return undefined;
  return `clmRoleArn must be the full ARN of one IAM role, such as arn:aws:iam::111122223333:role/CLMServiceRole, not "${principal}": an account, its root or * would let anyone there invoke the functions`;
}
