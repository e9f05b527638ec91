import { isDeepStrictEqual } from 'node:util';
import { policyDocument, trustPolicy } from '../../../accounts/federated-role/policy-document.ts';
import { type Account, accountKind } from '../../../accounts/resources/account.ts';
import { type AccountClaim, accountClaimKind } from '../../../accounts/resources/account-claim.ts';
import {
  type AWSFederatedAccountAccess,
  federatedAccessKind,
} from '../../../accounts/resources/aws-federated-account-access.ts';
import { type AWSFederatedRole, federatedRoleKind } from '../../../accounts/resources/aws-federated-role.ts';
import type { AwsModel } from '../aws/aws-model.ts';
import type { Invariant, View } from '../engine/simulation.ts';
import { isTakeable } from './people.ts';

type FederatedView = View<AwsModel>;

const invariant = (
  holds: Invariant<AwsModel>['holds'],
  name: string,
  violation: Invariant<AwsModel>['violation'],
): Invariant<AwsModel> => ({ holds, name, violation });

const accessesIn = ({ resources }: FederatedView) =>
  resources<AWSFederatedAccountAccess>(federatedAccessKind.kind);
const rolesIn = ({ resources }: FederatedView) => resources<AWSFederatedRole>(federatedRoleKind.kind);
const claimsIn = ({ resources }: FederatedView) => resources<AccountClaim>(accountClaimKind.kind);
const accountsIn = ({ resources }: FederatedView) => resources<Account>(accountKind.kind);

/** Says what is wrong with the first of some that is not as it should be. */
function first<Item>(items: readonly Item[], wrong: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const violation = wrong(item);
    if (violation) return violation;
  }
  return undefined;
}

/** What was made in the accounts: names of roles, and of policies. */
const madeIn = ({ world }: FederatedView) =>
  world.organization.members.flatMap(({ id, iam }) => [
    ...iam.roleList.filter(({ tags }) => tags.federatedAccessUid).map(({ name }) => ({ id, name })),
    ...iam.policyList.map(({ arn }) => ({ id, name: arn.split('/').at(-1) ?? '' })),
  ]);

const liveGrant = ({ status }: AWSFederatedAccountAccess) =>
  status?.grant && !status.grant.endedAt ? status.grant : undefined;

/** The access for which something was made. */
const makerOf = (view: FederatedView, made: { id: string; name: string }) =>
  accessesIn(view).find((access) => {
    const grant = liveGrant(access);
    return grant?.accountID === made.id && [grant.roleName, grant.policyName].includes(made.name);
  });

/** Whose an account is now. */
function holderOf(view: FederatedView, accountId: string): AccountClaim | undefined {
  const account = accountsIn(view).find(({ spec }) => spec.awsAccountID === accountId);
  return claimsIn(view).find(
    ({ metadata }) =>
      metadata.name === account?.spec.claimLink && metadata.namespace === account.spec.claimLinkNamespace,
  );
}

function roleOf(view: FederatedView, { spec }: AWSFederatedAccountAccess): AWSFederatedRole | undefined {
  return rolesIn(view).find(({ metadata }) => metadata.name === spec.awsFederatedRole.name);
}

/** What is not as the AWSFederatedRole describes it. */
function difference(view: FederatedView, access: AWSFederatedAccountAccess): string | undefined {
  const grant = liveGrant(access);
  const role = roleOf(view, access);
  if (!grant || !role) return 'there is nothing to be ready';
  const iam = view.world.account(grant.accountID)?.iam;
  const made = iam?.roleList.find(({ name }) => name === grant.roleName);
  const document = policyDocument(role.spec);
  const own = iam?.policyList.filter(({ arn }) => arn === grant.policyARN) ?? [];
  const managed = (role.spec.awsManagedPolicies ?? []).map((name) => `arn:aws:iam::aws:policy/${name}`);
  const wanted = [...managed, ...(document ? [grant.policyARN] : [])].sort();
  if (made?.trust !== trustPolicy(access.spec.externalCustomerAWSIAMARN)) return `it trusts ${made?.trust}`;
  if (!isDeepStrictEqual([...made.policies].sort(), wanted)) return `it has ${made.policies}`;
  const documents = own.map((one) => one.document);
  return isDeepStrictEqual(documents, document ? [document] : []) ? undefined : `its policy is ${documents}`;
}

const nameOf = ({ metadata }: { metadata: { namespace: string; name: string } }): string =>
  `${metadata.namespace}/${metadata.name}`;

export const federatedInvariants: readonly Invariant<AwsModel>[] = [
  invariant('always', 'nothing is made that is not written down', (view) =>
    first(madeIn(view), (made) => (makerOf(view, made) ? undefined : `${made.name} in ${made.id} is`)),
  ),
  invariant('always', 'an account with a role for one customer is that customer’s', (view) =>
    first(madeIn(view), (made) => {
      const holder = holderOf(view, made.id);
      const uid = makerOf(view, made)?.status?.grant?.claim.uid;
      return holder?.metadata.uid === uid
        ? undefined
        : `${made.id} with ${made.name} is ${holder && nameOf(holder)}’s`;
    }),
  ),
  invariant('always', 'a role is there as long as something is made of it', (view) =>
    first(accessesIn(view), (access) =>
      liveGrant(access) && !roleOf(view, access) ? `that of ${nameOf(access)} is not` : undefined,
    ),
  ),
  invariant('always', 'the payer’s account has no roles', ({ world }) => world.payerIam.roleNames[0]),
  invariant(
    'at the end',
    'nothing is left of what was tried',
    ({ world }) => world.payerIam.policyList[0]?.arn,
  ),
  invariant('at the end', 'every role is judged as it is now, and rightly', (view) =>
    first(rolesIn(view), ({ metadata, spec, status }) => {
      const wanted = isTakeable(spec) ? 'Valid' : 'Failed';
      const isJudged = status?.observedGeneration === metadata.generation && status.state === wanted;
      return isJudged && !status.trial ? undefined : `${metadata.name} has ${JSON.stringify(status)}`;
    }),
  ),
  invariant('at the end', 'every access that is Ready has exactly what its role says', (view) =>
    first(accessesIn(view), (access) => {
      const wrong = access.status?.state === 'Ready' ? difference(view, access) : undefined;
      return wrong && `${nameOf(access)}: ${wrong}`;
    }),
  ),
  invariant('at the end', 'every access that can be Ready is', (view) =>
    first(accessesIn(view), (access) => {
      const { grant, state } = access.status ?? {};
      const role = roleOf(view, access);
      const secret = access.spec.awsCustomerCredentialSecret;
      const isClaimed = claimsIn(view).some(
        ({ metadata, spec }) =>
          accountsIn(view).some((account) => account.metadata.name === spec.accountLink) &&
          ((metadata.namespace === secret.namespace && spec.awsCredentialSecret.name === secret.name) ||
            `${spec.accountLink}-secret` === secret.name),
      );
      const canBe = role && isTakeable(role.spec) && isClaimed && !grant?.endedAt;
      return canBe && state !== 'Ready'
        ? `${nameOf(access)} has ${JSON.stringify(access.status)}`
        : undefined;
    }),
  ),
  invariant('at the end', 'nothing waits to be deleted', (view) =>
    first([...accessesIn(view), ...rolesIn(view), ...claimsIn(view), ...accountsIn(view)], (one) =>
      one.metadata.deletionTimestamp ? `${one.kind} ${nameOf(one)} does` : undefined,
    ),
  ),
];
