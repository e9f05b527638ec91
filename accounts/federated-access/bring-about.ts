import { isDeepStrictEqual } from 'node:util';
import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import type { MemberAccount } from '../aws/member-accounts.ts';
import { policyDocument, trustPolicy } from '../federated-role/policy-document.ts';
import type { AWSFederatedRole } from '../resources/aws-federated-role.ts';
import { isMarked, tagsOf } from './names.ts';
import { type AccessTurn, grantOf } from './turn.ts';

/** Something of that name belongs to somebody else. Nothing was done with it. */
export class NameTakenError extends Error {
  override readonly name = 'NameTakenError';
}

/** Something that was made is not seen yet. */
const notSeenYet = (action: string, what: string): AwsCallError =>
  new AwsCallError(
    action,
    Object.assign(new Error(`${what} is there, and not seen yet`), { name: 'NotSeenYet' }),
  );

/**
 * Gives the account the role and the policies that are described, and takes away what the role has beside them. Each step
 * looks first.
 * @returns how much there was to do
 * @throws AwsCallError, NameTakenError
 */
export async function bringAbout(
  turn: AccessTurn,
  role: AWSFederatedRole,
  member: MemberAccount,
): Promise<number> {
  const document = policyDocument(role.spec);
  let changes = document === undefined ? 0 : await ensurePolicy(turn, role, member, document);
  const isNew = await ensureRole(turn, role, member);
  changes += (isNew ? 1 : 0) + (await ensureAttached(turn, wantedPolicies(turn, role), member, isNew));
  return changes + (document === undefined ? await dropPolicy(turn, member) : 0);
}

function wantedPolicies(turn: AccessTurn, { spec }: AWSFederatedRole): string[] {
  const { policyARN } = grantOf(turn);
  const own = policyDocument(spec) !== undefined && policyARN ? [policyARN] : [];
  const managed = (spec.awsManagedPolicies ?? []).map(
    (name) => `arn:${turn.partition}:iam::aws:policy/${name}`,
  );
  return [...new Set([...managed, ...own])];
}

const isSame = (one: string, other: string): boolean => isDeepStrictEqual(JSON.parse(one), JSON.parse(other));

async function ensurePolicy(
  turn: AccessTurn,
  { spec }: AWSFederatedRole,
  { policies }: MemberAccount,
  document: string,
): Promise<number> {
  const { policyName: name = '', policyARN: arn = '' } = grantOf(turn);
  const known = await policies.get(arn);
  if (known && !isMarked(turn.access, known.tags))
    throw new NameTakenError(`${arn} belongs to somebody else`);
  if (known && isSame(known.document, document)) return 0;
  if (known) {
    await policies.change(arn, document);
    return 1;
  }
  const description = spec.awsCustomPolicy?.description ?? '';
  const made = await policies.create({ name, document, description, tags: tagsOf(turn.access) });
  if (made === 'exists') throw notSeenYet('iam:CreatePolicy', arn);
  return 1;
}

/** @returns whether it was made right now */
async function ensureRole(
  turn: AccessTurn,
  { spec }: AWSFederatedRole,
  { roles }: MemberAccount,
): Promise<boolean> {
  const { roleName: name, roleARN } = grantOf(turn);
  const known = await roles.get(name);
  if (known && !isMarked(turn.access, known.tags))
    throw new NameTakenError(`${roleARN} belongs to somebody else`);
  if (known) return false;
  const made = await roles.create({
    name,
    trustPolicy: trustPolicy(turn.access.spec.externalCustomerAWSIAMARN),
    description: spec.roleDescription,
    tags: tagsOf(turn.access),
  });
  if (made === 'exists') throw notSeenYet('iam:CreateRole', roleARN);
  return true;
}

async function ensureAttached(
  turn: AccessTurn,
  wanted: readonly string[],
  { roles }: MemberAccount,
  isNew: boolean,
): Promise<number> {
  const { roleName } = grantOf(turn);
  const attached = isNew ? [] : await roles.policies(roleName);
  const surplus = attached.filter((arn) => !wanted.includes(arn));
  const missing = wanted.filter((arn) => !attached.includes(arn));
  // First what is not to be any more: a role has ten at most.
  for (const arn of surplus) await roles.detachPolicy(roleName, arn);
  for (const arn of missing) await roles.attachPolicy(roleName, arn);
  return surplus.length + missing.length;
}

/** The role has no policy of its own any more. */
async function dropPolicy(turn: AccessTurn, { policies }: MemberAccount): Promise<number> {
  const { policyARN } = grantOf(turn);
  const known = policyARN ? await policies.get(policyARN) : undefined;
  if (!known || !isMarked(turn.access, known.tags)) return 0;
  await policies.delete(known.arn);
  return 1;
}
