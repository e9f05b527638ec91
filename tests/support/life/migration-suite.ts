import { beforeAll, describe, expect, it } from '@jest/globals';
import { installerRoleArn, letProvidersBeMade } from '../legacy-customer.ts';
import { customer, slowMs, threeTimes, type World, waysOf } from './world.ts';

const installerRole = 'mine-HCP-ROSA-Installer-Role';

const failedIn = ({ findings }: { findings: { status: string }[] }) =>
  findings.filter(({ status }) => status === 'failed');

/** From OIDC/STS to the functions. */
export const migrationSuite = (world: World): void =>
  describe('a customer whom the rosa command line has set up, in order', () => {
    beforeAll(async () => {
      const wayIn = { authentication: 'resource-policy', accessMode: 'oidc-sts' } as const;
      const account = { accountId: customer, region: 'us-east-1', oidcStsRoleArn: installerRoleArn };
      await world.sides.platformApi.registerAccount({ ...account, ...wayIn });
    });

    it('reads what the installer role lacks to make a cluster with', async () => {
      const { status } = await world.make();
      expect(status).toMatchObject({
        phase: 'Failed',
        message: expect.stringContaining(
          `the role ${installerRoleArn} may not call iam:CreateOpenIDConnectProvider. Allow it`,
        ),
      });
    });

    it('has a cluster made with that role alone', async () => {
      await letProvidersBeMade(world.sides.laptop.iam);
      await world.sides.laptop.forgetCalls();
      const { id, status } = await world.make();
      world.made.legacy = id;
      expect(status?.phase).toBe('Ready');
      expect(waysOf(status)).toEqual(threeTimes('oidc-sts'));
      expect(await world.callsOf(installerRole, id)).toEqual(
        expect.arrayContaining(['DescribeRegions', 'DescribeVpcs', 'CreateOpenIDConnectProvider']),
      );
    });

    it('sees of it what the role may not read: that is a warning, and stays', async () => {
      const status = await world.sides.platformApi.clusterStatus(world.made.legacy);
      expect(status?.operations[0]).toMatchObject({
        outcome: 'warning',
        findings: expect.arrayContaining([
          expect.objectContaining({
            message: expect.stringContaining(`the role ${installerRoleArn} may not call ec2:DescribeVolumes`),
          }),
        ]),
      });
    });

    it('is shown what a migration would do, and nothing is changed', async () => {
      const { laptop, platformApi } = world.sides;
      const before = await platformApi.describeAccount(customer);
      await laptop.forgetCalls();
      const { status, answer } = await world.rosactl('migrate-account', '--dry-run');
      expect(failedIn(answer)).toEqual([]);
      expect(answer.registrationChanges).toContain('accessMode: oidc-sts -> dual');
      expect(status).toBe(0);
      // That the API was asked is no change; what it knows of the account is compared.
      const changes = (await laptop.changes()).filter((call) => call !== 'execute-api:Invoke');
      expect([changes, await platformApi.describeAccount(customer)]).toEqual([[], before]);
    }, 120_000);

    it('is migrated, and works in both ways', async () => {
      const { status, answer } = await world.rosactl('migrate-account');
      expect(answer).toMatchObject({
        migrated: true,
        registration: { status: 'changed', accessMode: 'dual' },
      });
      expect(status).toBe(0);
      expect(await world.rosactl('test-migration')).toMatchObject({
        status: 0,
        answer: { verdict: 'ready' },
      });
    }, 120_000);

    it('has new clusters made by the functions, of which version and code are kept', async () => {
      const { id, status } = await world.make();
      world.made.dual = id;
      expect(status?.phase).toBe('Ready');
      expect(waysOf(status)).toEqual(threeTimes('lambda'));
      const account = await world.sides.platformApi.describeAccount(customer);
      const { preflightChecker, networkVerifier, oidcProvisioner } = account?.lambdaVersions ?? {};
      expect(status?.operations.map(({ version, codeSha256 }) => ({ version, codeSha256 }))).toEqual([
        preflightChecker,
        networkVerifier,
        oidcProvisioner,
      ]);
      expect(account?.release).toBe(status?.operations[0]?.release);
      expect(Date.parse(account?.lastAnswerAt ?? '')).toBeGreaterThan(Date.now() - slowMs);
    });

    it('keeps the old cluster as it was made', async () => {
      const { legacy, dual } = world.made;
      expect([await world.modeOf(legacy), await world.modeOf(dual)]).toEqual(['oidc-sts', 'dual']);
      expect(waysOf(await world.sides.platformApi.clusterStatus(legacy))).toEqual(threeTimes('oidc-sts'));
    });
  });
