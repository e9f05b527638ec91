import { describe, expect, it } from '@jest/globals';
import { changesSince, legacySnapshot } from '../../../../shared/legacy-access/snapshot.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  accountRoles,
  fakeLegacy,
  type LegacyAccount,
  legacyAccount,
  operatorRole,
  operatorRoleName,
  providerArn,
  role,
  rosaProvider,
} from '../../../support/fakes/legacy-access.ts';

const snapshotOf = (differences: Partial<LegacyAccount> = {}) =>
  legacySnapshot(fakeLegacy(legacyAccount(differences)));

const changes = async (differences: Partial<LegacyAccount>) =>
  changesSince(await snapshotOf(), await snapshotOf(differences));

describe('a snapshot of what existing clusters rely on', () => {
  it('has the providers and roles of ROSA, and no other', async () => {
    const snapshot = await snapshotOf({
      providers: [rosaProvider(), rosaProvider({ arn: 'arn:other', tags: {} })],
      roles: [operatorRole(), ...accountRoles(), role('of-others')],
    });
    expect(Object.keys(snapshot)).toEqual([
      `OIDC provider ${providerArn}`,
      `role ${operatorRoleName}`,
      'role mine-HCP-ROSA-Installer-Role',
      'role mine-HCP-ROSA-Support-Role',
      'role mine-HCP-ROSA-Worker-Role',
    ]);
  });

  it('is equal for equal accounts, however AWS orders its lists', async () => {
    const turned = rosaProvider({ clientIds: ['sts.amazonaws.com', 'openshift'] });
    expect(await changes({ providers: [turned] })).toEqual([]);
  });

  it.each<[string, Partial<LegacyAccount>, string]>([
    [
      'a client id',
      { providers: [rosaProvider({ clientIds: ['openshift'] })] },
      `OIDC provider ${providerArn} was changed`,
    ],
    [
      'a thumbprint',
      { providers: [rosaProvider({ thumbprints: [] })] },
      `OIDC provider ${providerArn} was changed`,
    ],
    [
      'a provider',
      { providers: [rosaProvider({ arn: 'arn:new' })], roles: [operatorRole(), ...accountRoles()] },
      `OIDC provider ${providerArn} is gone`,
    ],
    [
      'a trust policy',
      { roles: [operatorRole({ Action: 'sts:AssumeRole' }), ...accountRoles()] },
      `role ${operatorRoleName} was changed`,
    ],
    [
      'an account role',
      { roles: [operatorRole(), ...accountRoles().slice(1)] },
      'role mine-HCP-ROSA-Installer-Role is gone',
    ],
  ])('tells when %s is not what it was', async (_what, differences, told) => {
    expect(await changes(differences)).toContain(told);
  });

  it('takes no notice of what is new', async () => {
    const roles = [operatorRole(), ...accountRoles(), ...accountRoles('new')];
    expect(await changes({ providers: [rosaProvider(), rosaProvider({ arn: 'arn:new' })], roles })).toEqual(
      [],
    );
  });

  it('rejects when a part of it may not be read', async () => {
    const reader = fakeLegacy();
    reader.fail('roles', awsError('iam:ListRoles', 'AccessDenied'));
    await expect(legacySnapshot(reader)).rejects.toMatchObject({
      failure: 'denied',
      action: 'iam:ListRoles',
    });
  });
});
