import { type CompareAspect, type Drift, deployAgain } from './drift.ts';
import { isUnread } from './reading.ts';

/** What an inline policy of a role allows. */
interface RolePolicy {
  name: string;
  actions: string[];
}

/** What a role may do. */
export interface RolePermissions {
  inline: RolePolicy[];
  /** ARNs of managed policies; this product attaches none. */
  managed: string[];
}

/** The execution roles. Every call rejects with AwsCallError. */
export interface ExecutionRoles {
  /** Undefined when there is no such role. */
  permissions(roleName: string): Promise<RolePermissions | undefined>;
}

/** The name of a role whose ARN is `arn:aws:iam::123456789012:role/path/name`. */
export const roleNameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? '';

/** Actions are the same whatever their case: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
const without = (actions: string[], others: string[]): string[] => {
  const known = new Set(others.map((action) => action.toLowerCase()));
  return actions.filter((action) => !known.has(action.toLowerCase()));
};

const managedDrift = (roleName: string, { managed }: RolePermissions): Drift[] =>
  managed.map((arn) => ({
    aspect: 'role',
    message: `the role ${roleName} has the managed policy ${arn}; this product attaches none`,
    next: `aws iam detach-role-policy --role-name ${roleName} --policy-arn ${arn}`,
  }));

const excessDrift = (roleName: string, { inline }: RolePermissions, known: string[]): Drift[] =>
  inline.flatMap(({ name, actions }) => {
    const excess = without(actions, known);
    if (excess.length === 0) return [];
    return {
      aspect: 'role',
      message: `the policy ${name} of the role ${roleName} allows what this release does not: ${excess.join(', ')}`,
      next: `aws iam get-role-policy --role-name ${roleName} --policy-name ${name}, and take it out`,
    };
  });

function missingDrift(
  roleName: string,
  { inline }: RolePermissions,
  always: string[],
  next: string,
): Drift[] {
  const granted = inline.flatMap(({ actions }) => actions);
  const missing = without(always, granted);
  if (missing.length === 0) return [];
  const message = `the policies of the role ${roleName} do not name what this release needs: ${missing.join(', ')}`;
  return [{ aspect: 'role', message, next }];
}

/** How what a role may do differs from these actions: more, then less. */
export const actionsDrift = (
  roleName: string,
  role: RolePermissions,
  { always, sometimes = [] }: { always: string[]; sometimes?: string[] },
  next: string,
): Drift[] => [
  ...managedDrift(roleName, role),
  ...excessDrift(roleName, role, [...always, ...sometimes]),
  ...missingDrift(roleName, role, always, next),
];

/** What the execution role may do, beside what this release grants. */
export const roleDrift: CompareAspect = ({ name, role, configuration }, { packaged }) => {
  if (isUnread(role) || isUnread(configuration) || !configuration) return [];
  const roleName = roleNameOf(configuration.roleArn);
  if (!role) {
    const message = `the role ${roleName} of ${name} does not exist, so it cannot run`;
    return [{ aspect: 'role', message, next: 'rosactl cleanup-account, then rosactl setup-account' }];
  }
  if (!packaged) return managedDrift(roleName, role);
  return actionsDrift(roleName, role, packaged.actions, deployAgain);
};
