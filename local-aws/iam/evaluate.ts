import { type Context, conditionsHold } from './conditions.ts';
import { listOf, type PolicyDocument, type Statement } from './policy.ts';
import { matchesAction, matchesText } from './wildcard.ts';

/** One thing a request needs to be allowed to do. `resource` is an ARN, or `*` where IAM has no narrower one. */
export type Permission = { action: string; resource: string; context: Context };

/** What decided: `implicit` means that nothing allowed it. */
export type Decision = 'allowed' | 'explicit-deny' | 'implicit-deny' | 'boundary-deny' | 'session-deny';

/** The policies of one principal. A boundary and a session policy only take away. */
export type PolicySet = {
  policies: PolicyDocument[];
  permissionsBoundary?: PolicyDocument | null;
  sessionPolicy?: PolicyDocument | null;
};

function coversAction(statement: Statement, action: string): boolean {
  const matches = (pattern: string) => matchesAction(pattern, action);
  if (statement.NotAction !== undefined) return !listOf(statement.NotAction).some(matches);
  return listOf(statement.Action).some(matches);
}

function coversResource(statement: Statement, resource: string): boolean {
  const matches = (pattern: string) => matchesText(pattern, resource);
  if (statement.NotResource !== undefined) return !listOf(statement.NotResource).some(matches);
  return listOf(statement.Resource).some(matches);
}

/** Whether a statement speaks of this permission; principals are looked at by whoever has some. */
export function statementApplies(statement: Statement, permission: Permission): boolean {
  return (
    coversAction(statement, permission.action) &&
    coversResource(statement, permission.resource) &&
    conditionsHold(statement.Condition, permission.context)
  );
}

function effects(documents: PolicyDocument[], permission: Permission): Set<Statement['Effect']> {
  const statements = documents.flatMap((document) => listOf(document.Statement));
  const applying = statements.filter((statement) => statementApplies(statement, permission));
  return new Set(applying.map((statement) => statement.Effect));
}

/**
 * Judges one permission by a principal's own policies: an explicit deny wins, then boundary and session policy
 * must each allow it too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(set: PolicySet, permission: Permission): Decision {
  const identity = effects(set.policies, permission);
  const boundary = set.permissionsBoundary ? effects([set.permissionsBoundary], permission) : undefined;
  const session = set.sessionPolicy ? effects([set.sessionPolicy], permission) : undefined;
  if ([identity, boundary, session].some((found) => found?.has('Deny'))) return 'explicit-deny';
  if (!identity.has('Allow')) return 'implicit-deny';
  if (boundary && !boundary.has('Allow')) return 'boundary-deny';
  if (session && !session.has('Allow')) return 'session-deny';
  return 'allowed';
}
