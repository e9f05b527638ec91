import { describe, expect, it } from '@jest/globals';
import type { AwsPorts } from '../../../../accounts/aws/aws-ports.ts';
import { roleNameOf } from '../../../../accounts/federated-access/names.ts';
import { policyDocument, trustPolicy } from '../../../../accounts/federated-role/policy-document.ts';
import { nobody } from '../../../simulation/aws/iam-model.ts';
import { anAccess, aRole, claimIn, outsider, roleSpecs } from '../../../simulation/federated/people.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { accountName, FederatedLife } from '../../../support/fakes/federated-life.ts';
import { insideAccounts } from '../../../support/fakes/in-member-account.ts';

const [custom, both, managed, malformed] = roleSpecs;

const finalizer = 'federated-access.aws.managed.openshift.io/uhc-one.access';
const administrators = 'OrganizationAccountAccessRole';

const readOnly = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';

const roleIn = ({ iam }: FederatedLife) => iam.roleList.find(({ name }) => name === 'network-abc123');

/** What is left in the account of what was made. */
const leftIn = ({ iam }: FederatedLife) => [iam.roleNames, iam.policyList];
const nothing = [[administrators], []];

const keepersOf = async (life: FederatedLife) =>
  [await life.account(), await life.claim()].map(({ metadata }) => metadata.finalizers.includes(finalizer));

describe('a federated access', () => {
  it('gives the principal a role with all policies, in the account of its claim, and says where', async () => {
    const life = new FederatedLife();
    await life.ready(both);
    const {
      spec: { awsAccountID: id },
    } = await life.account();
    const policyARN = `arn:aws:iam::${id}:policy/Network-abc123`;
    expect(roleIn(life)).toMatchObject({ trust: trustPolicy(outsider), policies: [readOnly, policyARN] });
    expect(life.iam.policyList).toEqual([{ arn: policyARN, document: policyDocument(both) }]);
    const { metadata, status } = await life.access();
    expect(metadata.labels).toEqual({ uid: 'abc123', awsAccountID: id, awsFederatedRoleName: 'network' });
    expect(status).toMatchObject({
      state: 'Ready',
      consoleURL: `https://signin.aws.amazon.com/switchrole?account=${id}&roleName=network-abc123`,
      grant: { accountID: id, roleName: 'network-abc123', policyName: 'Network-abc123', policyARN },
    });
    expect(await life.findings(life.accessKey)).toEqual(['Ready/Ready']);
  });

  it('writes down what it will make, and keeps claim and account, before it makes anything', async () => {
    const life = new FederatedLife();
    await life.valid(both);
    await life.claimed();
    await life.wanted();
    await life.until(life.accessKey, ({ status }) => JSON.stringify(status ?? {}).includes('follows'));
    expect(leftIn(life)).toEqual(nothing);
    const { grant } = (await life.access()).status ?? {};
    expect(grant).toMatchObject({
      roleName: 'network-abc123',
      policyName: 'Network-abc123',
      account: accountName,
    });
    expect(await keepersOf(life)).toEqual([true, true]);
  });

  it('is looked at once more when everything is seen, and then rests', async () => {
    const life = new FederatedLife();
    await life.ready(custom);
    expect(await life.until(life.accessKey)).toEqual({ outcome: 'done' });
    const calls = life.calls.length;
    expect(await life.look(life.accessKey)).toEqual({ outcome: 'done' });
    expect(life.calls).toHaveLength(calls);
  });

  it('takes away what somebody has added meanwhile', async () => {
    const life = new FederatedLife();
    await life.ready(managed);
    const { metadata, spec } = await life.account();
    const entry = await life.ports.members.enter(
      { metadata, spec },
      { by: 'role', roleName: administrators },
    );
    if (entry.outcome === 'refused') throw entry.error;
    await entry.account.roles.attachPolicy('network-abc123', 'arn:aws:iam::aws:policy/AdministratorAccess');
    await life.until(life.accessKey);
    expect(roleIn(life)?.policies).toEqual(
      managed.awsManagedPolicies.map((name) => `arn:aws:iam::aws:policy/${name}`),
    );
  });

  it('finds the account by its own secret, too, in the namespace of accounts', async () => {
    const life = new FederatedLife();
    await life.valid(managed);
    await life.claimed();
    await life.wanted(FederatedLife.byOwnSecret());
    await life.untilState(life.accessKey, 'Ready');
    expect(roleIn(life)).toBeDefined();
  });

  it('makes a role with a name that fits', () => {
    const name = roleNameOf('a'.repeat(56) + '-'.repeat(40), 'abc123');
    expect([name.length, name]).toEqual([63, `${'a'.repeat(56)}-abc123`]);
  });
});

