import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { letInClm } from '../clm-caller.ts';
import { eventually } from '../eventually.ts';
import { customer, threeTimes, type World, waysOf } from './world.ts';

/** Back to OIDC/STS, out, and in again by the other authentication. */
export const returnSuite = (world: World): void =>
  describe('a customer who goes back, and comes again, in order', () => {
    const accessRole = 'RosaRegionalPlatformAccess-us-east-1';
    const names = async () => (await world.sides.platformApi.listClusters()).map(({ name }) => name);

    it('has new clusters made with the installer role again; the others keep their mode', async () => {
      const { answer } = await world.rosactl('migrate-account', '--rollback');
      expect(answer).toMatchObject({
        outcome: 'changed',
        accessMode: { before: 'lambda', after: 'oidc-sts' },
      });
      const { id, status } = await world.make();
      expect([status?.phase, await world.modeOf(id)]).toEqual(['Ready', 'oidc-sts']);
      expect(waysOf(status)).toEqual(threeTimes('oidc-sts'));
      const { legacy, dual } = world.made;
      expect([await world.modeOf(legacy), await world.modeOf(dual)]).toEqual(['oidc-sts', 'dual']);
    });

    it('is not let go while it has clusters, which are named', async () => {
      const reason = await world.sides.platformApi
        .unregisterAccount(customer)
        .catch(({ message }) => message);
      expect(reason).toContain('Delete them, wait until they are gone, and try again');
      for (const name of await names()) expect(reason).toContain(name);
    });

    it('is let go after them', async () => {
      for (const { id } of await world.sides.platformApi.listClusters())
        await world.sides.platformApi.deleteCluster(id);
      expect(await eventually(names, (left) => left.length === 0)).toEqual([]);
      expect(await world.sides.platformApi.unregisterAccount(customer)).toBe('unregistered');
      expect(await world.sides.platformApi.describeAccount(customer)).toBeUndefined();
    });

    it('is set up again, now with a role that the platform assumes', async () => {
      const { status, answer } = await world.rosactl('setup-account', '--authentication', 'assume-role');
      expect(answer).toMatchObject({
        authentication: 'assume-role',
        registration: { status: 'registered', accessMode: 'lambda' },
      });
      expect(status).toBe(0);
    }, 120_000);

    it('has clusters made through that role, of which version and code hash are read', async () => {
      await world.sides.laptop.forgetCalls();
      const { id, status } = await world.make();
      expect(status?.phase).toBe('Ready');
      const calls = await world.callsOf(accessRole, id);
      expect(calls.filter((action) => action === 'Invoke')).toHaveLength(3);
      const of = { FunctionName: 'rosa-oidc-provisioner', Qualifier: 'prod' };
      const { Version, CodeSha256 } = await world.sides.laptop.lambda.send(
        new GetFunctionConfigurationCommand(of),
      );
      expect(status?.operations[2]).toMatchObject({
        via: 'lambda',
        version: Version,
        codeSha256: CodeSha256,
      });
    });

    it('reads what to do when the role asks for another external id', async () => {
      const PolicyDocument = letInClm('rosa-lambda-access:999999999999');
      await world.sides.laptop.iam.send(
        new UpdateAssumeRolePolicyCommand({ RoleName: accessRole, PolicyDocument }),
      );
      expect((await world.make()).status).toMatchObject({
        phase: 'Failed',
        message: expect.stringMatching(/sts:AssumeRole on .*external id.*: run `rosactl setup-account`/),
      });
    });
  });
