import { describe, expect, it } from '@jest/globals';
import { mayPass } from '../../../../accounts/aws/may-pass.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { type Answers, Refusal } from '../../../support/wire/fake-aws.ts';
import { absent } from '../../../support/wire/healthy-organization.ts';
import { portsOnWire } from '../../../support/wire/ports-on-wire.ts';

/** The member account, in which actions are refused. */
const refusing = (error: Error, ...actions: string[]) => {
  const refuse = () => {
    throw error;
  };
  const answers: Answers = Object.fromEntries(actions.map((action) => [action, refuse]));
  return portsOnWire(answers).inside();
};

describe('users and roles', () => {
  it('that are not there are none, and may be taken away', async () => {
    const actions = ['GetUser', 'DeleteUser', 'DetachUserPolicy', 'DeleteAccessKey'];
    const roleActions = ['GetRole', 'DeleteRole', 'DetachRolePolicy'];
    const { users, roles } = await refusing(
      absent.iam,
      ...[...actions, ...roleActions].map((action) => `iam:${action}`),
    );
    expect([await users.get('a'), await roles.get('a')]).toEqual([undefined, undefined]);
    await users.detachPolicy('a', 'b');
    await users.deleteKey('a', 'b');
    await users.delete('a');
    await roles.detachPolicy('a', 'b');
    await expect(roles.delete('a')).resolves.toBeUndefined();
  });

  it('that are there already are not made', async () => {
    const { users, roles } = await refusing(
      new Refusal('EntityAlreadyExists', 409),
      'iam:CreateUser',
      'iam:CreateRole',
    );
    expect(await users.create({ name: 'a', tags: {} })).toBe('exists');
    expect(await roles.create({ name: 'a', trustPolicy: '{}', tags: {} })).toBe('exists');
  });

  it('that are not there get nothing: what is new may just not be seen', async () => {
    const { users } = await refusing(absent.iam, 'iam:AttachUserPolicy', 'iam:ListAccessKeys');
    await expect(users.attachPolicy('a', 'b')).rejects.toMatchObject({ failure: 'not-found' });
    await expect(users.keys('a')).rejects.toMatchObject({ failure: 'not-found' });
  });

  it('have two keys at most', async () => {
    const { users } = await refusing(new Refusal('LimitExceeded', 409), 'iam:CreateAccessKey');
    expect(await users.createKey('a')).toEqual({ outcome: 'limit' });
  });

  it('with something left are not deleted', async () => {
    const { users } = await refusing(new Refusal('DeleteConflict', 409), 'iam:DeleteUser');
    await expect(users.delete('a')).rejects.toMatchObject({ code: 'DeleteConflictException' });
  });
});

describe('a policy', () => {
  const arn = 'arn:aws:iam::222222222222:policy/a';

  it('that is not there is none, and may be taken away', async () => {
    const actions = ['GetPolicy', 'ListPolicyVersions', 'DeletePolicy'];
    const { policies } = await refusing(absent.iam, ...actions.map((action) => `iam:${action}`));
    expect(await policies.get(arn)).toBeUndefined();
    await expect(policies.delete(arn)).resolves.toBeUndefined();
  });

  it('goes with all its versions, the one that counts last', async () => {
    const { aws, inside } = portsOnWire();
    await (await inside()).policies.delete(arn);
    expect(aws.calls.slice(-3).map(({ action, input }) => [action, input.VersionId])).toEqual([
      ['iam:ListPolicyVersions', undefined],
      ['iam:DeletePolicyVersion', 'v1'],
      ['iam:DeletePolicy', undefined],
    ]);
  });

  it('makes room for another version before it is made, and lets it count', async () => {
    const { aws, inside } = portsOnWire();
    await (await inside()).policies.change(arn, '{}');
    expect(aws.calls.slice(-2)).toMatchObject([
      { action: 'iam:DeletePolicyVersion', input: { VersionId: 'v1' } },
      { action: 'iam:CreatePolicyVersion', input: { SetAsDefault: 'true', PolicyDocument: '{}' } },
    ]);
  });

  it('that is there already is not made', async () => {
    const { policies } = await refusing(new Refusal('EntityAlreadyExists', 409), 'iam:CreatePolicy');
    const wanted = { name: 'a', document: '{}', description: 'b', tags: {} };
    expect(await policies.create(wanted)).toBe('exists');
  });
});

