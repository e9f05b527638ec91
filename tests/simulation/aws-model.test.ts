import { describe, expect, it } from '@jest/globals';
import { awsPortsSuite } from '../support/aws-ports-suite.ts';
import { AwsModel } from './aws/aws-model.ts';
import { type AwsSettings, promptAws } from './aws/settings.ts';
import { Random } from './engine/random.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

/** An AWS with a clock that stands still until it is moved. */
function awsAt(settings: Partial<AwsSettings> = {}) {
  let seconds = 0;
  const now = () => new Date(start + seconds * 1_000);
  const world = new AwsModel({ now, random: new Random(1) }, { ...promptAws, ...settings });
  const ports = world.ports(async (_, effect) => effect());
  const wait = (more: number) => {
    seconds += more;
  };
  return { world, ports, wait };
}

awsPortsSuite('the model of AWS', async () => {
  const { ports } = awsAt();
  return { ports, pass: async () => {}, close: async () => {} };
});

const request = (name: string) => ({ name, email: `${name}@example.com` });

/** What comes of asking so often that both sides of a chance of one half must have been seen. */
async function answers<Value>(ask: () => Promise<Value>): Promise<Set<Value>> {
  const seen = new Set<Value>();
  for (let times = 0; times < 60; times += 1) seen.add(await ask());
  return seen;
}

