import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../accounts/resources/account.ts';
import type { AccountClaim } from '../../../accounts/resources/account-claim.ts';
import type { AccountPool } from '../../../accounts/resources/account-pool.ts';
import { operatorNamespace } from '../../../accounts/resources/api.ts';
import { keyOf } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { whileConflicting } from '../../../shared/resources/while-conflicting.ts';
import { deployAccountsService } from '../../../tools/demo-accounts/accounts-service.ts';
import { identityOf, secretNames, tableOf, untilReady } from '../../../tools/demo-accounts/filled-pool.ts';
import { anAccess, aRole } from '../../simulation/federated/people.ts';
import { startAccountctl } from '../../support/accountctl-process.ts';
import { eager } from '../../support/eager.ts';
import { eventually } from '../../support/eventually.ts';
import { aClaim, aPool } from '../../support/fakes/account-resources.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';
import { followRunbook } from '../../support/runbooks/follow.ts';
import { Shell } from '../../support/runbooks/shell.ts';

let laptop: Laptop;
let store: ResourceStore;
let accounts: Account[];

beforeAll(async () => {
  laptop = await Laptop.start({ enforceIam: true });
  await deployAccountsService(laptop.aws, {
    folder: laptop.project.folder,
    environment: eager(),
    parameters: { coveredRegions: 'us-east-1,eu-west-1' },
  });
  store = tableOf(laptop.aws);
  await store.create(aPool('osd-creds-mgmt', 3));
  accounts = await untilReady(store, 3, { seconds: 150, tell: () => {} });
}, deployTimeoutMs + 150_000);
afterAll(() => laptop?.stop());

const pool = async () =>
  (await store.get({
    kind: 'AccountPool',
    namespace: operatorNamespace,
    name: 'osd-creds-mgmt',
  })) as AccountPool;

