import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AwsPorts } from '../../accounts/aws/aws-ports.ts';
import { mayPass } from '../../accounts/aws/may-pass.ts';
import type { MemberAccount } from '../../accounts/aws/member-accounts.ts';
import type { AccountRequest } from '../../accounts/aws/organization.ts';

/** An AWS, behind the ports. */
export interface PortsUnderTest {
  ports: AwsPorts;
  /** Lets some time pass. */
  pass(): Promise<void>;
  close(): Promise<void>;
}

const request = (id: string): AccountRequest => ({
  name: `osd-creds-mgmt-${id}`,
  email: `osd-creds-mgmt+${id}@example.com`,
});
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const byRole = { by: 'role', roleName: 'OrganizationAccountAccessRole' } as const;
const referenceTo = (awsAccountID: string) => ({
  metadata: { namespace: 'ns', name: 'a' },
  spec: { awsAccountID },
});

/** What AWS does, wherever it is: one suite holds the model of the simulation and the laptop's to it. */
export function awsPortsSuite(title: string, start: () => Promise<PortsUnderTest>): void {
  describe(title, () => {
    let under: PortsUnderTest;
    let ports: AwsPorts;

    /** Asks again and again until there is what is wanted. */
    async function eventually<Value>(
      ask: () => Promise<Value>,
      isWanted: (value: Value) => boolean,
    ): Promise<Value> {
      for (let tries = 0; tries < 100; tries += 1) {
        const value = await ask();
        if (isWanted(value)) return value;
        await under.pass();
      }
      throw new Error('it has not come in a hundred tries');
    }

    async function made(wanted: AccountRequest): Promise<string> {
      const start = await ports.organization.createAccount(wanted);
      if (start.outcome !== 'requested') throw new Error(`no account was made: ${start.code}`);
      const { requestId = '' } = start.creation;
      const creation = await eventually(
        () => ports.organization.creation(requestId),
        (one) => one !== undefined && one.state !== 'in-progress',
      );
      if (creation?.state !== 'succeeded')
        throw new Error(`no account was made: ${JSON.stringify(creation)}`);
      return creation.accountId;
    }

    async function inside(accountId: string): Promise<MemberAccount> {
      const entry = await ports.members.enter(referenceTo(accountId), byRole);
      if (entry.outcome === 'refused') throw entry.error;
      return entry.account;
    }

    beforeAll(async () => {
      under = await start();
      ports = under.ports;
    });
    afterAll(() => under?.close());

    describe('an account', () => {
      let accountId: string;
      beforeAll(async () => {
        accountId = await made(request('first1'));
      });

      it('is one of the organization, with its name and e-mail address', async () => {
        expect(await ports.organization.account(accountId)).toEqual({
          id: accountId,
          ...request('first1'),
          state: 'ACTIVE',
          joinedAt: expect.any(Date),
        });
        expect(await ports.organization.account('999999999999')).toBeUndefined();
      });

      it('is found again by what was asked for', async () => {
        expect(await ports.organization.findCreation(request('first1'))).toMatchObject({
          state: 'succeeded',
          accountId,
        });
        expect(await ports.organization.findCreation(request('never1'))).toBeUndefined();
      });

      it('keeps its e-mail address from all others', async () => {
        const { email } = request('first1');
        const start = await ports.organization.createAccount({ name: 'osd-creds-mgmt-second', email });
        expect(start.outcome).toBe('requested');
        const requestId = start.outcome === 'requested' ? start.creation.requestId : undefined;
        const creation = await eventually(
          () => ports.organization.creation(requestId ?? ''),
          (one) => one?.state !== 'in-progress',
        );
        expect(creation).toMatchObject({ state: 'failed', reason: 'EMAIL_ALREADY_EXISTS' });
        const found = await ports.organization.findCreation({ name: 'osd-creds-mgmt-second', email });
        expect(found).toEqual({ state: 'taken', accountId });
      });

      it('is counted once, with all others and the payer', async () => {
        const { accounts, closed, inProgress } = await ports.organization.count();
        await made(request('count1'));
        expect(await ports.organization.count()).toEqual({ accounts: accounts + 1, closed, inProgress });
      });

      it('is found among many', async () => {
        const before = await ports.organization.count();
        for (let number = 0; number < 25; number += 1) await made(request(`many${number}`));
        expect((await ports.organization.count()).accounts).toBe(before.accounts + 25);
        expect(await ports.organization.findCreation(request('many24'))).toMatchObject({
          state: 'succeeded',
        });
      });

      it('that was not asked for is not known', async () => {
        expect(await ports.organization.creation('car-00000000000000000000000000000000')).toBeUndefined();
      });

      it('is entered by the role of its administrators', async () => {
        const account = await inside(accountId);
        expect(account).toMatchObject({
          id: accountId,
          credentials: { sessionToken: expect.stringMatching(/./) },
        });
        expect(account.roleId).toBe((await account.roles.get(byRole.roleName))?.id);
      });

      it('is not the one that pays, which nobody enters', async () => {
        const payer = await ports.organization.payerAccountId();
        expect(payer).not.toBe(accountId);
        await expect(ports.members.enter(referenceTo(payer), byRole)).rejects.toThrow('payer account itself');
      });
    });

    describe('a user of an account', () => {
      let accountId: string;
      let account: MemberAccount;
      beforeAll(async () => {
        accountId = await made(request('users1'));
        account = await inside(accountId);
        await account.users.create({ name: 'admin', tags: { owner: 'a' } });
      });

      it('is made once, with its tags, in its account', async () => {
        const { users } = account;
        expect(await users.create({ name: 'admin', tags: {} })).toBe('exists');
        await users.tag('admin', { owner: 'b', more: 'c' });
        expect(await users.get('admin')).toEqual({
          name: 'admin',
          arn: `arn:aws:iam::${accountId}:user/admin`,
          tags: { owner: 'b', more: 'c' },
        });
        expect([await users.names(), await users.get('other')]).toEqual([['admin'], undefined]);
      });

      it('gets a policy once, and loses it', async () => {
        const { users } = account;
        await users.attachPolicy('admin', administrator);
        await users.attachPolicy('admin', administrator);
        expect(await users.policies('admin')).toEqual([administrator]);
        await users.detachPolicy('admin', administrator);
        await users.detachPolicy('admin', administrator);
        expect(await users.policies('admin')).toEqual([]);
      });

      it('has two keys at most, each of which works until it is deleted', async () => {
        const { users } = account;
        const [first, second] = [await users.createKey('admin'), await users.createKey('admin')];
        if (first.outcome !== 'created' || second.outcome !== 'created')
          throw new Error('there were keys before');
        expect(await users.createKey('admin')).toEqual({ outcome: 'limit' });
        const identity = { accountId, arn: `arn:aws:iam::${accountId}:user/admin` };
        expect(await ports.signIn.identity(first.key)).toEqual(identity);
        await users.deleteKey('admin', first.key.id);
        await users.deleteKey('admin', first.key.id);
        await expect(ports.signIn.identity(first.key)).rejects.toMatchObject({ failure: 'unauthenticated' });
        expect(await ports.signIn.identity(second.key)).toEqual(identity);
        expect((await users.keys('admin')).map(({ id, active }) => ({ id, active }))).toEqual([
          { id: second.key.id, active: true },
        ]);
        await users.deleteKey('admin', second.key.id);
      });

      it('opens the console when it is an administrator', async () => {
        const { users } = account;
        const made = await users.createKey('admin');
        if (made.outcome !== 'created') throw new Error('there were keys before');
        await expect(ports.signIn.federate(made.key, 'sre', 3_600)).rejects.toMatchObject({
          failure: 'denied',
        });
        await users.attachPolicy('admin', administrator);
        const credentials = await ports.signIn.federate(made.key, 'sre', 3_600);
        expect(credentials.expiration.getTime()).toBeGreaterThan(0);
        expect(await ports.signIn.consoleUrl(credentials)).toMatch(/^https?:.*SigninToken=/);
        await users.detachPolicy('admin', administrator);
        await users.deleteKey('admin', made.key.id);
      });

      it('is deleted when nothing of it is left', async () => {
        const { users } = account;
        await users.create({ name: 'going', tags: {} });
        await users.attachPolicy('going', administrator);
        await expect(users.delete('going')).rejects.toMatchObject({ code: 'DeleteConflictException' });
        await users.detachPolicy('going', administrator);
        await users.delete('going');
        await users.delete('going');
        expect(await users.get('going')).toBeUndefined();
      });

      it('gets nothing when it is not there, which may pass', async () => {
        const attaching = account.users.attachPolicy('other', administrator).catch((error: unknown) => error);
        expect(mayPass(await attaching)).toBe(true);
      });
    });

    describe('a role of an account', () => {
      it('is made once, gets a policy, and goes', async () => {
        const { roles, id } = await inside(await made(request('roles1')));
        const trustPolicy = JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: 'sts:AssumeRole' },
          ],
        });
        const wanted = { name: 'Support', trustPolicy, tags: { owner: 'a' } };
        expect([await roles.create(wanted), await roles.create(wanted)]).toEqual(['created', 'exists']);
        expect(await roles.get('Support')).toMatchObject({
          arn: `arn:aws:iam::${id}:role/Support`,
          tags: { owner: 'a' },
        });
        expect(await roles.names()).toEqual(expect.arrayContaining(['Support', byRole.roleName]));
        await roles.attachPolicy('Support', administrator);
        expect(await roles.policies('Support')).toEqual([administrator]);
        await expect(roles.delete('Support')).rejects.toMatchObject({ code: 'DeleteConflictException' });
        await roles.detachPolicy('Support', administrator);
        await roles.delete('Support');
        expect(await roles.get('Support')).toBeUndefined();
      });
    });

    describe('a policy of an account', () => {
      const may = (Action: string) =>
        JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

      it('is made once, changed again and again, attached to a role, and goes with all its versions', async () => {
        const { roles, policies, id } = await inside(await made(request('policy1')));
        const arn = `arn:aws:iam::${id}:policy/Network`;
        const wanted = {
          name: 'Network',
          document: may('ec2:DescribeVpcs'),
          description: 'd',
          tags: { a: 'b' },
        };
        expect(await policies.get(arn)).toBeUndefined();
        expect([await policies.create(wanted), await policies.create(wanted)]).toEqual(['created', 'exists']);
        expect(await policies.get(arn)).toEqual({ arn, document: wanted.document, tags: { a: 'b' } });
        for (const action of ['a', 'b', 'c', 'd', 'e', 'f'])
          await policies.change(arn, may(`ec2:Describe${action}`));
        expect(await policies.get(arn)).toMatchObject({ document: may('ec2:Describef') });
        const trustPolicy = JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: 'sts:AssumeRole' },
          ],
        });
        await roles.create({ name: 'Network', trustPolicy, description: 'd', tags: {} });
        await roles.attachPolicy('Network', arn);
        await expect(policies.delete(arn)).rejects.toMatchObject({ code: 'DeleteConflictException' });
        await roles.detachPolicy('Network', arn);
        await policies.delete(arn);
        await policies.delete(arn);
        expect(await policies.get(arn)).toBeUndefined();
      });

      it('is tried in the account that pays, and is gone afterwards', async () => {
        const { trials } = ports;
        expect(await trials.make('uid-1', may('ec2:DescribeVpcs'))).toEqual({ outcome: 'taken' });
        expect(await trials.make('uid-1', may('ec2:DescribeVpcs'))).toEqual({ outcome: 'taken' });
        expect([await trials.unmake('uid-1'), await trials.unmake('uid-1')]).toEqual(['gone', 'not there']);
        const nowhere = JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'a:b' }],
        });
        expect(await trials.make('uid-2', nowhere)).toMatchObject({ outcome: 'refused' });
      });

      it('of AWS is known by its name', async () => {
        const { trials } = ports;
        expect([
          await trials.hasManaged('IAMReadOnlyAccess'),
          await trials.hasManaged('UnknownAccess'),
        ]).toEqual([true, false]);
      });
    });

    describe('an instance', () => {
      const tags = { clusterAccountName: 'a', clusterNamespace: 'ns' };

      it.each(['us-east-1', 'eu-west-1', 'sa-east-1'])(
        'in %s is started once, runs, and ends',
        async (region) => {
          const account = await inside(await made(request(`ec2${region}`)));
          expect(await account.enabledRegions()).toContain(region);
          const instances = account.instances(region);
          const image = await instances.newestImage('amazon', 'al2023-ami-2023.*');
          if (!image) throw new Error('there is no image');
          const wanted = { image, type: 't2.micro', tags, token: `a-${region}` };
          const first = await instances.start(wanted);
          if (first.outcome !== 'started') throw new Error(`not started: ${JSON.stringify(first)}`);
          expect(await instances.start(wanted)).toEqual(first);
          expect(await instances.withTags(tags)).toMatchObject([{ id: first.instanceId, type: 't2.micro' }]);
          expect(await instances.withTags({ ...tags, clusterNamespace: 'other' })).toEqual([]);
          await eventually(
            () => instances.state(first.instanceId),
            (state) => state === 'running',
          );
          expect(await instances.terminate(first.instanceId)).toBe('terminating');
          await eventually(
            () => instances.withTags(tags),
            (left) => left.length === 0,
          );
          expect(await instances.start(wanted)).toEqual({ outcome: 'spent' });
        },
      );

      it('that never was has no state, and does not end', async () => {
        const instances = (await inside(await made(request('ec2none')))).instances('us-east-1');
        expect(await instances.state('i-0123456789abcdef0')).toBeUndefined();
        expect(await instances.terminate('i-0123456789abcdef0')).toBe('not there');
      });
    });

    describe('a case', () => {
      const wanted = (subject: string) => ({
        subject,
        body: 'Please enable it',
        serviceCode: 'customer-account',
        categoryCode: 'other-account-issues',
        issueType: 'customer-service',
        severityCode: 'high',
      });

      it('is found by its subject and its id, and resolved in the end', async () => {
        const since = new Date(0);
        expect(await ports.cases.findBySubject('about it', since)).toBeUndefined();
        await ports.cases.open(wanted('about it all'));
        const opened = await ports.cases.open(wanted('about it'));
        if (opened.outcome !== 'opened') throw new Error('not opened');
        expect(await ports.cases.findBySubject('about it', since)).toMatchObject({ id: opened.id });
        await eventually(
          () => ports.cases.get(opened.id),
          (one) => one?.status === 'resolved',
        );
        // It stays so, however often somebody looks.
        expect(await ports.cases.get(opened.id)).toEqual({ id: opened.id, status: 'resolved' });
        expect(await ports.cases.findBySubject('about it', since)).toEqual({
          id: opened.id,
          status: 'resolved',
        });
      });

      it('that never was is not known', async () => {
        expect(await ports.cases.get('case-000000000000-muen-2026-0000000000000000')).toBeUndefined();
      });
    });

    describe('a secret', () => {
      it('is made once, replaced, listed by the beginning of its name, and deleted for good', async () => {
        const { secrets } = ports;
        expect(await secrets.get('ns/a-secret')).toBeUndefined();
        expect(await secrets.replace('ns/a-secret', { key: 'none' })).toBe('not there');
        expect(await secrets.create('ns/a-secret', { key: 'one' })).toBe('created');
        expect(await secrets.create('ns/a-secret', { key: 'two' })).toBe('exists');
        expect(await secrets.get('ns/a-secret')).toEqual({ key: 'one' });
        expect(await secrets.replace('ns/a-secret', { key: 'three' })).toBe('replaced');
        expect(await secrets.get('ns/a-secret')).toEqual({ key: 'three' });
        await secrets.create('other/a-secret', { key: 'one' });
        expect(await secrets.names('ns/')).toEqual(['ns/a-secret']);
        await secrets.delete('ns/a-secret');
        await secrets.delete('ns/a-secret');
        expect([await secrets.get('ns/a-secret'), await secrets.names('ns/')]).toEqual([undefined, []]);
        await eventually(
          () => secrets.create('ns/a-secret', { key: 'four' }),
          (created) => created === 'created',
        );
      });
    });
  });
}