describe('an instance', () => {
  const image = { id: 'ami-1', rootDevice: '/dev/sda1', rootGiB: 20 };
  const wanted = { image, type: 't2.micro', tags: { clusterAccountName: 'a' }, token: 'a-us-east-1' };

  it('is started small, encrypted, with its tags and its token, in its region', async () => {
    const { aws, inside } = portsOnWire();
    await (await inside()).instances('sa-east-1').start({ ...wanted, kmsKeyId: 'key-1' });
    const { region, input } = aws.calls.at(-1) ?? {};
    expect(region).toBe('sa-east-1');
    expect(input).toMatchObject({
      ImageId: 'ami-1',
      InstanceType: 't2.micro',
      MinCount: '1',
      MaxCount: '1',
      ClientToken: 'a-us-east-1',
      InstanceInitiatedShutdownBehavior: 'terminate',
      'BlockDeviceMapping.1.DeviceName': '/dev/sda1',
      'BlockDeviceMapping.1.Ebs.Encrypted': 'true',
      'BlockDeviceMapping.1.Ebs.DeleteOnTermination': 'true',
      'BlockDeviceMapping.1.Ebs.VolumeSize': '20',
      'BlockDeviceMapping.1.Ebs.KmsKeyId': 'key-1',
      'TagSpecification.1.Tag.1.Key': 'clusterAccountName',
      'TagSpecification.2.ResourceType': 'volume',
    });
  });

  it('ends by itself after an hour, should nobody else end it', async () => {
    const { aws, inside } = portsOnWire();
    await (await inside()).instances('us-east-1').start(wanted);
    const script = Buffer.from(aws.calls.at(-1)?.input.UserData ?? '', 'base64').toString();
    expect(script).toBe('#!/bin/sh\nshutdown -h +60\n');
  });

  it.each([
    ['PendingVerification', { outcome: 'later', code: 'PendingVerification' }],
    ['OptInRequired', { outcome: 'later', code: 'OptInRequired' }],
    ['InsufficientInstanceCapacity', { outcome: 'later', code: 'InsufficientInstanceCapacity' }],
    ['VcpuLimitExceeded', { outcome: 'limit', code: 'VcpuLimitExceeded' }],
    ['InstanceLimitExceeded', { outcome: 'limit', code: 'InstanceLimitExceeded' }],
    ['IdempotentInstanceTerminated', { outcome: 'spent' }],
    ['IdempotentParameterMismatch', { outcome: 'spent' }],
  ])('that AWS refuses with %s is left for what comes of it', async (code, outcome) => {
    const account = await refusing(new Refusal(code, 400), 'ec2:RunInstances');
    expect(await account.instances('us-east-1').start(wanted)).toMatchObject(outcome);
  });

  it('that AWS refuses for another reason is an error', async () => {
    const account = await refusing(new Refusal('InvalidAMIID.NotFound', 400), 'ec2:RunInstances');
    await expect(account.instances('us-east-1').start(wanted)).rejects.toMatchObject({
      failure: 'not-found',
    });
  });

  it('of this token that has ended is not started again', async () => {
    const { inside } = portsOnWire({
      'ec2:RunInstances': () => ({ Instances: [{ InstanceId: 'i-1', State: { Name: 'terminated' } }] }),
    });
    expect(await (await inside()).instances('us-east-1').start(wanted)).toEqual({ outcome: 'spent' });
  });

  it('that is not there has no state, and is not ended', async () => {
    const account = await refusing(absent.ec2, 'ec2:DescribeInstanceStatus', 'ec2:TerminateInstances');
    const instances = account.instances('us-east-1');
    expect([await instances.state('i-1'), await instances.terminate('i-1')]).toEqual([
      undefined,
      'not there',
    ]);
  });

  it('is looked for by all of its tags, unless it has ended', async () => {
    const { aws, inside } = portsOnWire();
    await (await inside()).instances('us-east-1').withTags({ a: '1', b: '2' });
    expect(aws.calls.at(-1)?.input).toMatchObject({
      'Filter.1.Name': 'tag:a',
      'Filter.2.Name': 'tag:b',
      'Filter.3.Name': 'instance-state-name',
      'Filter.3.Value.1': 'pending',
    });
  });

  it('has no image where the owner has none', async () => {
    const { inside } = portsOnWire({ 'ec2:DescribeImages': () => ({ Images: [] }) });
    expect(await (await inside()).instances('us-east-1').newestImage('amazon', 'x')).toBeUndefined();
  });
});

describe('a refusal', () => {
  it.each([
    ['AccessDenied', true],
    ['InvalidClientTokenId', true],
    ['NoSuchEntity', true],
    ['OptInRequired', true],
    ['Throttling', true],
    ['ServiceFailure', true],
    ['ValidationError', false],
    ['LimitExceeded', false],
    ['EntityAlreadyExists', false],
  ])('with %s may pass: %s', (code, passes) => {
    expect(mayPass(awsError('iam:CreateUser', code))).toBe(passes);
  });

  it('is one of AWS', () => {
    expect(mayPass(new TypeError('no'))).toBe(false);
  });
});
