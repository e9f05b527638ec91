import { describe, expect, it } from '@jest/globals';
import type { AwsPorts } from '../../../../accounts/aws/aws-ports.ts';
import { beyondLimits } from '../../../../accounts/federated-role/limits.ts';
import { policyDocument } from '../../../../accounts/federated-role/policy-document.ts';
import type { AWSFederatedRoleSpec } from '../../../../accounts/resources/aws-federated-role.ts';
import { anAccess, aRole, roleSpecs } from '../../../simulation/federated/people.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { FederatedLife } from '../../../support/fakes/federated-life.ts';

const [custom, both, managed, malformed, unknown] = roleSpecs;

const described = { roleDisplayName: 'Network', roleDescription: 'Sees to the network' };

/** A role that nobody has looked at. */
async function roleOf(spec: AWSFederatedRoleSpec = described, life = new FederatedLife()) {
  await life.store.create(aRole('network', spec));
  return life;
}

const ofIam = ({ calls }: FederatedLife): string[] => calls.filter((call) => call.startsWith('iam:'));

describe('a federated role', () => {
  it('is Valid when AWS takes its policies, and leaves nothing behind', async () => {
    const life = await roleOf(both);
    expect(await life.until(life.roleKey)).toEqual({ outcome: 'done' });
    const { metadata, status } = await life.role();
    expect(status).toMatchObject({ state: 'Valid', observedGeneration: metadata.generation });
    expect(await life.findings(life.roleKey)).toEqual(['Valid/AllPoliciesValid']);
    expect(ofIam(life)).toEqual(['iam:GetPolicy', 'iam:CreatePolicy', 'iam:DeletePolicy']);
    expect(life.world.payerIam.policyList).toEqual([]);
    expect(status).not.toHaveProperty('trial');
  });

  it('needs no policy of its own', async () => {
    const life = await roleOf(managed);
    await life.until(life.roleKey);
    expect((await life.role()).status?.state).toBe('Valid');
    expect(ofIam(life)).toEqual(['iam:GetPolicy', 'iam:GetPolicy']);
  });

  it.each<[string, AWSFederatedRoleSpec | undefined, string, RegExp]>([
    ['is malformed', malformed, 'InvalidCustomerPolicy', /Syntax errors in policy/],
    ['names a policy that AWS does not have', unknown, 'InvalidManagedPolicy', /"UnknownAccess"/],
    ['has no policy at all', described, 'NoAWSCustomPolicyOrAWSManagedPolicies', /neither/],
  ])('has Failed when it %s, and says why', async (_, spec, reason, message) => {
    const life = await roleOf(spec);
    expect(await life.until(life.roleKey)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(message),
    });
    expect(await life.findings(life.roleKey)).toEqual([`Failed/${reason}`]);
    expect(life.world.payerIam.policyList).toEqual([]);
  });

  it('is not looked at again, until it is described anew', async () => {
    const life = await roleOf(malformed);
    await life.until(life.roleKey);
    const before = life.calls.length;
    expect(await life.look(life.roleKey)).toMatchObject({ outcome: 'failed' });
    expect(life.calls).toHaveLength(before);
    await life.describe(custom);
    await life.until(life.roleKey);
    expect(await life.findings(life.roleKey)).toEqual(['Valid/AllPoliciesValid']);
  });

  it('writes down what it tries before it does, and takes away what a crash has left', async () => {
    let crashes = 1;
    const life = await roleOf(
      custom,
      new FederatedLife({
        ports: ({ trials }: AwsPorts) => ({
          trials: {
            ...trials,
            make: async (name, document) => {
              const answer = await trials.make(name, document);
              if (crashes-- > 0) throw new Error('the invocation has ended');
              return answer;
            },
          },
        }),
      }),
    );
    await expect(life.until(life.roleKey)).rejects.toThrow('has ended');
    const { metadata, status } = await life.role();
    const name = `${metadata.uid}-${metadata.generation}`;
    expect(status?.trial?.name).toBe(name);
    expect(life.world.payerIam.policyList).toMatchObject([{ arn: expect.stringContaining(name) }]);
    expect(await life.until(life.roleKey)).toEqual({ outcome: 'done' });
    expect(life.world.payerIam.policyList).toEqual([]);
  });

  it('remembers what AWS has said when it cannot be taken away yet', async () => {
    let tries = 0;
    const life = await roleOf(
      custom,
      new FederatedLife({
        ports: ({ trials }: AwsPorts) => ({
          trials: {
            ...trials,
            unmake: async (name) => {
              tries += 1;
              return tries === 1 ? 'not there' : trials.unmake(name);
            },
          },
        }),
      }),
    );
    await life.until(life.roleKey);
    expect((await life.role()).status?.state).toBe('Valid');
    expect(life.calls.filter((call) => call === 'iam:CreatePolicy')).toHaveLength(1);
    expect(life.world.payerIam.policyList).toEqual([]);
  });

  it('says what is in the way when AWS is not to be asked, and asks again', async () => {
    let isDenied = true;
    const life = await roleOf(
      custom,
      new FederatedLife({
        ports: ({ trials }: AwsPorts) => ({
          trials: {
            ...trials,
            make: async (name, document) => {
              if (isDenied) throw awsError('iam:CreatePolicy', 'AccessDenied');
              return trials.make(name, document);
            },
          },
        }),
      }),
    );
    await life.until(life.roleKey, ({ status }) => JSON.stringify(status ?? {}).includes('AccessDenied'));
    expect(await life.findings(life.roleKey)).toEqual(['InProgress/AccessDenied']);
    isDenied = false;
    await life.until(life.roleKey);
    expect(await life.findings(life.roleKey)).toEqual(['Valid/AllPoliciesValid']);
  });
});

