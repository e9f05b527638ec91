import { describe, expect, it } from '@jest/globals';
import { testMigration } from '../../../../rosactl/commands/test-migration.ts';
import { release } from '../../../../shared/release/release.ts';
import { installedFunctions } from '../../../support/fakes/command-context.ts';
import { fakeLegacy, legacyAccount } from '../../../support/fakes/legacy-access.ts';
import { migratable, platformThatKnows, registeredAs } from '../../../support/fakes/migration.ts';

const clmRoleArn = 'arn:aws:iam::111122223333:role/CLMServiceRole';

/** The outcome for an account as a migration leaves it, or with another OIDC/STS set-up. */
async function test(account = legacyAccount()) {
  const platformApi = platformThatKnows(registeredAs('dual'));
  const context = migratable({ legacy: fakeLegacy(account), platformApi });
  const deployed = installedFunctions.map((one) => ({ ...one, codeSha256: 'code1' }));
  await release(context, { stage: 'prod', deployed, clmRoleArn });
  return testMigration.run(context, {});
}

describe('test-migration', () => {
  it('says ready, and what that means', async () => {
    const { exitCode, lines, data } = await test();
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toMatch(/^✔ ready: Both ways work\. New clusters use the Lambdas/);
    expect(lines).toContain(
      `  ✔ lambda_permission: prod of rosa-oidc-provisioner lets in ${clmRoleArn} and nobody else (and 2 more like it)`,
    );
    expect(data).toMatchObject({
      account: '123456789012',
      region: 'us-east-1',
      verdict: 'ready',
      summary: { status: 'passed', failed: 0 },
      findings: expect.arrayContaining([expect.objectContaining({ check_name: 'lambda_dry_run' })]),
    });
  });

  it('says no to any other verdict, the worst first, and what to do', async () => {
    const { exitCode, lines, data } = await test(legacyAccount({ providers: [] }));
    expect(exitCode).toBe(1);
    expect(lines[0]).toMatch(/^ {2}✖ legacy_oidc_providers/);
    expect(lines.slice(-3)).toEqual([
      expect.stringMatching(/^✖ lambda only: Only the Lambda way is known to work/),
      '',
      'Mend what failed or could not be checked, then run it again.',
    ]);
    expect(data).toMatchObject({ verdict: 'lambda only' });
  });
});
