import { describe, expect, it } from '@jest/globals';
import { ofItsOwn } from '../../../../accounts/aws/account-guards.ts';
import { Refusal } from '../../../support/wire/fake-aws.ts';
import { member, payer } from '../../../support/wire/healthy-organization.ts';
import { byRole, portsOnWire, reference } from '../../../support/wire/ports-on-wire.ts';

const holder = reference().metadata;

describe('an account is not entered', () => {
  it.each([
    ['when it is the payer', payer, {}, 'the payer account itself'],
    ['when it is blocked', member, { blockedAccountIds: [member] }, 'blocked accounts'],
    ['when its id is none', '', {}, 'not an id of 12 digits'],
    ['when its id is more than an id', `${member}:role/x`, {}, 'not an id of 12 digits'],
    ['when it is on no resource', member, { guards: [ofItsOwn(async () => undefined)] }, 'no resource'],
    [
      'when it is on another resource',
      member,
      { guards: [ofItsOwn(async () => ({ ...holder, name: 'osd-creds-mgmt-other1' }))] },
      'osd-creds-mgmt-other1',
    ],
  ])('%s, and nobody is asked to let us in', async (_, accountId, circumstances, why) => {
    const { aws, ports } = portsOnWire({}, circumstances);
    const entering = ports.members.enter(reference(accountId), byRole);
    await expect(entering).rejects.toMatchObject({
      name: 'ForbiddenAccountError',
      accountId,
      message: expect.stringContaining(why),
    });
    expect(aws.calls.map(({ action }) => action)).not.toContain('sts:AssumeRole');
  });

  it('when AWS does not tell which account is the payer, and is then asked again', async () => {
    let tells = false;
    const { ports } = portsOnWire({
      'organizations:DescribeOrganization': () => {
        if (!tells) throw new Refusal('AccessDeniedException', 400);
        return { Organization: { MasterAccountId: payer } };
      },
    });
    await expect(ports.members.enter(reference(), byRole)).resolves.toMatchObject({ outcome: 'refused' });
    tells = true;
    await expect(ports.members.enter(reference(), byRole)).resolves.toMatchObject({ outcome: 'entered' });
  });

  it('when the role is one of another account', async () => {
    const { ports } = portsOnWire();
    const way = {
      by: 'role-chain',
      throughRoleArn: `arn:aws:iam::${payer}:role/Jump`,
      roleArn: 'arn:aws:iam::333333333333:role/Installer',
    } as const;
    await expect(ports.members.enter(reference(), way)).rejects.toThrow('lead into 333333333333 instead');
  });

  it('when the key is one of another account', async () => {
    const { ports } = portsOnWire({
      'sts:GetCallerIdentity': () => ({ Account: payer, Arn: `arn:aws:iam::${payer}:user/a` }),
    });
    const way = { by: 'access-key', key: { id: 'AKIAEXAMPLE', secret: 'example' } } as const;
    await expect(ports.members.enter(reference(), way)).rejects.toThrow(`lead into ${payer} instead`);
  });
});

describe('an account is entered', () => {
  it('by the role of its administrators, when it is its own', async () => {
    const { aws, ports } = portsOnWire({}, { guards: [ofItsOwn(async () => holder)] });
    expect(await ports.members.enter(reference(), byRole)).toMatchObject({ outcome: 'entered' });
    expect(aws.calls.at(-1)?.input).toMatchObject({
      RoleArn: `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`,
      RoleSessionName: 'awsAccountOperator',
      DurationSeconds: '3600',
    });
  });

  it('through another role, with the external id of the last one', async () => {
    const { aws, ports } = portsOnWire();
    const [throughRoleArn, roleArn] = [
      `arn:aws:iam::${payer}:role/Jump`,
      `arn:aws:iam::${member}:role/Installer`,
    ];
    await ports.members.enter(reference(), { by: 'role-chain', throughRoleArn, roleArn, externalId: 'x' });
    const assumed = aws.calls.filter(({ action }) => action === 'sts:AssumeRole').map(({ input }) => input);
    expect(assumed.map(({ RoleArn, ExternalId }) => ({ RoleArn, ExternalId }))).toEqual([
      { RoleArn: throughRoleArn, ExternalId: undefined },
      { RoleArn: roleArn, ExternalId: 'x' },
    ]);
  });

  it('later, when AWS does not let us in yet', async () => {
    const { ports } = portsOnWire({
      'sts:AssumeRole': () => {
        throw new Refusal('AccessDenied', 403);
      },
    });
    expect(await ports.members.enter(reference(), byRole)).toMatchObject({
      outcome: 'refused',
      error: { action: 'sts:AssumeRole', code: 'AccessDenied' },
    });
  });
});
