import { type Finding, failed } from '../checks/check.ts';
import { accountRoleKinds, judgeAccountRole } from '../iam/account-role-trust.ts';
import type { TrustingRole } from '../iam/trust-policy.ts';
import type { LegacyCheck } from './legacy-facts.ts';

/** The names that `rosa create account-roles --hosted-cp` gives: `<prefix>-HCP-ROSA-Installer-Role`. */
const namePattern = /^(?<prefix>.+)-ROSA-(?<kind>Installer|Support|Worker)-Role$/;

/** Whether a role is one of the three that an installation needs, by its name. */
export const isAccountRole = (name: string): boolean => namePattern.test(name);

/** Whether a role is the one that installs clusters, by its name. */
export const isInstallerRole = (name: string): boolean =>
  namePattern.exec(name)?.groups?.kind === 'Installer';

/** The account roles by prefix, then by kind. */
function groupsIn(roles: TrustingRole[]): Map<string, Map<string, TrustingRole>> {
  const groups = new Map<string, Map<string, TrustingRole>>();
  for (const role of roles) {
    const { prefix, kind } = namePattern.exec(role.name)?.groups ?? {};
    if (!prefix || !kind) continue;
    groups.set(prefix, (groups.get(prefix) ?? new Map<string, TrustingRole>()).set(kind, role));
  }
  return groups;
}

function judgeGroup(prefix: string, group: Map<string, TrustingRole>): Finding[] {
  return accountRoleKinds.map((kind) => {
    const role = group.get(kind);
    if (role) return judgeAccountRole(role, kind);
    const name = `${prefix}-ROSA-${kind}-Role`;
    return failed(
      `The account role ${name} is missing beside ${[...group.values()].map(({ name }) => name).join(' and ')}. Make it with "rosa create account-roles --hosted-cp"`,
      { resourceId: name },
    );
  });
}

/** The roles that installer, support and worker nodes of existing clusters assume are there and let them in. */
export const legacyAccountRoles: LegacyCheck = {
  name: 'legacy_account_roles',
  run: async (facts) => {
    const groups = groupsIn(await facts.roles());
    if (groups.size > 0) return [...groups].flatMap(([prefix, group]) => judgeGroup(prefix, group));
    return [
      failed(
        'No account roles were found: no role is named <prefix>-ROSA-Installer-Role, -Support-Role or -Worker-Role. Make them with "rosa create account-roles --hosted-cp"',
      ),
    ];
  },
};