describe('a pool of three in an organization on the laptop', () => {
  it('has three accounts that are Ready, each another one of AWS', async () => {
    expect(accounts).toHaveLength(3);
    expect(new Set(accounts.map(({ spec }) => spec.awsAccountID)).size).toBe(3);
    const { status } = await eventually(pool, (found) => found.status?.availableAccounts === 3);
    expect(status).toMatchObject({ poolSize: 3, unclaimedAccounts: 3, claimedAccounts: 0 });
  });

  it('has four secrets for each account, and none for anybody else', async () => {
    const expected = accounts.flatMap(({ metadata: { name } }) =>
      ['osdmanagedadminsre-secret', 'secret', 'sre-cli-credentials', 'sre-console-url'].map(
        (secret) => `${operatorNamespace}/${name}-${secret}`,
      ),
    );
    expect(await secretNames(laptop.aws)).toEqual(expected.sort());
  });

  it('has keys that AWS takes for those of a user of the account', async () => {
    for (const account of accounts) {
      const identity = await identityOf(laptop.aws, account);
      const { awsAccountID } = account.spec;
      expect(identity).toEqual({
        account: awsAccountID,
        arn: `arn:aws:iam::${awsAccountID}:user/osdManagedAdmin`,
      });
    }
  });

  it('has new temporary credentials when somebody wants them', async () => {
    const { metadata } = accounts[0] as Account;
    const key = { kind: 'Account', namespace: operatorNamespace, name: metadata.name };
    const found = async () => (await store.get(key)) as Account;
    const { status: before } = await found();
    const rotating = startAccountctl(laptop.aws.environment, ['rotate', 'account', metadata.name]);
    expect(await rotating.ended).toMatchObject({ status: 0 });
    const { status } = await eventually(
      found,
      ({ status: after }) => after?.cliCredentialsExpireAt !== before?.cliCredentialsExpireAt,
    );
    expect(status).toMatchObject({ rotateCredentials: false, rotateConsoleCredentials: false });
  });

  it('gets another account when a claim has taken one', async () => {
    const [first] = accounts;
    const key = { kind: 'Account', namespace: operatorNamespace, name: first?.metadata.name ?? '' };
    const legalEntity = { id: '7', name: 'seven' };
    await whileConflicting(async () => {
      const account = (await store.get(key)) as Account;
      await store.update({ ...account, spec: { ...account.spec, claimLink: 'claim', legalEntity } });
    });
    const { status } = await eventually(
      pool,
      (found) => found.status?.claimedAccounts === 1 && found.status.unclaimedAccounts === 3,
    );
    expect(status?.accountsPending).toBeLessThanOrEqual(1);
    expect(
      (await store.list({ kind: 'Account', namespace: operatorNamespace, limit: 100 })).items,
    ).toHaveLength(4);
  }, 60_000);

  /** A claim of its own namespace, when it has an account. */
  async function claimIn(namespace: string): Promise<AccountClaim> {
    const claim = aClaim({ namespace }, { awsCredentialSecret: { name: 'aws', namespace } });
    await store.create(claim);
    return eventually(
      async () => (await store.get(keyOf(claim))) as AccountClaim,
      (found) => found.status?.state === 'Ready',
    );
  }

  it('gives one to a claim, with its credentials, and takes it back', async () => {
    const namespace = 'uhc-test-harbour';
    const claim = await claimIn(namespace);
    const link = { kind: 'Account', namespace: operatorNamespace, name: claim.spec.accountLink };
    const { spec } = (await store.get(link)) as Account;
    expect(spec).toMatchObject({
      claimLink: 'harbour',
      claimLinkNamespace: namespace,
      legalEntity: { id: '1' },
    });
    expect(await secretNames(laptop.aws)).toContain(`${namespace}/aws`);
    await store.delete(keyOf(claim));
    const { status } = await eventually(
      async () => (await store.get(link)) as Account,
      (found) => found.status?.state === 'Cleaning',
    );
    expect(status?.cleaning?.claimUID).toBe(claim.metadata.uid);
    expect(await secretNames(laptop.aws)).not.toContain(`${namespace}/aws`);
  }, 60_000);

  it('lets somebody outside into the account of a claim, as a role says that AWS takes', async () => {
    const namespace = 'uhc-test-quay';
    const claim = await claimIn(namespace);
    const described = { roleDisplayName: 'Network', roleDescription: 'Sees to the network' };
    const awsStatements = [{ effect: 'Allow' as const, action: ['ec2:DescribeVpcs'], resource: ['*'] }];
    const awsCustomPolicy = { name: 'Network', description: 'Sees to the network', awsStatements };
    const spec = { ...described, awsCustomPolicy, awsManagedPolicies: ['IAMReadOnlyAccess'] };
    await store.create(aRole('network', spec));
    const access = anAccess(namespace, 'access', 'network');
    const outside = accounts.find(({ metadata }) => metadata.name !== claim.spec.accountLink);
    const externalCustomerAWSIAMARN = `arn:aws:iam::${outside?.spec.awsAccountID}:user/osdManagedAdmin`;
    await store.create({ ...access, spec: { ...access.spec, externalCustomerAWSIAMARN } });
    const stateOf = async (kind: string, namespace: string, name: string) =>
      ((await store.get({ kind, namespace, name }))?.status as { state?: string } | undefined)?.state;
    const role = () => stateOf('AWSFederatedRole', operatorNamespace, 'network');
    expect(await eventually(role, (state) => state === 'Valid')).toBe('Valid');
    const made = () => stateOf('AWSFederatedAccountAccess', namespace, 'access');
    expect(await eventually(made, (state) => state === 'Ready')).toBe('Ready');
  }, 120_000);

  it('fills itself for a claim that waits, when a person follows the runbook word for word', async () => {
    await store.create(aPool('spare', 0));
    const namespace = 'uhc-production';
    const claim = aClaim({ name: 'uhc-claim', namespace }, { accountPool: 'spare' });
    const shell = await Shell.open(laptop.project.folder, laptop.aws.environment);
    const stateOf = async () => ((await store.get(keyOf(claim))) as AccountClaim).status?.state;
    await followRunbook(shell, {
      runbook: 'claims-pending',
      bring: async () => {
        await store.create(claim);
        await eventually(stateOf, (state) => state === 'Pending');
      },
      shows: /uhc-claim.*Pending[\s\S]*spare/,
      meanwhile: () => eventually(stateOf, (state) => state === 'Ready'),
    });
    await shell.close();
  }, 120_000);
});
