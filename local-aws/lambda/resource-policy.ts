import type { Caller } from '../callers.ts';
import { type Permission, statementApplies } from '../iam/evaluate.ts';
import { listOf, type Principal, type Statement } from '../iam/policy.ts';

/** A service of AWS that invokes a function, `events.amazonaws.com` for example, and what it does so for. */
export type ServicePrincipal = { name: string; sourceArn: string };

/** Whether a statement is about a caller: by name, by account, or as anybody. */
export function namesCaller(principal: Principal | undefined, caller: Caller): boolean {
  if (principal === '*') return true;
  const root = `arn:${caller.partition}:iam::${caller.accountId}:root`;
  const names = ['*', caller.arn, caller.roleArn, caller.accountId, root];
  return listOf(principal?.AWS).some((name) => names.includes(name));
}

/** Whether statements that let callers in are among these, and none that keeps them out. */
const allAllow = (statements: Statement[]): boolean =>
  statements.length > 0 && statements.every(({ Effect }) => Effect === 'Allow');

/**
 * Whether a function's resource policy lets a caller in. A statement counts for exactly the ARN it names, so one on
 * an alias does not open the function itself.
 * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function policyAdmits(statements: Statement[], caller: Caller, permission: Permission): boolean {
  const applying = statements.filter(
    (statement) => namesCaller(statement.Principal, caller) && statementApplies(statement, permission),
  );
  return allAllow(applying);
}

/** The same for a service of AWS: https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html */
export function policyAdmitsService(
  statements: Statement[],
  { name, sourceArn }: ServicePrincipal,
  functionArn: string,
): boolean {
  const context = { 'aws:sourcearn': sourceArn, 'aws:sourceaccount': sourceArn.split(':')[4] ?? '' };
  const permission = { action: 'lambda:InvokeFunction', resource: functionArn, context };
  const applying = statements.filter(
    ({ Principal, ...statement }) =>
      typeof Principal === 'object' &&
      listOf(Principal.Service).includes(name) &&
      statementApplies(statement, permission),
  );
  return allAllow(applying);
}
