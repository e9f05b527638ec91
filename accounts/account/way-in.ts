import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import type { MemberAccount, WayIn } from '../aws/member-accounts.ts';
import { secretKeys, secretName } from '../aws/secrets.ts';
import { type AccountClaim, type AccountClaimSpec, accountClaimKind } from '../resources/account-claim.ts';
import { customerRoleOf } from './names.ts';
import type { Finding } from './states.ts';
import type { Turn } from './turn.ts';

/** Who enters: the controller of accounts, or another that works in one. */
export type Entering = Pick<Turn, 'store' | 'aws' | 'settings' | 'account'>;

/** What is in the way of entering an account, other than AWS. */
export class NoWayInError extends Error {
  override readonly name = 'NoWayInError';
  readonly finding: Finding;

  constructor(reason: string, message: string) {
    super(message);
    this.finding = { type: 'AccountClientError', reason, message };
  }
}

/** The claim that an account was made for or has been given to. */
export async function claimOf({
  store,
  account,
}: Pick<Entering, 'store' | 'account'>): Promise<AccountClaim | undefined> {
  const { claimLink = '', claimLinkNamespace = '' } = account.spec;
  if (!claimLink || !claimLinkNamespace) return undefined;
  return store.get<AccountClaimSpec, NonNullable<AccountClaim['status']>>({
    kind: accountClaimKind.kind,
    namespace: claimLinkNamespace,
    name: claimLink,
  });
}

/** The customer's own keys, which the claim names; undefined when they are not there. */
async function keysOf({ aws }: Entering, claim: AccountClaim | undefined): Promise<WayIn | undefined> {
  const { name, namespace } = claim?.spec.byocSecretRef ?? {};
  if (!name || !namespace) return undefined;
  const values = await aws.secrets.get(secretName(namespace, name));
  const { [secretKeys.accessKeyId]: id, [secretKeys.secretAccessKey]: secret } = values ?? {};
  return id && secret ? { by: 'access-key', key: { id, secret } } : undefined;
}

function roleOf({ settings }: Entering, claim: AccountClaim | undefined): WayIn {
  const roleArn = claim?.spec.stsRoleARN;
  if (!roleArn)
    throw new NoWayInError('STSRoleARNMissing', 'the claim of this account names no role to assume');
  const throughRoleArn = settings.stsJumpRoleArn;
  if (!throughRoleArn) throw new NoWayInError('STSJumpRoleMissing', 'stsJumpRoleArn is not set');
  return { by: 'role-chain', throughRoleArn, roleArn };
}

/** The ways into an account, the first to be tried first. */
async function waysIn(turn: Entering): Promise<WayIn[]> {
  const { account, settings } = turn;
  const { byoc, manualSTSMode } = account.spec;
  if (!byoc && !manualSTSMode) return [{ by: 'role', roleName: settings.accountOperatorIAMRole }];
  const claim = await claimOf(turn);
  if (manualSTSMode) return [roleOf(turn, claim)];
  const keys = await keysOf(turn, claim);
  const byKeys = keys ? [keys] : [];
  // The keys may be gone before the account, or dead: then the role that was made is left.
  if (account.metadata.deletionTimestamp)
    return [...byKeys, { by: 'role', roleName: customerRoleOf(account) }];
  if (keys) return byKeys;
  throw new NoWayInError('AWSClientCreationFailed', "the secret with the customer's keys is not there");
}

/**
 * Enters the account as its kind is entered.
 * @throws AwsCallError when AWS does not let us in, or not yet
 * @throws NoWayInError when it is not AWS that is in the way
 * @throws ForbiddenAccountError
 */
export async function enterAccount(turn: Entering): Promise<MemberAccount> {
  let refusal: AwsCallError | undefined;
  for (const way of await waysIn(turn)) {
    const entry = await turn.aws.members.enter(turn.account, way);
    if (entry.outcome === 'entered') return entry.account;
    refusal = entry.error;
  }
  throw refusal;
}

/** Whether an error says that AWS does not let us in: for now, or for good. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof AwsCallError &&
  ['denied', 'unauthenticated'].includes(error.failure) &&
  ['sts:AssumeRole', 'sts:GetCallerIdentity'].includes(error.action);
