import { accountIdKind } from '../../../accounts/account/account-ids.ts';
import { accountSecretName } from '../../../accounts/aws/secrets.ts';
import { type Account, accountKind } from '../../../accounts/resources/account.ts';
import type { Resource } from '../../../shared/resources/resource.ts';
import type { AwsModel } from '../aws/aws-model.ts';
import { customerId } from '../aws/bring-customer.ts';
import { promptAws } from '../aws/settings.ts';
import type { Invariant, View } from '../engine/simulation.ts';
import { customersSuffix } from './people.ts';

type AccountInvariant = Invariant<AwsModel>;
type AccountView = View<AwsModel>;

const always = (name: string, violation: AccountInvariant['violation']): AccountInvariant => ({
  name,
  holds: 'always',
  violation,
});

const atTheEnd = (name: string, violation: AccountInvariant['violation']): AccountInvariant => ({
  name,
  holds: 'at the end',
  violation,
});

const accountsIn = ({ resources }: AccountView): Account[] => resources<Account>(accountKind.kind);

const stateOf = ({ status }: Account): string => status?.state ?? '';

const readyIn = (view: AccountView): Account[] => accountsIn(view).filter((one) => stateOf(one) === 'Ready');

/** Says what is wrong with the first of some that is not as it should be. */
function first<Item>(items: readonly Item[], wrong: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const violation = wrong(item);
    if (violation) return violation;
  }
  return undefined;
}

const doubled = (texts: readonly string[]): string | undefined =>
  texts.find((text, index) => text && texts.indexOf(text) !== index);

const isTrue = ({ status }: Account, pattern: RegExp): boolean =>
  status?.conditions?.some((one) => one.status === 'True' && pattern.test(one.type)) ?? false;

const hasReason = ({ status }: Account, reasons: readonly string[]): boolean =>
  status?.conditions?.some((one) => one.status === 'True' && reasons.includes(one.reason ?? '')) ?? false;

/** Why an account fails for ever. */
const lasting = ['AccountOfAnother', 'ForbiddenAccount', 'EMAIL_ALREADY_EXISTS'];

const customersRole = `BYOCAdminAccess-${customersSuffix}`;

const isOurs = (name: string): boolean => name.startsWith('osd-creds-mgmt-');

/** All AWS accounts there are but the payer's: what is left in them is looked for by id. */
const inAws = ({ world }: AccountView) => [
  ...world.organization.members,
  ...[world.account(customerId)].flatMap((one) => one ?? []),
];

function keysProblem(world: AwsModel, account: Account): string | undefined {
  const { name, namespace } = account.metadata;
  const users = world.account(account.spec.awsAccountID)?.iam.userList ?? [];
  return first(['admin', 'sre'] as const, (role) => {
    const values = world.secrets.valuesOf(accountSecretName({ namespace, name }, role));
    const user = users.find((one) => one.name === values?.aws_user_name);
    if (!user) return `${name} has no user ${role}, or no secret of his`;
    if (user.keyIds.length !== 1) return `${user.name} of ${name} has ${user.keyIds.length} keys`;
    if (user.keyIds[0] !== values?.aws_access_key_id)
      return `the secret of ${user.name} of ${name} has a dead key`;
    return user.policies.length === 1 ? undefined : `${user.name} of ${name} is no administrator`;
  });
}

/** Whether a customer took his keys back before we had a role in his account: somebody has to look. */
const isShutOut = ({ world }: AccountView, { metadata, spec, status }: Account): boolean =>
  spec.byoc === true &&
  metadata.deletionTimestamp !== undefined &&
  status?.state === 'Failed' &&
  !world.account(customerId)?.iam.roleNames.includes(customersRole);