describe('a federated access waits', () => {
  it.each<[string, (life: FederatedLife) => Promise<unknown>, string]>([
    ['for a claim', (life) => life.valid(custom), 'InProgress/ClaimMissing'],
    [
      'for its role to be Valid',
      async (life) => {
        await life.claimed();
        await life.store.create(aRole('network', malformed));
        await life.until(life.roleKey);
      },
      'InProgress/RoleNotValid',
    ],
    [
      'for claim and account to be Ready',
      async (life) => {
        await life.valid(custom);
        await life.claimed();
        await life.change(await life.account(), {}, { state: 'Failed' });
      },
      'InProgress/ClaimNotReady',
    ],
    [
      'when it is not clear which claim is meant',
      async (life) => {
        await life.valid(custom);
        await life.claimed();
        const other = claimIn('uhc-one');
        await life.store.create({
          ...other,
          metadata: { ...other.metadata, name: 'other' },
          spec: { ...other.spec, accountLink: accountName },
        });
      },
      'InProgress/SecretOfSeveralClaims',
    ],
  ])('%s', async (_, given, finding) => {
    const life = new FederatedLife();
    await given(life);
    await life.wanted();
    await life.until(life.accessKey, ({ status }) => status !== undefined);
    expect(await life.findings(life.accessKey)).toEqual([finding]);
    expect((await life.access()).status).not.toHaveProperty('grant');
  });

  it('as failed for a role that is not there, and goes on when it is', async () => {
    const life = new FederatedLife();
    await life.claimed();
    await life.wanted();
    expect(await life.until(life.accessKey)).toMatchObject({ outcome: 'failed' });
    expect(await life.findings(life.accessKey)).toEqual(['Failed/RoleMissing']);
    await life.valid(custom);
    await life.untilState(life.accessKey, 'Ready');
    expect(roleIn(life)).toBeDefined();
  });

  it('for AWS to let us in, and says so', async () => {
    let isShut = true;
    const shut = ({ members }: AwsPorts): Partial<AwsPorts> => ({
      members: {
        enter: async (account, way) =>
          isShut
            ? { outcome: 'refused', error: awsError('sts:AssumeRole', 'AccessDenied') }
            : members.enter(account, way),
      },
    });
    const life = new FederatedLife({ ports: shut });
    await life.valid(custom);
    await life.claimed();
    await life.wanted();
    await life.until(life.accessKey, ({ status }) => JSON.stringify(status ?? {}).includes('AccessDenied'));
    expect(await life.findings(life.accessKey)).toEqual(['InProgress/AccessDenied']);
    expect(await life.look(life.accessKey)).toEqual({ outcome: 'again', afterSeconds: 30 });
    isShut = false;
    await life.untilState(life.accessKey, 'Ready');
  });
});

describe('a federated access fails', () => {
  it('when its secret is in another namespace', async () => {
    const life = new FederatedLife();
    const access = anAccess('uhc-one', 'access', 'network');
    const awsCustomerCredentialSecret = { name: 'aws', namespace: 'uhc-two' };
    await life.wanted({ ...access, spec: { ...access.spec, awsCustomerCredentialSecret } });
    await life.until(life.accessKey);
    expect(await life.findings(life.accessKey)).toEqual([
      'Failed/AWSCustomerCredentialSecretNamespaceMismatch',
    ]);
  });

  it('when AWS does not find the principal, also after a while, and leaves nothing', async () => {
    const life = new FederatedLife();
    await life.valid(custom);
    await life.claimed();
    const access = anAccess('uhc-one', 'access', 'network');
    await life.wanted({ ...access, spec: { ...access.spec, externalCustomerAWSIAMARN: nobody } });
    await life.until(life.accessKey);
    expect(await life.findings(life.accessKey)).toEqual(['Failed/MalformedPolicyDocumentException']);
    expect([leftIn(life), await keepersOf(life)]).toEqual([nothing, [false, false]]);
  });

  it('when a role of its name is somebody else’s, and leaves that alone', async () => {
    const life = new FederatedLife();
    await life.valid(managed);
    await life.claimed();
    life.iam.makeRole('network-abc123', { federatedAccessUid: 'another' });
    await life.wanted();
    await life.until(life.accessKey);
    expect(await life.findings(life.accessKey)).toEqual(['Failed/NameTaken']);
    expect(roleIn(life)).toBeDefined();
  });
});

