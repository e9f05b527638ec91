import type { MemberAccount } from '../aws/member-accounts.ts';
import { customerRoleOf, isMarked, tagsOf, type UserRole, userNameOf } from './names.ts';
import type { Turn } from './turn.ts';

/** Makes a user of the account, unless it is there, and an administrator of it. */
export async function ensureUser(turn: Turn, { users }: MemberAccount, role: UserRole): Promise<void> {
  const { account, settings } = turn;
  const name = userNameOf(account, settings, role);
  const known = await users.get(name);
  if (!known) await users.create({ name, tags: tagsOf(account) });
  // It has been made for another Account of this AWS account, which is gone.
  if (known && !isMarked(account, known.tags)) await users.tag(name, tagsOf(account));
  const policies = await users.policies(name);
  if (!policies.includes(settings.adminPolicyArn)) await users.attachPolicy(name, settings.adminPolicyArn);
}

/**
 * Trusts whom an account trusts, not only a role of it: that would end when the role is made anew.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
const trustPolicy = (principals: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principals }, Action: 'sts:AssumeRole' }],
  });

/** Makes the role by which we, and who else may, enter an account of a customer when his keys are gone. */
export async function ensureCustomerRole(turn: Turn, { roles }: MemberAccount): Promise<void> {
  const { account, aws, settings } = turn;
  const { ccsAccessArn, adminPolicyArn } = settings;
  const name = customerRoleOf(account);
  if (!(await roles.get(name))) {
    const ourselves = await aws.organization.payerAccountId();
    const trusted = [ourselves, ...(ccsAccessArn ? [ccsAccessArn] : [])];
    await roles.create({ name, trustPolicy: trustPolicy(trusted), tags: tagsOf(account) });
  }
  const policies = await roles.policies(name);
  if (!policies.includes(adminPolicyArn)) await roles.attachPolicy(name, adminPolicyArn);
}
