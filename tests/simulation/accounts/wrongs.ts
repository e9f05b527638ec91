import { accountIdKind } from '../../../accounts/account/account-ids.ts';
import { accountSecretName } from '../../../accounts/aws/secrets.ts';
import type { Account, AccountSpec, AccountStatus } from '../../../accounts/resources/account.ts';
import { apiVersion, operatorNamespace } from '../../../accounts/resources/api.ts';
import { done } from '../../../shared/reconcile/reconcile.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { store as put } from '../../support/fakes/account-resources.ts';
import type { AwsModel } from '../aws/aws-model.ts';
import { byHand } from '../aws/by-hand.ts';
import { promptAws } from '../aws/settings.ts';
import type { Simulated } from '../engine/simulation.ts';
import { keyOf, seed } from './account-scenario.ts';
import { invitedName } from './people.ts';

interface Hands {
  store: ResourceStore;
  world: AwsModel;
}

/** Something that must not be, done by hand where all else is as it should be. */
interface Wrong {
  invariant: string;
  what: string;
  act(hands: Hands): Promise<unknown>;
  /** Whether nobody looks at ready accounts any more, who would put it right. */
  isUnserved?: boolean;
}

/** Seconds: the account is ready and claimed by then, and its credentials are not made anew any more. */
const by = 3_100;

const annas = 'osd-creds-mgmt-anna01';

async function anna({ store }: Hands): Promise<Account> {
  const found = await store.get<AccountSpec, AccountStatus>(keyOf(annas));
  if (!found) throw new Error('anna is gone');
  return found;
}

async function insideAnnas(hands: Hands) {
  const { spec } = await anna(hands);
  const inside = hands.world.account(spec.awsAccountID);
  if (!inside) throw new Error('anna has no account');
  return inside;
}

async function change(hands: Hands, how: (account: Account) => Partial<Account>): Promise<unknown> {
  const account = await anna(hands);
  return hands.store.transact([{ do: 'replace', resource: { ...account, ...how(account) } }]);
}

const told = (type: string, reason: string) => ({
  type,
  reason,
  status: 'True' as const,
  message: 'so it is',
  lastProbeTime: '2026-01-01T00:00:00Z',
  lastTransitionTime: '2026-01-01T00:00:00Z',
});

const failedBy = (reason: string): AccountStatus => ({
  state: 'Failed',
  conditions: [told('AccountCreationFailed', reason)],
});

const invite = ({ world }: Hands, name = invitedName) =>
  world.organization.invite({ name, email: `${name}@example.org` });

const openCase = ({ world }: Hands, subject: string) =>
  world.support.port(byHand).open({
    subject,
    body: 'please',
    serviceCode: 's',
    categoryCode: 'c',
    issueType: 'i',
    severityCode: 'high',
  });

