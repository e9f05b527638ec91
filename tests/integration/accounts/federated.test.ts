import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateUserCommand,
  IAMClient,
  ListPoliciesCommand,
  ListRolesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guardOfIds, holdingStep } from '../../../accounts/account/account-ids.ts';
import { workSettings } from '../../../accounts/account/account-settings.ts';
import type { AwsPorts } from '../../../accounts/aws/aws-ports.ts';
import type { AccessKey } from '../../../accounts/aws/sign-in.ts';
import { federatedAccessController } from '../../../accounts/federated-access/federated-access-controller.ts';
import { federatedRoleController } from '../../../accounts/federated-role/federated-role-controller.ts';
import type { Account } from '../../../accounts/resources/account.ts';
import { accountRules } from '../../../accounts/resources/account-rules.ts';
import type { AWSFederatedAccountAccess } from '../../../accounts/resources/aws-federated-account-access.ts';
import type {
  AWSFederatedRole,
  AWSFederatedRoleSpec,
} from '../../../accounts/resources/aws-federated-role.ts';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { keyOf, type Resource, type ResourceKey } from '../../../shared/resources/resource.ts';
import { anAccess, aRole } from '../../simulation/federated/people.ts';
import { aClaim, anAccount, store as put } from '../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../support/fakes/memory-store.ts';
import { laptopAccountPorts } from '../../support/laptop-account-ports.ts';

const region = 'us-east-1';
const accountName = 'osd-creds-mgmt-abc123';

const allowing = (action: string): AWSFederatedRoleSpec => ({
  roleDisplayName: 'Network',
  roleDescription: 'Sees to the network',
  awsCustomPolicy: {
    name: 'Network',
    description: 'Sees to the network',
    awsStatements: [
      {
        effect: 'Allow',
        action: [action],
        resource: ['*'],
        condition: { StringEquals: { 'aws:RequestedRegion': region } },
      },
    ],
  },
  awsManagedPolicies: ['IAMReadOnlyAccess'],
});