describe('the model of AWS', () => {
  it('takes its time to make an account, which is under way until then', async () => {
    const { world, ports, wait } = awsAt({ creationSeconds: [60, 60] });
    const asked = await ports.organization.createAccount(request('a'));
    expect(asked).toMatchObject({ outcome: 'requested', creation: { state: 'in-progress' } });
    expect([world.organization.members.length, await ports.organization.count()]).toEqual([
      0,
      { accounts: 1, closed: 0, inProgress: 1 },
    ]);
    wait(61);
    expect(await ports.organization.findCreation(request('a'))).toMatchObject({ state: 'succeeded' });
    expect(world.organization.members).toHaveLength(1);
  });

  it('makes so many accounts at a time, and may be busy before', async () => {
    const { ports, wait } = awsAt({ creationSeconds: [60, 60], createdAtOnce: 2 });
    const ask = (name: string) => ports.organization.createAccount(request(name));
    expect([await ask('a'), await ask('b'), await ask('c')]).toMatchObject([
      { outcome: 'requested' },
      { outcome: 'requested' },
      { outcome: 'later', code: 'TooManyRequestsException' },
    ]);
    wait(61);
    expect(await ask('c')).toMatchObject({ outcome: 'requested' });
    const busy = awsAt({ creationSeconds: [60, 60], concurrentModification: 1 }).ports.organization;
    await busy.createAccount(request('a'));
    expect(await busy.createAccount(request('b'))).toMatchObject({ code: 'ConcurrentModificationException' });
  });

  it('makes no more accounts than it may, and says so at once or afterwards', async () => {
    const { world, ports } = awsAt({ accountLimit: 2 });
    await ports.organization.createAccount(request('a'));
    let name = 0;
    const outcomes = await answers(async () => {
      name += 1;
      const asked = await ports.organization.createAccount(request(`b${name}`));
      if (asked.outcome !== 'requested') return asked.outcome;
      return asked.creation.state === 'failed' ? asked.creation.reason : asked.creation.state;
    });
    expect(outcomes).toEqual(new Set(['limit', 'ACCOUNT_LIMIT_EXCEEDED']));
    expect(world.organization.members).toHaveLength(1);
  });

  it('may fail to make an account, whose e-mail address is free again', async () => {
    const { ports } = awsAt({ internalFailure: 1 });
    const failed = { creation: { state: 'failed', reason: 'INTERNAL_FAILURE' } };
    expect(await ports.organization.createAccount(request('a'))).toMatchObject(failed);
    expect(await ports.organization.createAccount(request('a'))).toMatchObject(failed);
  });

  it('knows e-mail addresses of elsewhere', async () => {
    const { world, ports } = awsAt();
    world.organization.takeEmail('A@example.com');
    expect(await ports.organization.createAccount(request('a'))).toMatchObject({
      creation: { state: 'failed', reason: 'EMAIL_ALREADY_EXISTS' },
    });
  });

  it('shows what is new to some, and after a while to all', async () => {
    const { world, ports, wait } = awsAt({ spreadSeconds: 60, creationSeconds: [1, 1] });
    await ports.organization.createAccount(request('a'));
    wait(61);
    const [member] = world.organization.members;
    const reference = { metadata: { namespace: 'ns', name: 'a' }, spec: { awsAccountID: member?.id ?? '' } };
    const enter = () =>
      ports.members.enter(reference, { by: 'role', roleName: 'OrganizationAccountAccessRole' });
    const entry = async () => (await enter()).outcome;
    // The account was made when it was looked for.
    expect(await answers(entry)).toEqual(new Set(['entered', 'refused']));
    wait(61);
    expect(await answers(entry)).toEqual(new Set(['entered']));

    const entered = await enter();
    if (entered.outcome === 'refused') throw entered.error;
    const { users } = entered.account;
    await users.create({ name: 'admin', tags: {} });
    const isThere = async () => (await users.get('admin')) !== undefined;
    expect(await answers(isThere)).toEqual(new Set([true, false]));
    wait(61);
    expect(await answers(isThere)).toEqual(new Set([true]));

    const made = await users.createKey('admin');
    if (made.outcome === 'limit') throw new Error('there were keys before');
    const works = () =>
      ports.signIn.identity(made.key).then(
        () => true,
        () => false,
      );
    expect(await answers(works)).toEqual(new Set([true, false]));
    wait(61);
    await users.deleteKey('admin', made.key.id);
    expect(await answers(works)).toEqual(new Set([true, false]));
    wait(61);
    expect(await answers(works)).toEqual(new Set([false]));
    expect(world.hasKey(made.key.id)).toBe(false);
  });

  it('has no instances for an account that it has not verified', async () => {
    const { world, ports, wait } = awsAt({ verificationSeconds: [600, 600], instanceSeconds: [30, 30] });
    await ports.organization.createAccount(request('a'));
    const [member] = world.organization.members;
    const instances = member?.ec2.instances('us-east-1', async (_, effect) => effect());
    const wanted = {
      image: { id: 'i', rootDevice: 'd', rootGiB: 8 },
      type: 't2.micro',
      tags: {},
      token: 't',
    };
    expect(await instances?.start(wanted)).toMatchObject({ outcome: 'later' });
    wait(601);
    const started = await instances?.start(wanted);
    const id = started?.outcome === 'started' ? started.instanceId : '';
    expect(await instances?.state(id)).toBe('pending');
    wait(31);
    expect(await instances?.state(id)).toBe('running');
    await instances?.terminate(id);
    expect([await instances?.state(id), member?.ec2.leftInstances]).toEqual(['shutting-down', []]);
  });

  it('takes so many cases an hour, and resolves each', async () => {
    const { ports, wait } = awsAt({ casesPerHour: 1, caseSeconds: [600, 600] });
    const open = (subject: string) =>
      ports.cases.open({
        subject,
        body: '',
        serviceCode: '',
        categoryCode: '',
        issueType: '',
        severityCode: '',
      });
    const opened = await open('a');
    expect(await open('b')).toMatchObject({ outcome: 'limit' });
    const id = opened.outcome === 'opened' ? opened.id : '';
    expect(await ports.cases.get(id)).toMatchObject({ status: 'work-in-progress' });
    wait(3_601);
    expect(await ports.cases.get(id)).toMatchObject({ status: 'resolved' });
    expect(await open('b')).toMatchObject({ outcome: 'opened' });
  });

  it('keeps the name of a deleted secret for a while', async () => {
    const { ports, wait } = awsAt({ secretDeletionSeconds: [30, 30] });
    await ports.secrets.create('a', {});
    await ports.secrets.delete('a');
    expect(await ports.secrets.create('a', {})).toBe('deleting');
    wait(31);
    expect(await ports.secrets.create('a', {})).toBe('created');
  });

  it('has accounts of customers, which have their own roles', async () => {
    const { world, ports } = awsAt();
    world.addCustomer('333333333333').iam.makeRole('Installer');
    const reference = { metadata: { namespace: 'ns', name: 'a' }, spec: { awsAccountID: '333333333333' } };
    const [throughRoleArn, roleArn] = [
      'arn:aws:iam::111111111111:role/Jump',
      'arn:aws:iam::333333333333:role/Installer',
    ];
    const way = { by: 'role-chain', throughRoleArn, roleArn } as const;
    expect(await ports.members.enter(reference, way)).toMatchObject({ outcome: 'entered' });
    const other = { by: 'role', roleName: 'OrganizationAccountAccessRole' } as const;
    expect(await ports.members.enter(reference, other)).toMatchObject({ outcome: 'refused' });
  });
});
