import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { again, done, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import { enterAccount, NoWayInError } from '../account/way-in.ts';
import { ForbiddenAccountError } from '../aws/account-guards.ts';
import type { Account } from '../resources/account.ts';
import type { AccountClaim } from '../resources/account-claim.ts';
import { accessUidLabel } from '../resources/api.ts';
import type { AWSFederatedRole } from '../resources/aws-federated-role.ts';
import { bringAbout, NameTakenError } from './bring-about.ts';
import { policyNameOf } from './names.ts';
import { isThere, isUsable, roleOf, unusable } from './role-of.ts';
import {
  type AccessTurn,
  type Finding,
  type Grant,
  grantOf,
  hindered,
  moved,
  noted,
  save,
  secondsSince,
  statusOf,
} from './turn.ts';
import { accountNamed, belongTogether, claimNamed } from './whose-account.ts';
import { withdraw } from './withdraw-access.ts';

/** Makes role and policies as the AWSFederatedRole describes them, as long as account and claim are the same. */
export async function serveAccess(turn: AccessTurn): Promise<Reconciled> {
  const grant = grantOf(turn);
  const [role, claim, account] = await Promise.all([
    roleOf(turn),
    claimNamed(turn.store, grant.claim),
    accountNamed(turn.store, grant.account),
  ]);
  if (!isThere(role)) return withdraw(turn, unusable(turn, role));
  if (!claim || !account || !isHeld(grant, claim, account)) return withdraw(turn, goneFrom(grant, claim));
  if (!isUsable(role)) return waitForRole(turn, role);
  if (!isFollowed(grant, role)) return follow(turn, role);
  if (statusOf(turn)?.state === 'Ready' && grant.follows?.isProven) return done;
  return make(turn, role, account).catch((error: unknown) => obstructed(turn, error));
}

const isHeld = (grant: Grant, claim: AccountClaim, account: Account): boolean =>
  claim.metadata.uid === grant.claim.uid &&
  account.spec.awsAccountID === grant.accountID &&
  belongTogether({ claim, account });

function goneFrom(
  { claim: { namespace, name }, accountID }: Grant,
  claim: AccountClaim | undefined,
): Finding {
  const isGone = !claim || claim.metadata.deletionTimestamp !== undefined;
  return isGone
    ? { reason: 'ClaimGone', message: `claim ${namespace}/${name} gives the account ${accountID} back` }
    : {
        reason: 'AccountOfAnother',
        message: `account ${accountID} is not that of claim ${namespace}/${name} any more`,
      };
}

/** What there is stays as it is, and is not said to be what is wanted. */
async function waitForRole(turn: AccessTurn, role: AWSFederatedRole): Promise<Reconciled> {
  await noted(turn, 'InProgress', unusable(turn, role));
  return done;
}

const isFollowed = ({ follows }: Grant, { metadata }: AWSFederatedRole): boolean =>
  follows?.uid === metadata.uid && follows.generation === metadata.generation;

/** Writes down which version is made, and the name of a policy that there was no need for so far. It keeps its name. */
async function follow(turn: AccessTurn, { metadata, spec }: AWSFederatedRole): Promise<Reconciled> {
  const { access, partition, now } = turn;
  const grant = grantOf(turn);
  const custom = spec.awsCustomPolicy?.name;
  const policyName =
    grant.policyName ?? (custom && policyNameOf(custom, access.metadata.labels[accessUidLabel] ?? ''));
  const policyARN = policyName && `arn:${partition}:iam::${grant.accountID}:policy/${policyName}`;
  const { uid, generation } = metadata;
  const follows = { uid, generation, since: now().toISOString() };
  const changed = { ...grant, follows, ...(policyName && policyARN && { policyName, policyARN }) };
  const finding = { reason: 'InProgress', message: 'role and policies are being made' };
  await save(turn, moved(turn, 'InProgress', finding, { grant: changed }));
  return again(0);
}

/**
 * Makes what is not there, and looks once more when everything is seen by everybody: what an invocation had asked for that
 * has ended may have come about since.
 */
async function make(turn: AccessTurn, role: AWSFederatedRole, account: Account): Promise<Reconciled> {
  const { settings } = turn;
  const member = await enterAccount({ ...turn, account });
  const changes = await bringAbout(turn, role, member);
  if (statusOf(turn)?.state !== 'Ready') {
    await save(turn, moved(turn, 'Ready', { reason: 'Ready', message: 'Account access is ready' }));
  }
  const grant = grantOf(turn);
  const follows = grant.follows ?? { uid: role.metadata.uid, generation: 0, since: turn.now().toISOString() };
  const rest = settings.settleSeconds - secondsSince(turn, follows.since);
  if (rest > 0) return again(Math.ceil(rest));
  if (changes > 0) return again(settings.settleSeconds);
  const status = moved(
    turn,
    'Ready',
    { reason: 'Ready', message: 'Account access is ready' },
    {
      grant: { ...grant, follows: { ...follows, isProven: true } },
    },
  );
  await save(turn, status);
  return done;
}

async function obstructed(turn: AccessTurn, error: unknown): Promise<Reconciled> {
  if (error instanceof NoWayInError) return hindered(turn, error.finding);
  if (error instanceof ForbiddenAccountError) return withdraw(turn, reasonOf('ForbiddenAccount', error));
  if (error instanceof NameTakenError) return withdraw(turn, reasonOf('NameTaken', error));
  if (!(error instanceof AwsCallError) || error.action.startsWith('dynamodb:')) throw error;
  const { settings } = turn;
  // A principal that was just made is taken for none, too.
  const isLasting = secondsSince(turn, grantOf(turn).follows?.since ?? '') >= settings.settleSeconds;
  const finding = reasonOf(error.code, error);
  return error.failure === 'invalid' && isLasting ? withdraw(turn, finding) : hindered(turn, finding);
}

const reasonOf = (reason: string, { message }: Error): Finding => ({ reason, message });