describe('a federated access follows its role', () => {
  it.each([
    ['another policy', custom, { ...custom, awsCustomPolicy: both.awsCustomPolicy }],
    ['one policy more', custom, both],
    ['other managed policies and none of its own', both, managed],
    ['a policy of its own, where there was none', managed, custom],
  ])('to %s', async (_, before, after) => {
    const life = new FederatedLife();
    await life.ready(before);
    await life.describe(after);
    await life.look(life.accessKey);
    expect(await life.findings(life.accessKey)).toEqual(['InProgress/RoleNotValid']);
    await life.until(life.roleKey);
    await life.until(life.accessKey);
    const { status } = await life.access();
    const own = policyDocument(after);
    const attached = ('awsManagedPolicies' in after ? after.awsManagedPolicies : []).map(
      (name: string) => `arn:aws:iam::aws:policy/${name}`,
    );
    expect(status?.state).toBe('Ready');
    expect(roleIn(life)?.policies.toSorted()).toEqual(
      [...attached, ...(own ? [status?.grant?.policyARN] : [])].toSorted(),
    );
    expect(life.iam.policyList.map(({ document }) => document)).toEqual(own ? [own] : []);
  });
});

describe('a federated access ends', () => {
  it('when it is deleted: nothing is left, and nobody is kept', async () => {
    const life = new FederatedLife();
    await life.ready(both);
    await life.store.delete(life.accessKey);
    await life.until(life.accessKey, ({ status }) => (status as { state: string }).state === 'InProgress');
    expect(await life.findings(life.accessKey)).toEqual(['InProgress/Deleting']);
    await life.until(life.accessKey);
    expect([await life.isGone(life.accessKey), leftIn(life)]).toEqual([true, nothing]);
    expect(await keepersOf(life)).toEqual([false, false]);
  });

  it('also when its role is gone already, whoever took it away', async () => {
    const life = new FederatedLife();
    await life.ready(both);
    const role = await life.role();
    await life.store.delete(life.roleKey);
    for (const one of role.metadata.finalizers) await life.store.removeFinalizer(await life.role(), one);
    await life.until(life.accessKey);
    expect([await life.findings(life.accessKey), leftIn(life)]).toEqual([['Failed/RoleMissing'], nothing]);
  });

  it('with its claim, which goes no sooner, and does not come back with another one', async () => {
    const life = new FederatedLife();
    await life.ready(custom);
    const claim = await life.claim();
    const claimKey = { kind: claim.kind, ...claim.metadata };
    await life.store.delete(claimKey);
    await life.store.removeFinalizer(await life.claim(), 'finalizer.aws.managed.openshift.io');
    expect(await life.isGone(claimKey)).toBe(false);
    await life.until(life.accessKey);
    expect([await life.isGone(claimKey), leftIn(life)]).toEqual([true, nothing]);
    expect(await life.findings(life.accessKey)).toEqual(['Failed/ClaimGone']);
    await life.store.create(claimIn('uhc-one'));
    await life.link();
    expect(await life.look(life.accessKey)).toMatchObject({ outcome: 'failed' });
    expect(leftIn(life)).toEqual(nothing);
  });

  it('when the account is another one’s', async () => {
    const life = new FederatedLife();
    await life.ready(custom);
    await life.change(await life.account(), { claimLink: 'other', claimLinkNamespace: 'uhc-two' });
    await life.until(life.accessKey);
    expect([await life.findings(life.accessKey), leftIn(life)]).toEqual([
      ['Failed/AccountOfAnother'],
      nothing,
    ]);
  });

  it('not before it could be taken down: until then all stay, and it says why', async () => {
    let isLocked = true;
    const life = new FederatedLife({
      ports: insideAccounts(({ roles }) => ({
        roles: {
          ...roles,
          delete: async (name) => {
            if (isLocked) throw awsError('iam:DeleteRole', 'AccessDenied');
            return roles.delete(name);
          },
        },
      })),
    });
    await life.ready(custom);
    await life.store.delete(life.accessKey);
    await life.until(life.accessKey, ({ status }) => JSON.stringify(status ?? {}).includes('AccessDenied'));
    expect(await life.findings(life.accessKey)).toContain('CleanUpFailed/AccessDenied');
    expect(await keepersOf(life)).toEqual([true, true]);
    isLocked = false;
    await life.until(life.accessKey);
    expect([await life.isGone(life.accessKey), leftIn(life)]).toEqual([true, nothing]);
  });

  it('at once with an account that is closed, which nobody can enter', async () => {
    const closed = ({ organization }: AwsPorts): Partial<AwsPorts> => ({
      organization: {
        ...organization,
        account: async (id) => {
          const known = await organization.account(id);
          return known && { ...known, state: 'SUSPENDED' as const };
        },
      },
    });
    const life = new FederatedLife({ ports: closed });
    await life.ready(custom);
    await life.store.delete(life.accessKey);
    await life.until(life.accessKey);
    expect([await life.isGone(life.accessKey), await keepersOf(life)]).toEqual([true, [false, false]]);
  });

  it('without more ado when nothing was made', async () => {
    const life = new FederatedLife();
    await life.valid(custom);
    await life.wanted();
    await life.look(life.accessKey);
    await life.store.delete(life.accessKey);
    await life.until(life.accessKey);
    expect(await life.isGone(life.accessKey)).toBe(true);
  });
});
