import type { MemberAccount } from '../../../accounts/aws/member-accounts.ts';
import type { PortsOnWire } from './ports-on-wire.ts';
import { byRole, reference } from './ports-on-wire.ts';

/** A use of a port, and what it gives when nothing is wrong. */
export interface PortUse {
  title: string;
  run(wire: PortsOnWire): Promise<unknown>;
  gives: unknown;
  /** What it gives in place of an error, where it says so. */
  instead?: { denied?: unknown; throttled?: unknown };
  /** Actions that are tried once, since another try could do the same twice. */
  once?: readonly string[];
  /** Actions that could be asked for pages, and are asked for one thing by its id. */
  singles?: readonly string[];
  /** Fields of answers, such as `iam:GetUser User.Tags`, without which the answer means something else. */
  meaningful?: RegExp;
}

const key = { id: 'AKIAEXAMPLE', secret: 'example' };
const request = { name: 'osd-creds-mgmt-a1b2c3', email: 'OSD-creds-mgmt+a1b2c3@example.com' };
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const credentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'example',
  sessionToken: 'token',
  expiration: new Date('2026-01-01T01:00:00Z'),
};
const newest = { id: 'ami-new', rootDevice: '/dev/xvda', rootGiB: 8 };
const supportCase = {
  subject: 'about it',
  body: 'please',
  serviceCode: 'customer-account',
  categoryCode: 'other-account-issues',
  issueType: 'customer-service',
  severityCode: 'high',
};

/** A use of something in the member account, which was entered before. */
const inside = (work: (account: MemberAccount) => Promise<unknown>): PortUse['run'] => {
  const entered = new WeakMap<PortsOnWire, Promise<MemberAccount>>();
  return async (wire) => {
    const account = entered.get(wire) ?? wire.inside();
    entered.set(wire, account);
    return work(await account);
  };
};

const refused = { outcome: 'refused' };

/** What may be left in a region, and its end. Buckets and hosted zones, whose protocol is another: leftovers.test.ts */
const leftoverUses: readonly PortUse[] = (
  [
    ['EBSVolumes', 'vol-1'],
    ['EBSSnapshots', 'snap-1'],
    ['VPCEndpointServices', 'vpce-svc-1'],
  ] as const
).flatMap(([kind, id]): PortUse[] => [
  { title: kind, run: inside((account) => account.leftovers(kind, 'sa-east-1').ids()), gives: [id] },
  {
    title: `one of ${kind} to be deleted`,
    run: inside((account) => account.leftovers(kind, 'sa-east-1').remove(id, () => true)),
    gives: undefined,
  },
]);

