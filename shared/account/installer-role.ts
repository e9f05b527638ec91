import { isInstallerRole } from '../legacy-access/account-roles.ts';
import type { LegacySource } from '../legacy-access/legacy-facts.ts';
import type { Account } from '../platform-api/platform-api.ts';
import { Refused } from '../release/refused.ts';

const nameIt = 'name the role that the platform is to work with in --oidc-sts-role-arn';

/**
 * The ARN of the role with which the platform works in the account itself: the one asked for, else the one it knows,
 * else the only installer role there is.
 * @throws Refused when there is none, or more than one; AwsCallError
 */
export async function installerRoleFor(
  { legacy }: LegacySource,
  asked: string | undefined,
  known: Account | undefined,
): Promise<string> {
  const given = asked ?? known?.oidcStsRoleArn;
  if (given) return given;
  const [role, ...others] = (await legacy.roles()).filter(({ name }) => isInstallerRole(name));
  if (!role)
    throw new Refused(
      `there is no role named <prefix>-ROSA-Installer-Role: make it with "rosa create account-roles --hosted-cp", or ${nameIt}`,
    );
  if (others.length === 0) return role.arn;
  const names = [role, ...others].map(({ arn }) => arn).join(', ');
  throw new Refused(`there is more than one installer role (${names}): ${nameIt}`);
}