/** What the controllers of accounts owe everybody. */
export const accountInvariants: readonly AccountInvariant[] = [
  always('no account is made twice', ({ world }) =>
    doubled(world.organization.members.map(({ name }) => name)),
  ),
  always('nobody has the account of another', (view) =>
    first(accountsIn(view), ({ metadata, spec }) => {
      const member = view.world.organization.members.find(({ id }) => id === spec.awsAccountID);
      const isForeign = member && isOurs(member.name) && member.name !== metadata.name;
      return isForeign ? `${metadata.name} has ${member.id}, which is that of ${member.name}` : undefined;
    }),
  ),
  always('an AWS account is worked in by one Account', (view) =>
    doubled(
      accountsIn(view)
        .filter((one) => !['', 'Failed'].includes(stateOf(one)))
        .map(({ spec }) => spec.awsAccountID),
    ),
  ),
  always('the state and the id are one', (view) =>
    first(accountsIn(view), (one) =>
      ['', 'Pending', 'Failed'].includes(stateOf(one)) || one.spec.awsAccountID
        ? undefined
        : `${one.metadata.name} is ${stateOf(one)} without an id`,
    ),
  ),
  always('no case is opened twice', ({ world }) => doubled(world.support.subjects)),
  always('nothing is done in the account that pays', ({ world }) =>
    world.account(promptAws.payerAccountId)?.iam.userList.length ? 'it has a user' : undefined,
  ),
  atTheEnd('every account is ready, or failed with a reason, or has no room', (view) => {
    const isFull = view.world.organization.members.length + 1 >= 2;
    return first(accountsIn(view), (one) => {
      const isFine =
        stateOf(one) === 'Ready' ||
        (stateOf(one) === 'Failed' && isTrue(one, /Failed|Error/)) ||
        (stateOf(one) === 'Pending' && isFull && isTrue(one, /Pending/));
      return isFine ? undefined : `${one.metadata.name} is left with ${JSON.stringify(one.status)}`;
    });
  }),
  // People have reset them when the troubles were over.
  atTheEnd('what has failed could not be otherwise', (view) =>
    first(accountsIn(view), (one) =>
      stateOf(one) === 'Failed' && !hasReason(one, lasting) && !isShutOut(view, one)
        ? `${one.metadata.name} has ${JSON.stringify(one.status?.conditions)}`
        : undefined,
    ),
  ),
  atTheEnd('nobody waits to be deleted', (view) =>
    first(accountsIn(view), (one) =>
      one.metadata.deletionTimestamp && !isShutOut(view, one) ? `${one.metadata.name} does` : undefined,
    ),
  ),
  atTheEnd('what an account has left is over', (view) =>
    first(readyIn(view), (one) =>
      isTrue(one, /Failed|Error|Pending|Creating|Initializing/)
        ? `${one.metadata.name} has ${JSON.stringify(one.status?.conditions)}`
        : undefined,
    ),
  ),
  atTheEnd('a claimed account says so', (view) =>
    first(readyIn(view), ({ metadata, spec, status }) =>
      spec.claimLink && !status?.claimed ? `${metadata.name} does not` : undefined,
    ),
  ),
  atTheEnd('no AWS account is nobody’s', (view) => {
    const accounts = accountsIn(view);
    return first(view.world.organization.members, ({ id, name }) => {
      const owner = accounts.find(({ metadata }) => metadata.name === name);
      return owner && owner.spec.awsAccountID !== id ? `${id} of ${name} is` : undefined;
    });
  }),
  atTheEnd('no secret is without its account', (view) => {
    const names = accountsIn(view).map(({ metadata }) => metadata.name);
    return view.world.secrets.names.find(
      (secret) => secret.includes('osd-creds-mgmt') && !names.some((name) => secret.includes(`/${name}-`)),
    );
  }),
  atTheEnd('the keys in the secrets are the only ones, and of administrators', (view) =>
    first(readyIn(view), (one) => (one.spec.manualSTSMode ? undefined : keysProblem(view.world, one))),
  ),
  atTheEnd('a ready account has its temporary credentials', (view) =>
    first(readyIn(view), ({ metadata, spec }) => {
      const wanted = spec.byoc ? (['console'] as const) : (['cli', 'console'] as const);
      const missing = wanted.find(
        (secret) => !view.world.secrets.valuesOf(accountSecretName(metadata, secret)),
      );
      return missing && `${metadata.name} has none for ${missing}`;
    }),
  ),
  atTheEnd('no instance is left', (view) =>
    first(inAws(view), (one) => (one.ec2.leftInstances.length ? `one is in ${one.id}` : undefined)),
  ),
  atTheEnd('every region was tried', (view) =>
    first(readyIn(view), ({ metadata, spec, status }) => {
      const used = view.world.account(spec.awsAccountID)?.ec2.usedRegions ?? [];
      const missing = status?.regions?.find(({ name }) => !used.includes(name));
      return missing && `${missing.name} of ${metadata.name} was not`;
    }),
  ),
  atTheEnd('a ready account of ours has had its case', (view) =>
    first(readyIn(view), ({ metadata, spec }) => {
      // One that had the same AWS account before has had its own.
      const subjects = view.world.support.subjects.filter(
        (subject) => subject.includes(spec.awsAccountID) && subject.includes(metadata.name),
      );
      return spec.byoc || subjects.length === 1 ? undefined : `${metadata.name} has had ${subjects.length}`;
    }),
  ),
  atTheEnd('nothing of ours is left where an account was deleted', (view) => {
    const held = accountsIn(view).map(({ spec }) => spec.awsAccountID);
    return first(inAws(view), (one) => {
      const users = one.iam.userList.filter(({ tags }) => tags.clusterAccountName).map(({ name }) => name);
      const [left] = [...users, ...one.iam.roleNames.filter((name) => name === customersRole)];
      return !held.includes(one.id) && left ? `${left} is left in ${one.id}` : undefined;
    });
  }),
  atTheEnd('nobody has an AWS account who is gone', (view) => {
    const uids = accountsIn(view).map(({ metadata }) => metadata.uid);
    return first(view.resources<Resource<{ uid: string }>>(accountIdKind), ({ metadata, spec }) =>
      uids.includes(spec.uid) ? undefined : `somebody has ${metadata.name}`,
    );
  }),
];
