import type { MemberAccount } from '../aws/member-accounts.ts';
import { customerRoleOf, isMarked, userNameOf, userRoles } from './names.ts';
import type { Turn } from './turn.ts';

/** Takes away the IAM users that were made for an account. @returns how many there were to take away */
export async function deleteUsers(turn: Turn, member: MemberAccount): Promise<number> {
  let count = 0;
  for (const role of userRoles) {
    count += await deleteUser(turn, member, userNameOf(turn.account, turn.settings, role));
  }
  return count;
}

async function deleteUser({ account }: Turn, { users }: MemberAccount, name: string): Promise<number> {
  const user = await users.get(name);
  if (!user || !isMarked(account, user.tags)) return 0;
  for (const arn of await users.policies(name)) await users.detachPolicy(name, arn);
  for (const { id } of await users.keys(name)) await users.deleteKey(name, id);
  await users.delete(name);
  return 1;
}

/** Takes away the role that was made in an account of a customer. */
export async function deleteCustomerRole({ account }: Turn, { roles }: MemberAccount): Promise<void> {
  const name = customerRoleOf(account);
  const role = await roles.get(name);
  if (!role || !isMarked(account, role.tags)) return;
  for (const arn of await roles.policies(name)) await roles.detachPolicy(name, arn);
  await roles.delete(name);
}
