import { again, type Reconciled } from '../../shared/reconcile/reconcile.ts';
import type { NewResource } from '../../shared/resources/resource.ts';
import { type AccountSpec, accountKind } from '../resources/account.ts';
import type { AccountClaim } from '../resources/account-claim.ts';
import { apiVersion, awsFinalizer, iamUserIdLabel, operatorNamespace } from '../resources/api.ts';
import { pendingStatus, stopClaim } from './claim-states.ts';
import { accountNamed, type ClaimTurn, digestOf, isHeldBy, linksTo } from './claim-turn.ts';

/** The account of a claim whose customer brings his own: always the same one for the same claim. */
export const broughtAccountName = ({ metadata }: AccountClaim, emailId: string): string =>
  `${emailId}-${metadata.uid.toLowerCase()}`;

/** The AWS account that a customer brings. A role tells in which it is. */
function accountIdOf({ spec }: AccountClaim): string {
  const [, , , , ofRole = ''] = spec.stsRoleARN?.split(':') ?? [];
  return spec.byocAWSAccountID || ofRole;
}

function broughtAccount(turn: ClaimTurn): NewResource<AccountSpec> {
  const { claim, settings } = turn;
  const { byoc, manualSTSMode, legalEntity } = claim.spec;
  return {
    apiVersion,
    kind: accountKind.kind,
    metadata: {
      namespace: operatorNamespace,
      name: broughtAccountName(claim, settings.emailId),
      labels: { [iamUserIdLabel]: digestOf(claim.metadata.uid).slice(0, 6) },
      finalizers: manualSTSMode ? [] : [awsFinalizer],
    },
    spec: {
      awsAccountID: accountIdOf(claim),
      iamUserSecret: '',
      ...(byoc && { byoc }),
      ...(manualSTSMode && { manualSTSMode }),
      ...linksTo(claim),
      legalEntity,
    },
  };
}

/**
 * Makes the Account of a claim whose customer brings his own, and links the claim with it, in one transaction. Its name
 * comes of the claim, and nobody else may bring the same AWS account: so there is never a second one.
 */
export async function bringAccount(turn: ClaimTurn): Promise<Reconciled> {
  const { store, claim } = turn;
  const resource = broughtAccount(turn);
  const { name } = resource.metadata;
  const { awsAccountID } = resource.spec;
  const spec = { ...claim.spec, accountLink: name };
  const linked = { do: 'replace', resource: { ...claim, spec, status: pendingStatus(turn) } } as const;
  const ended = await store.transact([
    { do: 'create', resource, claims: [`brought-account#${awsAccountID}`] },
    linked,
  ]);
  if (ended.outcome === 'done') return again(0);
  if (ended.outcome === 'claimed') {
    const message = `AWS account ${awsAccountID} is in use by Account ${ended.holder.name}, which another claim has brought: delete that claim first`;
    return stopClaim(turn, { type: 'CCSAccountClaimFailed', reason: 'BYOCAWSAccountInUse', message });
  }
  const account = await accountNamed(turn, name);
  if (account && isHeldBy(account, claim)) await store.transact([linked]);
  return again(turn.settings.accountPollSeconds);
}