/** Every call of every port. */
export const portUses: readonly PortUse[] = [
  { title: 'the payer', run: ({ ports }) => ports.organization.payerAccountId(), gives: '111111111111' },
  {
    title: 'an account that is asked for',
    run: ({ ports }) => ports.organization.createAccount(request),
    gives: { outcome: 'requested', creation: { state: 'in-progress', requestId: 'car-1' } },
    instead: { throttled: { outcome: 'later', code: 'TooManyRequestsException' } },
    once: ['organizations:CreateAccount'],
  },
  {
    title: 'a creation',
    run: ({ ports }) => ports.organization.creation('car-1'),
    gives: { state: 'succeeded', accountId: '222222222222', requestId: 'car-1' },
  },
  {
    title: 'a creation that is looked for by its account',
    run: ({ ports }) => ports.organization.findCreation(request),
    gives: { state: 'succeeded', accountId: '222222222222' },
    // An older field says the same, if less of it.
    meaningful: /Accounts\.State$/,
  },
  {
    title: 'a creation that is looked for by its request',
    run: ({ ports }) => ports.organization.findCreation({ ...request, email: 'other@example.com' }),
    gives: { state: 'succeeded', accountId: '222222222222', requestId: 'car-1' },
    // A request without a name is not the one that is sought.
    meaningful: /CreateAccountStatuses\.AccountName$/,
  },
  {
    title: 'an account of the organization',
    run: ({ ports }) => ports.organization.account('222222222222'),
    gives: {
      id: '222222222222',
      name: 'osd-creds-mgmt-a1b2c3',
      email: 'osd-creds-mgmt+a1b2c3@example.com',
      state: 'ACTIVE',
    },
  },
  {
    title: 'the number of accounts',
    run: ({ ports }) => ports.organization.count(),
    gives: { accounts: 2, closed: 0, inProgress: 1 },
  },
  {
    title: 'a way in',
    run: async ({ ports }) => {
      const entry = await ports.members.enter(reference(), byRole);
      if (entry.outcome === 'refused') return { outcome: entry.outcome };
      const { id, credentials, roleId } = entry.account;
      return { id, credentials, roleId };
    },
    gives: { id: '222222222222', credentials, roleId: 'AROA1' },
    instead: { denied: refused },
  },
  {
    title: 'a way in with a key',
    run: async ({ ports }) => {
      const entry = await ports.members.enter(reference(), { by: 'access-key', key });
      return entry.outcome === 'refused' ? { outcome: entry.outcome } : { id: entry.account.id };
    },
    gives: { id: '222222222222' },
    instead: { denied: refused },
  },
  {
    title: 'an identity',
    run: ({ ports }) => ports.signIn.identity(key),
    gives: { accountId: '222222222222', arn: 'arn:aws:iam::222222222222:user/osdManagedAdmin' },
  },
  {
    title: 'a federated user',
    run: ({ ports }) => ports.signIn.federate(key, 'RedHatSRE', 3_600),
    gives: credentials,
  },
  {
    title: 'a user',
    run: inside(({ users }) => users.get('osdManagedAdmin')),
    gives: {
      name: 'osdManagedAdmin',
      arn: 'arn:aws:iam::222222222222:user/osdManagedAdmin',
      tags: { clusterAccountName: 'osd-creds-mgmt-a1b2c3' },
    },
    // Of a user without tags IAM says nothing of tags.
    meaningful: /Tags/,
  },
  { title: 'the users', run: inside(({ users }) => users.names()), gives: ['osdManagedAdmin', 'other'] },
  {
    title: 'a new user',
    run: inside(({ users }) => users.create({ name: 'a', tags: { b: 'c' } })),
    gives: 'created',
  },
  { title: 'a user to be deleted', run: inside(({ users }) => users.delete('a')), gives: undefined },
  { title: 'tags of a user', run: inside(({ users }) => users.tag('a', { b: 'c' })), gives: undefined },
  { title: 'policies of a user', run: inside(({ users }) => users.policies('a')), gives: [administrator] },
  {
    title: 'a policy for a user',
    run: inside(({ users }) => users.attachPolicy('a', 'b')),
    gives: undefined,
  },
  {
    title: 'a policy less for a user',
    run: inside(({ users }) => users.detachPolicy('a', 'b')),
    gives: undefined,
  },
  {
    title: 'keys of a user',
    run: inside(({ users }) => users.keys('a')),
    gives: [{ id: 'AKIAEXAMPLE', active: true, createdAt: new Date('2026-01-01T01:00:00Z') }],
  },
  {
    title: 'a new key',
    run: inside(({ users }) => users.createKey('a')),
    gives: { outcome: 'created', key },
    once: ['iam:CreateAccessKey'],
  },
  { title: 'a key to be deleted', run: inside(({ users }) => users.deleteKey('a', 'b')), gives: undefined },
  {
    title: 'a role',
    run: inside(({ roles }) => roles.get('Admin')),
    gives: { name: 'Admin', id: 'AROA1', arn: 'arn:aws:iam::222222222222:role/Admin', tags: { owner: 'me' } },
    meaningful: /Tags/,
  },
  { title: 'the roles', run: inside(({ roles }) => roles.names()), gives: ['Admin'] },
  {
    title: 'a new role',
    run: inside(({ roles }) => roles.create({ name: 'a', trustPolicy: '{}', tags: {} })),
    gives: 'created',
  },
  { title: 'a role to be deleted', run: inside(({ roles }) => roles.delete('a')), gives: undefined },
  { title: 'policies of a role', run: inside(({ roles }) => roles.policies('a')), gives: [administrator] },
  {
    title: 'a policy for a role',
    run: inside(({ roles }) => roles.attachPolicy('a', 'b')),
    gives: undefined,
  },
  {
    title: 'a policy less for a role',
    run: inside(({ roles }) => roles.detachPolicy('a', 'b')),
    gives: undefined,
  },
  {
    title: 'a policy of the account',
    run: inside(({ policies }) => policies.get('arn:aws:iam::222222222222:policy/Network-abc123')),
    gives: {
      arn: 'arn:aws:iam::222222222222:policy/Network-abc123',
      document: '{"a":1}',
      tags: { owner: 'me' },
    },
    meaningful: /Tags/,
  },
  {
    title: 'a new policy',
    run: inside(({ policies }) =>
      policies.create({ name: 'a', document: '{}', description: 'b', tags: { c: 'd' } }),
    ),
    gives: 'created',
  },
  {
    title: 'a policy with another document',
    run: inside(({ policies }) => policies.change('arn:aws:iam::222222222222:policy/a', '{}')),
    gives: undefined,
  },
  {
    title: 'a policy to be deleted',
    run: inside(({ policies }) => policies.delete('arn:aws:iam::222222222222:policy/a')),
    gives: undefined,
  },
  {
    title: 'a managed policy of AWS',
    run: ({ ports }) => ports.trials.hasManaged('IAMReadOnlyAccess'),
    gives: true,
  },
  {
    title: 'a policy to be tried',
    run: ({ ports }) => ports.trials.make('a', '{}'),
    gives: { outcome: 'taken' },
  },
  { title: 'a policy that was tried', run: ({ ports }) => ports.trials.unmake('a'), gives: 'gone' },
  { title: 'regions', run: inside((account) => account.enabledRegions()), gives: ['us-east-1', 'eu-west-1'] },
  {
    title: 'instances',
    run: inside((account) => account.instances('sa-east-1').withTags({ a: 'b' })),
    gives: [{ id: 'i-1', type: 't2.micro', state: 'running' }],
  },
  {
    title: 'an image',
    run: inside((account) => account.instances('sa-east-1').newestImage('amazon', 'al2023-ami-2023.*')),
    gives: newest,
    // Without its size the least is asked for.
    meaningful: /BlockDeviceMappings/,
  },
  {
    title: 'an instance to be started',
    run: inside((account) =>
      account.instances('sa-east-1').start({ image: newest, type: 't2.micro', tags: { a: 'b' }, token: 't' }),
    ),
    gives: { outcome: 'started', instanceId: 'i-1' },
    instead: { throttled: { outcome: 'later', code: 'RequestLimitExceeded' } },
  },
  {
    title: 'the state of an instance',
    run: inside((account) => account.instances('sa-east-1').state('i-1')),
    gives: 'running',
    singles: ['ec2:DescribeInstanceStatus'],
  },
  {
    title: 'an instance to be ended',
    run: inside((account) => account.instances('sa-east-1').terminate('i-1')),
    gives: 'terminating',
  },
  ...leftoverUses,
  {
    title: 'a new case',
    run: ({ ports }) => ports.cases.open(supportCase),
    gives: { outcome: 'opened', id: 'case-1' },
    once: ['support:CreateCase'],
  },
  {
    title: 'a case that is looked for',
    run: ({ ports }) => ports.cases.findBySubject('about it', new Date('2026-01-01')),
    gives: { id: 'case-2', status: 'resolved' },
  },
  {
    title: 'a case',
    run: ({ ports }) => ports.cases.get('case-1'),
    gives: { id: 'case-1', status: 'opened' },
    singles: ['support:DescribeCases'],
  },
  {
    title: 'a secret',
    run: ({ ports }) => ports.secrets.get('ns/a-secret'),
    gives: { aws_user_name: 'osdManagedAdmin' },
  },
  {
    title: 'a new secret',
    run: ({ ports }) => ports.secrets.create('ns/a-secret', { a: 'b' }),
    gives: 'created',
  },
  {
    title: 'a secret with other values',
    run: ({ ports }) => ports.secrets.replace('ns/a-secret', { a: 'b' }),
    gives: 'replaced',
  },
  {
    title: 'a secret to be deleted',
    run: ({ ports }) => ports.secrets.delete('ns/a-secret'),
    gives: undefined,
  },
  {
    title: 'names of secrets',
    run: ({ ports }) => ports.secrets.names('ns/'),
    gives: ['ns/a-secret', 'ns/b-secret'],
  },
];
