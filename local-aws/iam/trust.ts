import type { AwsRequest } from '../aws-request.ts';
import type { Caller } from '../callers.ts';
import { namesCaller } from '../lambda/resource-policy.ts';
import type { Context } from './conditions.ts';
import { statementApplies } from './evaluate.ts';
import { contextOf } from './permissions.ts';
import { listOf, type PolicyDocument, type Statement } from './policy.ts';

const ASSUME = 'sts:AssumeRole';

/** What a role's trust policy says to a caller: `named` is enough within one account, `account` leaves it to IAM. */
export type Trust = 'named' | 'account' | 'no';

/** The statements about AssumeRole whose conditions hold; a trust policy has no resource. */
function applying(statements: Statement[], context: Context): Statement[] {
  const permission = { action: ASSUME, resource: '*', context };
  return statements.filter((statement) => statementApplies({ ...statement, Resource: '*' }, permission));
}

function namesItself({ Principal }: Statement, { arn, roleArn }: Caller): boolean {
  const names = typeof Principal === 'object' ? listOf(Principal.AWS) : [];
  return names.includes(arn) || (roleArn !== undefined && names.includes(roleArn));
}

/**
 * Judges an AssumeRole by the role's trust policy. Where IAM is not enforced anybody counts as the one who is let in,
 * but what the policy asks of the call itself, an external id for example, it asks all the same.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html
 */
export function trustOf(
  policy: PolicyDocument,
  request: AwsRequest,
  caller: Caller,
  enforced: boolean,
): Trust {
  const statements = listOf(policy.Statement);
  const context = contextOf(request, caller);
  const holding = applying(statements, context);
  if (!enforced) {
    const aboutIt = statements.filter(({ Action }) => listOf(Action).some((action) => action === ASSUME));
    return aboutIt.length === 0 || holding.some(({ Effect }) => Effect === 'Allow') ? 'named' : 'no';
  }
  const about = holding.filter(({ Principal }) => namesCaller(Principal, caller));
  if (about.length === 0 || about.some(({ Effect }) => Effect === 'Deny')) return 'no';
  return about.some((statement) => namesItself(statement, caller)) ? 'named' : 'account';
}
