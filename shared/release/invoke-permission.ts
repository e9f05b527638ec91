import type { LambdaFunctions, PolicyStatement } from './lambda-functions.ts';

/** The one statement of an alias's policy. */
const invokeStatementId = 'AllowRosaRegionalPlatformInvoke';

const allows = (statement: PolicyStatement, role: string): boolean =>
  statement.Sid === invokeStatementId &&
  statement.Effect === 'Allow' &&
  statement.Action === 'lambda:InvokeFunction' &&
  statement.Condition === undefined &&
  typeof statement.Principal === 'object' &&
  statement.Principal.AWS === role;

/**
 * Makes the policy of an alias exactly what it should be: one statement for the role, or none without a role.
 * Other statements are removed: whoever else could invoke the alias would escape the audit. A statement for a
 * role that was deleted and made again names the old one by its unique id and is replaced too.
 * @returns whether something was changed
 */
export async function ensureInvokePermission(
  functions: LambdaFunctions,
  name: string,
  alias: string,
  role: string | undefined,
): Promise<boolean> {
  const statements = await functions.policy(name, alias);
  const right = role ? statements.filter((statement) => allows(statement, role)) : [];
  const wrong = statements.filter((statement) => !right.includes(statement));
  for (const { Sid } of wrong) await functions.removeStatement(name, alias, Sid);
  const mustAdd = role !== undefined && right.length === 0;
  if (mustAdd) await functions.allowInvoke(name, alias, invokeStatementId, role);
  return mustAdd || wrong.length > 0;
}