/** One thing for each invariant. */
export const wrongs: readonly Wrong[] = [
  {
    invariant: 'no account is made twice',
    what: 'there is another one of its name',
    act: async (hands) => invite(hands, annas),
  },
  {
    invariant: 'nobody has the account of another',
    what: 'an Account names that of another',
    act: async (hands) =>
      put(hands.store, seed('thief1', { awsAccountID: (await anna(hands)).spec.awsAccountID })),
  },
  {
    invariant: 'an AWS account is worked in by one Account',
    what: 'two of them do',
    act: async (hands) => {
      const { id: awsAccountID } = invite(hands);
      for (const suffix of ['twin01', 'twin02']) {
        await put(hands.store, seed(suffix, { awsAccountID }), { state: 'Ready' });
      }
    },
  },
  {
    invariant: 'the state and the id are one',
    what: 'it is set up before it is known which it is',
    act: ({ store }) => put(store, seed('hasty1'), { state: 'Creating' }),
  },
  {
    invariant: 'no case is opened twice',
    what: 'somebody opens it again',
    act: async (hands) => openCase(hands, hands.world.support.subjects[0] ?? ''),
  },
  {
    invariant: 'nothing is done in the account that pays',
    what: 'a user is made there',
    act: async ({ world }) =>
      world.account(promptAws.payerAccountId)?.iam.users(byHand).create({ name: 'a', tags: {} }),
  },
  {
    invariant: 'every account is ready, or failed with a reason, or has no room',
    what: 'one has failed without a word',
    act: ({ store }) => put(store, seed('silent'), { state: 'Failed' }),
  },
  {
    invariant: 'what has failed could not be otherwise',
    what: 'one has failed for what passes',
    act: ({ store }) => put(store, seed('hasty1'), failedBy('CreationTimeout')),
  },
  {
    invariant: 'nobody waits to be deleted',
    what: 'another finalizer is never removed',
    act: async ({ store }) => {
      const { metadata, ...resource } = seed('stuck1', { awsAccountID: '999999999999' });
      await put(store, { ...resource, metadata: { ...metadata, finalizers: ['a/b'] } }, { state: 'Ready' });
      await store.delete(keyOf(metadata.name));
    },
  },
  {
    invariant: 'what an account has left is over',
    what: 'a condition stays true',
    act: (hands) =>
      change(hands, ({ status }) => ({
        status: {
          ...status,
          conditions: [...(status?.conditions ?? []), told('AuthorizationError', 'AccessDenied')],
        },
      })),
  },
  {
    invariant: 'a claimed account says so',
    what: 'nobody has looked',
    isUnserved: true,
    act: (hands) => change(hands, ({ status }) => ({ status: { ...status, claimed: false } })),
  },
  {
    invariant: 'no AWS account is nobody’s',
    what: 'it was made for one that has lost it',
    act: async (hands) => {
      invite(hands, 'osd-creds-mgmt-loser1');
      await put(hands.store, seed('loser1'), failedBy('EMAIL_ALREADY_EXISTS'));
    },
  },
  {
    invariant: 'no secret is without its account',
    what: 'one is left',
    act: ({ world }) =>
      world.secrets.port(byHand).create('aws-account-operator/osd-creds-mgmt-gone01-secret', { a: 'b' }),
  },
  {
    invariant: 'the keys in the secrets are the only ones, and of administrators',
    what: 'a user has another one',
    act: async (hands) => (await insideAnnas(hands)).iam.users(byHand).createKey('osdManagedAdmin'),
  },
  {
    invariant: 'a ready account has its temporary credentials',
    what: 'their secret is gone',
    act: ({ world }) =>
      world.secrets
        .port(byHand)
        .delete(accountSecretName({ namespace: operatorNamespace, name: annas }, 'cli')),
  },
  {
    invariant: 'no instance is left',
    what: 'one was started by hand',
    act: async (hands) =>
      (await insideAnnas(hands)).ec2.instances('us-east-1', byHand).start({
        image: { id: 'ami-1', rootDevice: '/dev/xvda', rootGiB: 8 },
        type: 't2.micro',
        tags: {},
        token: 'by hand',
      }),
  },
  {
    invariant: 'every region was tried',
    what: 'one is said to be done in which nothing was started',
    act: (hands) =>
      change(hands, ({ status }) => ({
        status: {
          ...status,
          regions: [...(status?.regions ?? []), { name: 'ap-south-1', state: 'Done', attempt: 1 }],
        },
      })),
  },
  {
    invariant: 'a ready account of ours has had its case',
    what: 'there is another one about it',
    act: async (hands) => openCase(hands, `${(await anna(hands)).spec.awsAccountID} (${annas}), again`),
  },
  {
    invariant: 'nothing of ours is left where an account was deleted',
    what: 'a user is',
    act: async (hands) =>
      invite(hands)
        .iam.users(byHand)
        .create({ name: 'osdManagedAdmin', tags: { clusterAccountName: 'osd-creds-mgmt-gone01' } }),
  },
  {
    invariant: 'nobody has an AWS account who is gone',
    what: 'its record is left',
    act: ({ store }) =>
      store.create({
        apiVersion,
        kind: accountIdKind,
        metadata: { namespace: operatorNamespace, name: '999999999999' },
        spec: { account: 'osd-creds-mgmt-gone01', uid: 'gone' },
      }),
  },
];

/** A run in which something wrong is done. */
export const withWrong = (simulated: Simulated<AwsModel>, wrong: Wrong): Simulated<AwsModel> => ({
  ...simulated,
  controllers: (hands) =>
    simulated.controllers(hands).map(({ kind, reconcile }) => ({
      kind,
      reconcile: async (account, context) => {
        const isReady = (account.status as AccountStatus | undefined)?.state === 'Ready';
        return wrong.isUnserved && isReady && Number(context.now()) >= Date.parse('2026-01-01') + by * 1_000
          ? done
          : reconcile(account, context);
      },
    })),
  scenario: (plan) => {
    simulated.scenario(plan);
    plan.at(by, wrong.what, (hands) => wrong.act(hands));
  },
});
