import { poolsMeant } from '../../../accounts/account-claim/pools-meant.ts';
import { secretName } from '../../../accounts/aws/secrets.ts';
import { type Account, accountKind } from '../../../accounts/resources/account.ts';
import { type AccountClaim, accountClaimKind } from '../../../accounts/resources/account-claim.ts';
import { accountSelection, accountSelections } from '../../../accounts/resources/selections.ts';
import { seedSettings } from '../../../accounts/settings.ts';
import type { AwsModel } from '../aws/aws-model.ts';
import { promptAws } from '../aws/settings.ts';
import type { Invariant, View } from '../engine/simulation.ts';
import type { Holders } from './holders.ts';

type ClaimInvariant = Invariant<AwsModel>;
type ClaimView = View<AwsModel>;

const always = (name: string, violation: ClaimInvariant['violation']): ClaimInvariant => ({
  name,
  holds: 'always',
  violation,
});

const atTheEnd = (name: string, violation: ClaimInvariant['violation']): ClaimInvariant => ({
  name,
  holds: 'at the end',
  violation,
});

const accountsIn = ({ resources }: ClaimView): Account[] => resources<Account>(accountKind.kind);
const claimsIn = ({ resources }: ClaimView): AccountClaim[] => resources<AccountClaim>(accountClaimKind.kind);

/** What is wrong with the first of some that is not as it should be. */
function first<Item>(items: readonly Item[], wrong: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const violation = wrong(item);
    if (violation) return violation;
  }
  return undefined;
}

const isOurs = ({ spec }: Account): boolean => !spec.byoc && !spec.manualSTSMode;

const isUsable = ({ status }: Account): boolean => status?.state === 'Ready';

/** The customers that have ever had an account, by its name. */
function customersOf(view: ClaimView, seen: Map<string, string>): string | undefined {
  return first(claimsIn(view), ({ metadata, spec }) => {
    if (!spec.accountLink) return undefined;
    const before = seen.get(spec.accountLink) ?? spec.legalEntity.id;
    seen.set(spec.accountLink, before);
    return before === spec.legalEntity.id
      ? undefined
      : `${spec.accountLink} was that of ${before}, and ${metadata.name} of ${spec.legalEntity.id} has it`;
  });
}

/** Who may have made what is in an account: who has it now. */
function strangeThing({ world }: ClaimView, { metadata, spec }: Account): string | undefined {
  const things = world.account(spec.awsAccountID)?.leftovers.list ?? [];
  const strange = things.find(({ by }) => by !== spec.claimLinkUID);
  return strange && `${metadata.name} has ${strange.kind} of ${strange.by}`;
}

function strangeKey({ world }: ClaimView, holders: Holders, { metadata, spec }: Account): string | undefined {
  const users = world.account(spec.awsAccountID)?.iam.userList ?? [];
  const alive = users.flatMap(({ keyIds }) => keyIds);
  const strange = holders.keys.find(({ id, claim }) => alive.includes(id) && claim !== spec.claimLinkUID);
  return strange && `a key of ${metadata.name} is known to ${strange.claim}`;
}

function mayHave(view: ClaimView, { spec }: AccountClaim): Account | undefined {
  const pools = poolsMeant(spec.accountPool ?? '', seedSettings.defaultAccountPool);
  const wanted = pools.flatMap((pool) => [
    accountSelections.reusable(pool, spec.legalEntity.id),
    accountSelections.ready(pool),
  ]);
  return accountsIn(view).find((account) => wanted.includes(accountSelection(account) ?? ''));
}

/** Why a claim may be left in Error: it has brought what another one has, or its account was deleted by a person. */
const lasting = ['BYOCAWSAccountInUse', 'AccountGone', 'CCSAccountClaimFailed', 'AccountClaimFailed'];

const reasonsOf = ({ status }: AccountClaim): string[] =>
  (status?.conditions ?? []).flatMap((one) => (one.status === 'True' ? [one.reason ?? ''] : []));

