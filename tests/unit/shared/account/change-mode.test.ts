import { beforeEach, describe, expect, it } from '@jest/globals';
import { changeMode, type ModeRequest } from '../../../../shared/account/change-mode.ts';
import type { Account } from '../../../../shared/platform-api/platform-api.ts';
import { silentTasks } from '../../../../shared/tasks.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { fakeContext } from '../../../support/fakes/command-context.ts';
import {
  accountRoles,
  fakeLegacy,
  type LegacyAccount,
  legacyAccount,
} from '../../../support/fakes/legacy-access.ts';
import { platformThatKnows, registeredAs } from '../../../support/fakes/migration.ts';
import { apiFailure } from '../../../support/fakes/platform-api.ts';

const installerRoleArn = 'arn:aws:iam::123456789012:role/mine-HCP-ROSA-Installer-Role';

let legacy: LegacyAccount;
let platformApi: ReturnType<typeof platformThatKnows>;

const know = (account?: Account) => {
  platformApi = platformThatKnows(account);
};

const change = (request: Partial<ModeRequest> = {}, reader = fakeLegacy(legacy)) =>
  changeMode(
    { platformApi, tasks: silentTasks, legacy: reader, caller: fakeContext().caller },
    { mode: 'oidc-sts', dryRun: false, ...request },
  );

const changes = () =>
  platformApi.calls.filter(({ name }) => name === 'changeAccount').map(({ args }) => args[1]);

beforeEach(() => {
  legacy = legacyAccount();
  know(registeredAs('dual'));
});

describe('taking a migration back', () => {
  it('has the platform work with the installer role, and changes nothing else of what it knows', async () => {
    expect(await change()).toMatchObject({ outcome: 'changed', before: 'dual', after: 'oidc-sts' });
    expect(changes()).toEqual([{ accessMode: 'oidc-sts', oidcStsRoleArn: installerRoleArn }]);
  });

  it('is done already the second time', async () => {
    await change();
    expect(await change()).toMatchObject({ outcome: 'unchanged', before: 'oidc-sts', findings: [] });
    expect(changes()).toHaveLength(1);
  });

  it('keeps the role that the platform knows', async () => {
    know({ ...registeredAs('dual'), oidcStsRoleArn: 'arn:aws:iam::123456789012:role/theirs' });
    legacy.roles = [...accountRoles(), ...accountRoles('other-HCP')];
    await change();
    expect(changes()).toEqual([
      { accessMode: 'oidc-sts', oidcStsRoleArn: 'arn:aws:iam::123456789012:role/theirs' },
    ]);
  });

  it('changes nothing when the account roles are not there', async () => {
    legacy.roles = accountRoles().slice(1);
    expect(await change()).toMatchObject({
      outcome: 'stopped',
      after: 'dual',
      findings: expect.arrayContaining([expect.objectContaining({ status: 'failed' })]),
    });
    expect(changes()).toEqual([]);
  });

  it('goes on when roles may not be read and the platform knows the one it needs', async () => {
    know({ ...registeredAs('dual'), oidcStsRoleArn: installerRoleArn });
    const reader = fakeLegacy(legacy);
    reader.fail('roles', awsError('iam:ListRoles', 'AccessDenied'));
    expect(await change({}, reader)).toMatchObject({
      outcome: 'changed',
      findings: [expect.objectContaining({ status: 'warning' })],
    });
  });

  it('says what it would do and does not do it when asked for that alone', async () => {
    expect(await change({ dryRun: true })).toMatchObject({ outcome: 'would change', after: 'oidc-sts' });
    expect(changes()).toEqual([]);
  });
});

describe('completing a migration', () => {
  it('has the platform use the functions alone, and reads no roles', async () => {
    const reader = fakeLegacy(legacy);
    expect(await change({ mode: 'lambda' }, reader)).toMatchObject({ outcome: 'changed', after: 'lambda' });
    expect(changes()).toEqual([{ accessMode: 'lambda' }]);
    expect(reader.calls).toEqual([]);
  });

  it('is refused when the platform knows no functions', async () => {
    know({ ...registeredAs('oidc-sts'), functions: undefined });
    await expect(change({ mode: 'lambda' })).rejects.toThrow(/knows no functions.*rosactl migrate-account/);
  });
});

describe('a mode cannot be changed', () => {
  it('of an account that the platform does not know', async () => {
    know();
    await expect(change()).rejects.toThrow('does not know the account 123456789012');
  });

  it('with an API that tells none', async () => {
    know({ accountId: '123456789012' });
    await expect(change()).rejects.toThrow(/tells no access mode.*--api-version v1/);
  });

  it('when the platform does not permit it', async () => {
    platformApi.fail('changeAccount', apiFailure('denied'));
    await expect(change()).rejects.toMatchObject({ failure: 'denied' });
  });
});
