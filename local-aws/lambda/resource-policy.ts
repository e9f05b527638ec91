import type { Caller } from '../callers.ts';
import { type Permission, statementApplies } from '../iam/evaluate.ts';
import { listOf, type Principal, type Statement } from '../iam/policy.ts';

function namesCaller(principal: Principal | undefined, caller: Caller): boolean {
  if (principal === '*') return true;
  const root = `arn:${caller.partition}:iam::${caller.accountId}:root`;
  const names = ['*', caller.arn, caller.roleArn, caller.accountId, root];
  return listOf(principal?.AWS).some((name) => names.includes(name));
}

/**
 * Whether a function's resource policy lets a caller in. A statement counts for exactly the ARN it names, so one on
 * an alias does not open the function itself.
 * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function policyAdmits(statements: Statement[], caller: Caller, permission: Permission): boolean {
  const applying = statements.filter(
    (statement) => namesCaller(statement.Principal, caller) && statementApplies(statement, permission),
  );
  return applying.length > 0 && applying.every(({ Effect }) => Effect === 'Allow');
}