describe('a federated role that is deleted', () => {
  it('goes when nobody uses it, as far as an index can tell', async () => {
    const life = await roleOf(managed);
    await life.until(life.roleKey);
    await life.store.delete(life.roleKey);
    expect(await life.look(life.roleKey)).toMatchObject({ outcome: 'again' });
    await life.until(life.roleKey);
    expect(await life.isGone(life.roleKey)).toBe(true);
  });

  it('takes its accesses with it, waits until they are gone, and says so', async () => {
    const life = new FederatedLife();
    await life.ready(custom);
    await life.store.delete(life.roleKey);
    expect(await life.look(life.roleKey)).toEqual({ outcome: 'again', afterSeconds: 30 });
    expect(await life.findings(life.roleKey)).toEqual(['Deleting/AccessesLeft']);
    expect((await life.access()).metadata.deletionTimestamp).toBeDefined();
    await life.until(life.accessKey);
    expect(life.iam.roleNames).toEqual(['OrganizationAccountAccessRole']);
    await life.until(life.roleKey);
    expect(await life.isGone(life.roleKey)).toBe(true);
  });

  it('takes away what it was trying', async () => {
    const life = await roleOf(custom);
    await life.look(life.roleKey);
    const role = await life.role();
    await life.ports.trials.make('left', policyDocument(custom) ?? '');
    const trial = { name: 'left', generation: 1, askedAt: life.now().toISOString() };
    await life.store.updateStatus({ ...role, status: { state: '' as const, conditions: [], trial } });
    await life.store.delete(life.roleKey);
    await life.until(life.roleKey);
    expect(await life.isGone(life.roleKey)).toBe(true);
    expect(life.world.payerIam.policyList).toEqual([]);
  });

  it('counts accesses that name a role of another namespace as another’s', async () => {
    const life = await roleOf(managed);
    await life.until(life.roleKey);
    const other = anAccess('uhc-one', 'other', 'network');
    await life.store.create({
      ...other,
      spec: { ...other.spec, awsFederatedRole: { name: 'network', namespace: 'uhc-one' } },
    });
    await life.store.delete(life.roleKey);
    await life.until(life.roleKey);
    expect(await life.isGone(life.roleKey)).toBe(true);
  });
});

describe('the policy of a role', () => {
  const policy = { name: 'Network', description: 'd' };

  it('has its statements, conditions and principals in IAM’s words', () => {
    const document = policyDocument({
      ...described,
      awsCustomPolicy: {
        ...policy,
        awsStatements: [
          {
            effect: 'Allow',
            action: ['ec2:DescribeVpcs'],
            resource: ['*'],
            condition: { StringEquals: { 'ec2:Region': 'eu-west-1' }, StringLike: { 'aws:userid': 'A*' } },
          },
          { effect: 'Deny', action: ['ec2:DeleteVpc'], resource: [], principal: { AWS: ['111111111111'] } },
        ],
      },
    });
    expect(JSON.parse(document ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['ec2:DescribeVpcs'],
          Resource: ['*'],
          Condition: { StringEquals: { 'ec2:Region': 'eu-west-1' }, StringLike: { 'aws:userid': 'A*' } },
        },
        { Effect: 'Deny', Action: ['ec2:DeleteVpc'], Principal: { AWS: ['111111111111'] } },
      ],
    });
  });

  const statement = (resource: string) => ({
    effect: 'Allow' as const,
    action: ['s3:*'],
    resource: [resource],
  });
  const names = (count: number) => Array.from({ length: count }, (_, index) => `Policy${index}`);
  const own = { ...policy, awsStatements: [statement('*')] };

  it.each<[string, object, string | undefined]>([
    ['within all limits', { awsCustomPolicy: own, awsManagedPolicies: names(9) }, undefined],
    [
      'too large',
      { awsCustomPolicy: { ...policy, awsStatements: [statement('x'.repeat(6_144))] } },
      'PolicyTooLarge',
    ],
    ['one of too many', { awsCustomPolicy: own, awsManagedPolicies: names(10) }, 'TooManyPolicies'],
    ['named with a space', { awsCustomPolicy: { ...own, name: 'Net work' } }, 'InvalidPolicyName'],
    [
      'named at too great length',
      { awsCustomPolicy: { ...own, name: 'n'.repeat(122) } },
      'InvalidPolicyName',
    ],
    ['described in Greek', { awsCustomPolicy: { ...own, description: 'δίκτυο' } }, 'InvalidDescription'],
    ['managed, and no name', { awsManagedPolicies: ['not a name'] }, 'InvalidManagedPolicy'],
    ['managed, with a path', { awsManagedPolicies: ['job-function/Billing'] }, undefined],
  ])('is %s', (_, differences, reason) => {
    expect(beyondLimits({ ...described, ...differences })?.reason).toBe(reason);
  });

  it('is measured without white space, as IAM measures it', () => {
    const awsCustomPolicy = { ...policy, awsStatements: [statement(' '.repeat(7_000))] };
    expect(beyondLimits({ ...described, awsCustomPolicy })).toBeUndefined();
  });
});