/** What the controller of claims owes everybody. @param holders those of the run */
export function claimInvariants(holders: Holders): ClaimInvariant[] {
  return [
    always('no account is held by two claims', (view) => {
      const links = claimsIn(view).flatMap(({ spec }) => spec.accountLink || []);
      return links.find((link, index) => links.indexOf(link) !== index);
    }),
    always('a claim and its account know each other', (view) =>
      first(claimsIn(view), ({ metadata, spec }) => {
        const account = accountsIn(view).find((one) => one.metadata.name === spec.accountLink);
        if (!account) return undefined;
        return account.spec.claimLinkUID === metadata.uid
          ? undefined
          : `${metadata.name} has ${spec.accountLink}, which does not know of it`;
      }),
    ),
    always('an account and its claim know each other', (view) =>
      first(accountsIn(view), ({ metadata, spec }) => {
        if (!spec.claimLinkUID || metadata.deletionTimestamp) return undefined;
        const claim = claimsIn(view).find((one) => one.metadata.uid === spec.claimLinkUID);
        return claim?.spec.accountLink === metadata.name
          ? undefined
          : `${metadata.name} is that of ${spec.claimLink}, which does not know of it`;
      }),
    ),
    always('no account is ever had by two customers', (view) => customersOf(view, holders.customers)),
    always('no account is ready while anything of another holder is left', (view) =>
      first(accountsIn(view).filter(isUsable).filter(isOurs), (account) => strangeThing(view, account)),
    ),
    always('no account is ready while another holder has a key to it', (view) =>
      first(accountsIn(view).filter(isUsable).filter(isOurs), (account) =>
        strangeKey(view, holders, account),
      ),
    ),
    always('no account is cleaned but for the claim that has it and is deleted', (view) =>
      first(accountsIn(view), ({ metadata, spec, status }) => {
        if (status?.state !== 'Cleaning') return undefined;
        const claim = claimsIn(view).find((one) => one.metadata.uid === spec.claimLinkUID);
        const isFine = claim?.metadata.deletionTimestamp && status.cleaning?.claimUID === spec.claimLinkUID;
        return isFine || metadata.deletionTimestamp ? undefined : metadata.name;
      }),
    ),
    always('nothing is done in the account that pays', ({ world }) =>
      world.account(promptAws.payerAccountId)?.iam.userList.length ? 'it has a user' : undefined,
    ),
    always('one AWS account that a customer brings has one Account', (view) => {
      const ids = accountsIn(view).flatMap((one) => (isOurs(one) ? [] : [one.spec.awsAccountID]));
      return ids.find((id, index) => ids.indexOf(id) !== index);
    }),
    atTheEnd('every claim has an account if there is one for it', (view) =>
      first(claimsIn(view), (claim) => {
        const isFine =
          claim.status?.state === 'Ready' || reasonsOf(claim).some((one) => lasting.includes(one));
        const free = mayHave(view, claim);
        if (isFine || (claim.status?.state === 'Pending' && !claim.spec.accountLink && !free))
          return undefined;
        return `${claim.metadata.name} has ${JSON.stringify(claim.status)}, and there is ${free?.metadata.name}`;
      }),
    ),
    atTheEnd('no claim waits to be gone, and no account to be clean', (view) => {
      const claim = claimsIn(view).find(({ metadata }) => metadata.deletionTimestamp);
      const account = accountsIn(view).find(({ status }) => status?.state === 'Cleaning');
      return claim?.metadata.name ?? account?.metadata.name;
    }),
    atTheEnd('who is ready has a key that works', (view) =>
      first(claimsIn(view), ({ metadata, spec, status }) => {
        if (status?.state !== 'Ready' || spec.manualSTSMode) return undefined;
        const secret = secretName(metadata.namespace, spec.awsCredentialSecret.name);
        const id = view.world.secrets.valuesOf(secret)?.aws_access_key_id ?? '';
        return view.world.hasKey(id) ? undefined : `${metadata.name} has ${id || 'none'}`;
      }),
    ),
    atTheEnd('no credentials are left of a claim that is gone', (view) => {
      const wanted = claimsIn(view).map(({ metadata, spec }) =>
        secretName(metadata.namespace, spec.awsCredentialSecret.name),
      );
      return view.world.secrets.names.find((name) => name.includes('/aws-') && !wanted.includes(name));
    }),
  ];
}
