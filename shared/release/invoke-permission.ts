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

/** Whether an alias's policy lets in the one role and nobody else. */
export const isExactly = (statements: PolicyStatement[], role: string): boolean =>
  statements.length === 1 && statements.every((statement) => allows(statement, role));

/** Whom a statement of an alias's policy lets in. */
export const principalsOf = ({ Principal }: PolicyStatement): string[] =>
  typeof Principal === 'string' ? [Principal] : Object.values(Principal);

/** Holds the door open while the statement of the right name is exchanged. */
const interimStatementId = `${invokeStatementId}-interim`;

/** Whom the statements let in that were made here; what others have added is not to be followed. */
export const ownPrincipalsOf = (statements: PolicyStatement[]): string[] =>
  statements.filter(({ Sid }) => [invokeStatementId, interimStatementId].includes(Sid)).flatMap(principalsOf);

/**
 * Makes the policy of an alias exactly what it should be: one statement for the role, or none without a role.
 * Other statements are removed: whoever else could invoke the alias would escape the audit. A statement for a
 * role that was deleted and made again names the old one by its unique id and is replaced too. AWS refuses a
 * role that does not exist; whoever is let in then still is.
 */
export async function ensureInvokePermission(
  functions: LambdaFunctions,
  name: string,
  alias: string,
  role: string | undefined,
): Promise<void> {
  const statements = await functions.policy(name, alias);
  const right = statements.find((statement) => role !== undefined && allows(statement, role));
  const wrong = statements.filter((statement) => statement !== right).map(({ Sid }) => Sid);
  const remove = async (statementIds: string[]) => {
    for (const statementId of statementIds) await functions.removeStatement(name, alias, statementId);
  };
  if (right || !role) return remove(wrong);
  if (!wrong.includes(invokeStatementId)) {
    await functions.allowInvoke(name, alias, invokeStatementId, role);
    return remove(wrong);
  }
  // An interim statement that is there already was left by a run that was interrupted.
  await remove(wrong.filter((statementId) => statementId === interimStatementId));
  await functions.allowInvoke(name, alias, interimStatementId, role);
  await remove(wrong.filter((statementId) => statementId !== interimStatementId));
  await functions.allowInvoke(name, alias, invokeStatementId, role);
  await remove([interimStatementId]);
}
