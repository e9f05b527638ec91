import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandOutcome, OptionValues } from '../../../../rosactl/command.ts';
import { migrateAccount } from '../../../../rosactl/commands/migrate-account.ts';
import { setupAccount } from '../../../../rosactl/commands/setup-account.ts';
import { fakeLegacy, type LegacyAccount, legacyAccount } from '../../../support/fakes/legacy-access.ts';
import { migratable, platformThatKnows, registeredAs } from '../../../support/fakes/migration.ts';
import { apiFailure } from '../../../support/fakes/platform-api.ts';

const clmRoleArn = 'arn:aws:iam::111122223333:role/CLMServiceRole';

let account: LegacyAccount;
let platformApi: ReturnType<typeof platformThatKnows>;

beforeEach(() => {
  account = legacyAccount();
  platformApi = platformThatKnows();
});

const migrate = (options: OptionValues = {}): Promise<CommandOutcome> =>
  migrateAccount.run(migratable({ legacy: fakeLegacy(account), platformApi }), { clmRoleArn, ...options });

const text = ({ lines }: CommandOutcome): string => lines.join('\n');

describe('migrate-account', () => {
  it('has the flags of setup-account, and three of its own', () => {
    const own = migrateAccount.options.slice(0, 3).map(({ flags }) => flags);
    expect(own).toEqual(['--oidc-sts-role-arn <arn>', '--rollback', '--complete']);
    expect(migrateAccount.options.slice(3)).toEqual(setupAccount.options);
  });

  it('shows what was found, what was set up, and what is next', async () => {
    const outcome = await migrate();
    expect(outcome.exitCode).toBe(0);
    expect(text(outcome)).toMatch(
      /✔ legacy_unchanged: All 5[\s\S]*0 failed[\s\S]*prod NOW[\s\S]*is registered/,
    );
    expect(outcome.lines.at(-1)).toMatch(/^After that: rosactl test-migration/);
    expect(outcome.data).toMatchObject({
      migrated: true,
      clmRoleArn,
      registration: { status: 'registered' },
      summary: { status: 'passed' },
      findings: expect.arrayContaining([
        {
          check_name: 'platform_mode',
          status: 'passed',
          message: expect.any(String),
          details: { access_mode: 'dual' },
        },
      ]),
    });
  });

  it('says no, the worst first, when OIDC/STS does not work', async () => {
    account.providers = [];
    const outcome = await migrate();
    expect(outcome.exitCode).toBe(1);
    expect(outcome.lines[0]).toMatch(/^ {2}✖ legacy_oidc_providers: .*"rosactl setup-account"/);
    expect(outcome.lines.at(-1)).toBe('Nothing was changed. Mend what failed, then run it again.');
    expect(outcome.data).toMatchObject({ migrated: false, summary: { failed: 1 } });
  });

  it('says what it has changed about a registration that was there', async () => {
    platformApi = platformThatKnows(registeredAs('lambda'));
    const outcome = await migrate();
    expect(outcome.exitCode).toBe(0);
    expect(text(outcome)).toMatch(/this is changed:\n(.*\n)*? +accessMode: lambda -> dual/);
  });

  it('has the exit code of a permission when the platform lets others register', async () => {
    platformApi.fail('registerAccount', apiFailure('denied'));
    const outcome = await migrate();
    expect(outcome.exitCode).toBe(3);
    expect(text(outcome)).toContain('Ask the people who run the Platform API');
  });

  it('checks credentials, region and platform first, unless told otherwise', async () => {
    platformApi.fail('live', apiFailure('unavailable'));
    await expect(migrate()).rejects.toMatchObject({ failure: 'unavailable' });
    platformApi.fail('live', apiFailure('unavailable'));
    expect(await migrate({ skipInit: true })).toMatchObject({ exitCode: 0 });
  });
});

describe('migrate-account --dry-run', () => {
  it('shows findings and all that would be made, and how the account would be registered', async () => {
    const outcome = await migrate({ dryRun: true });
    expect(outcome.exitCode).toBe(0);
    expect(text(outcome)).toMatch(
      /✔ legacy_operator_roles[\s\S]*Nothing has been changed[\s\S]*"accessMode":"dual"/,
    );
    expect(outcome.lines.at(-1)).toMatch(/would be registered as dual/);
    expect(outcome.data).toMatchObject({
      migrated: false,
      preview: { registration: { accessMode: 'dual' } },
      registrationChanges: null,
    });
    expect(platformApi.calls.map(({ name }) => name)).not.toContain('registerAccount');
  });

  it('says no when a migration would stop', async () => {
    account.roles = [];
    const outcome = await migrate({ dryRun: true });
    expect(outcome.exitCode).toBe(1);
    expect(text(outcome)).toMatch(/✖ legacy_account_roles[\s\S]*! legacy_operator_roles/);
    expect(outcome.data).not.toHaveProperty('preview');
  });

  it('says what would be changed about a registration that is there', async () => {
    platformApi = platformThatKnows(registeredAs('lambda'));
    const outcome = await migrate({ dryRun: true });
    expect(outcome.exitCode).toBe(0);
    expect(outcome.lines).toContain('  accessMode: lambda -> dual');
  });
});

describe('migrate-account --rollback', () => {
  const names = () => platformApi.calls.map(({ name }) => name);

  it('has new clusters use OIDC/STS again, and says what that leaves alone', async () => {
    platformApi = platformThatKnows(registeredAs('dual'));
    const outcome = await migrate({ rollback: true });
    expect(outcome.exitCode).toBe(0);
    expect(text(outcome)).toMatch(
      /✔ legacy_account_roles[\s\S]*✔ The access mode of account 123456789012 is oidc-sts; it was dual\.\n {2}New clusters use OIDC\/STS again\. Clusters keep/,
    );
    expect(outcome.data).toMatchObject({
      outcome: 'changed',
      accessMode: { before: 'dual', after: 'oidc-sts' },
    });
    expect((await platformApi.describeAccount('123456789012'))?.accessMode).toBe('oidc-sts');
    expect(names()).not.toContain('registerAccount');
  });

  it('says what it would do, and does not do it', async () => {
    platformApi = platformThatKnows(registeredAs('dual'));
    const outcome = await migrate({ rollback: true, dryRun: true });
    expect(text(outcome)).toContain('would be oidc-sts; it is dual');
    expect(names()).not.toContain('changeAccount');
  });

  it('stops when the account roles do not work', async () => {
    platformApi = platformThatKnows(registeredAs('dual'));
    account.roles = [];
    const outcome = await migrate({ rollback: true });
    expect(outcome.exitCode).toBe(1);
    expect(text(outcome)).toMatch(/✖ legacy_account_roles[\s\S]*✖ Nothing was changed: .* still dual/);
    expect(names()).not.toContain('changeAccount');
  });

  it('needs the address of the Platform API', async () => {
    const context = migratable({ platformApi: undefined });
    await expect(migrateAccount.run(context, { rollback: true })).rejects.toMatchObject({
      name: 'UsageError',
    });
  });
});

describe('migrate-account --complete', () => {
  it('has new clusters use the functions alone', async () => {
    platformApi = platformThatKnows(registeredAs('dual'));
    const outcome = await migrate({ complete: true });
    expect(outcome.exitCode).toBe(0);
    expect(text(outcome)).toMatch(/is lambda; it was dual\.\n {2}New clusters use the functions alone/);
  });
});