describe('a federated role on the laptop AWS', () => {
  let aws: LocalAws;
  let ports: AwsPorts;
  /** Of the account in which the role is made. */
  let accountId: string;
  let outsider: AccessKey;
  let stranger: AccessKey;
  /** Milliseconds by which the clock of the controllers is ahead: what they wait for is there at once. */
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const store = new MemoryStore({ now }, accountRules);
  let accessKey: ResourceKey;
  const roleKey = keyOf(aRole('network', allowing('ec2:DescribeVpcs')) as Resource);

  async function madeAccount(name: string): Promise<string> {
    const request = { name, email: `${name}@example.com` };
    await ports.organization.createAccount(request);
    const creation = await ports.organization.findCreation(request);
    if (creation?.state !== 'succeeded') throw new Error(`${name} was not made`);
    return creation.accountId;
  }

  const inside = async (awsAccountID: string) => {
    const account = { metadata: { namespace: 'ns', name: 'a' }, spec: { awsAccountID } };
    const way = { by: 'role', roleName: 'OrganizationAccountAccessRole' } as const;
    const entry = await unguarded().members.enter(account, way);
    if (entry.outcome === 'refused') throw entry.error;
    return entry.account;
  };

  const portsWith = (guards: Parameters<typeof laptopAccountPorts>[1]) => laptopAccountPorts(aws, guards);
  const unguarded = () => portsWith([]);

  const iamOf = async (id: string): Promise<IAMClient> => {
    const { credentials } = await inside(id);
    if (!credentials) throw new Error('it was entered without a session');
    return new IAMClient({ region, credentials });
  };

  /** A user of an account who may assume any role that lets him. */
  async function aUser(id: string, UserName: string): Promise<AccessKey> {
    const iam = await iamOf(id);
    await iam.send(new CreateUserCommand({ UserName }));
    const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }];
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'Assume', PolicyDocument }));
    const made = await (await inside(id)).users.createKey(UserName);
    if (made.outcome !== 'created') throw new Error('a new user may have a key');
    return made.key;
  }

  beforeAll(async () => {
    aws = await startLocalAws({ enforceIam: true });
    // The adapters find AWS as they do in a function: by the environment.
    Object.assign(process.env, aws.environment);
    await new OrganizationsClient({ region }).send(new CreateOrganizationCommand({}));
    ports = portsWith([guardOfIds(store)]);
    accountId = await madeAccount(accountName);
    const outside = await madeAccount('outside');
    outsider = await aUser(outside, 'outsider');
    stranger = await aUser(outside, 'stranger');
    await put(store, aRole('network', allowing('ec2:DescribeVpcs')));
    const claim = aClaim({ name: 'claim', namespace: 'uhc-one' }, { accountLink: accountName });
    await put(store, claim, { state: 'Ready', conditions: [] });
    const spec = { awsAccountID: accountId, claimLink: 'claim', claimLinkNamespace: 'uhc-one' };
    const account = await put(store, anAccount({ name: accountName }, spec), {
      state: 'Ready',
      claimed: true,
    });
    await store.transact([holdingStep(account as Account, accountId)]);
    const access = anAccess('uhc-one', 'access', 'network');
    const externalCustomerAWSIAMARN = `arn:aws:iam::${outside}:user/outsider`;
    accessKey = keyOf(await put(store, { ...access, spec: { ...access.spec, externalCustomerAWSIAMARN } }));
  });
  afterAll(() => aws?.close());

  /** Looks again and again until the resource asks for no more. */
  async function settle(key: ResourceKey): Promise<void> {
    const settings = workSettings();
    const role = federatedRoleController({ store, trials: ports.trials, settings });
    const access = federatedAccessController({
      store,
      aws: ports,
      settings,
      partition: 'aws',
      suffix: () => 'abc123',
    });
    const context = { now, remainingMs: () => 300_000 };
    for (let looks = 0; looks < 100; looks += 1) {
      const resource = await store.get(key);
      if (!resource) return;
      const reconciled =
        key.kind === role.kind
          ? await role.reconcile(resource as AWSFederatedRole, context)
          : await access.reconcile(resource as AWSFederatedAccountAccess, context);
      if (reconciled.outcome !== 'again') return;
      ahead += reconciled.afterSeconds * 1_000;
    }
    throw new Error(`it never came to an end: ${JSON.stringify((await store.get(key))?.status)}`);
  }

  const statusOf = async (key: ResourceKey) => (await store.get(key))?.status;

  async function assumedBy({ id, secret }: AccessKey) {
    const sts = new STSClient({ region, credentials: { accessKeyId: id, secretAccessKey: secret } });
    const RoleArn = `arn:aws:iam::${accountId}:role/network-abc123`;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'outside' }));
    return {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
  }

  it('is Valid when the laptop AWS takes it, of which nothing is left', async () => {
    await settle(roleKey);
    expect(await statusOf(roleKey)).toMatchObject({ state: 'Valid' });
    const { Policies } = await new IAMClient({ region }).send(new ListPoliciesCommand({ Scope: 'Local' }));
    expect(Policies).toEqual([]);
  });

  it('has Failed, in AWS’s words, when it does not', async () => {
    const nonsense = allowing('this is no action');
    const key = keyOf(await put(store, aRole('nonsense', nonsense)));
    await settle(key);
    expect(await statusOf(key)).toMatchObject({ state: 'Failed', conditions: expect.anything() });
    expect(JSON.stringify(await statusOf(key))).toMatch(/AWS does not take the policy: .+/);
  });

  it('lets the principal do what its policies say, and nothing else', async () => {
    await settle(accessKey);
    expect(await statusOf(accessKey)).toMatchObject({ state: 'Ready' });
    const credentials = await assumedBy(outsider);
    const inRegion = (name: string) => new EC2Client({ region: name, credentials });
    const iam = new IAMClient({ region, credentials });
    await expect(inRegion(region).send(new DescribeVpcsCommand({}))).resolves.toBeDefined();
    await expect(iam.send(new ListRolesCommand({}))).resolves.toBeDefined();
    const denied = { message: expect.stringMatching(/not authorized/) };
    await expect(inRegion('eu-west-1').send(new DescribeVpcsCommand({}))).rejects.toMatchObject(denied);
    await expect(iam.send(new CreateUserCommand({ UserName: 'mine' }))).rejects.toMatchObject(denied);
    await expect(new S3Client({ region, credentials }).send(new ListBucketsCommand({}))).rejects.toThrow();
  });

  it('lets nobody else in, not even from the same account', async () => {
    await expect(assumedBy(stranger)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('does what it says now, when it is described anew', async () => {
    const role = (await store.get(roleKey)) as AWSFederatedRole;
    await store.update({ ...role, spec: allowing('s3:ListAllMyBuckets') });
    await settle(roleKey);
    await settle(accessKey);
    const credentials = await assumedBy(outsider);
    await expect(
      new S3Client({ region, credentials }).send(new ListBucketsCommand({})),
    ).resolves.toBeDefined();
    await expect(new EC2Client({ region, credentials }).send(new DescribeVpcsCommand({}))).rejects.toThrow(
      /not authorized/,
    );
  });

  it('cannot be assumed any more when the access is deleted, and nothing is left of it', async () => {
    await store.delete(accessKey);
    await settle(accessKey);
    expect(await store.get(accessKey)).toBeUndefined();
    await expect(assumedBy(outsider)).rejects.toMatchObject({ name: 'AccessDenied' });
    const { roles } = await inside(accountId);
    const { Policies } = await (await iamOf(accountId)).send(new ListPoliciesCommand({ Scope: 'Local' }));
    expect([(await roles.names()).filter((name) => name.startsWith('network')), Policies]).toEqual([[], []]);
    expect(
      (await store.get({ ...accessKey, kind: 'AccountClaim', name: 'claim' }))?.metadata.finalizers,
    ).toEqual([]);
  });
});
