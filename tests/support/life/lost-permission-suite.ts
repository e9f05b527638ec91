import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type World, waysOf } from './world.ts';

/** The product's own function, which AWS refuses what it needs; and the end of the migration. */
export const lostPermissionSuite = (world: World): void =>
  describe('a function whose role has lost a permission', () => {
    const rolePolicy = { RoleName: '', PolicyName: 'Denied' };
    const denied =
      /^rosa-oidc-provisioner:prod failed with AccessDeniedError: .*iam:CreateOpenIDConnectProvider/;

    beforeAll(async () => {
      const { Role = '' } = await world.sides.laptop.lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: 'rosa-oidc-provisioner' }),
      );
      rolePolicy.RoleName = Role.split('/').at(-1) ?? '';
      const Statement = [{ Effect: 'Deny', Action: 'iam:CreateOpenIDConnectProvider', Resource: '*' }];
      const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      await world.sides.laptop.iam.send(new PutRolePolicyCommand({ ...rolePolicy, PolicyDocument }));
    });
    afterAll(() => world.sides.laptop.iam.send(new DeleteRolePolicyCommand(rolePolicy)));

    it('is gone around in mode dual, for that step alone', async () => {
      const { status } = await world.make();
      expect(status?.phase).toBe('Ready');
      expect(waysOf(status)).toEqual(['lambda', 'lambda', 'oidc-sts']);
      expect(status?.operations[2]?.fallback).toEqual({
        kind: 'function-failed',
        message: expect.stringMatching(denied),
      });
    });

    it('fails the cluster in mode lambda, to which the migration leads, with what to do', async () => {
      const { answer } = await world.rosactl('migrate-account', '--complete');
      expect(answer).toMatchObject({ outcome: 'changed', accessMode: { before: 'dual', after: 'lambda' } });
      const { status } = await world.make();
      expect(status).toMatchObject({ phase: 'Failed', operations: [{}, {}, { outcome: 'error' }] });
      expect(status?.operations[2]?.error).toMatchObject({
        errorType: 'AccessDeniedError',
        message: expect.stringMatching(denied),
      });
    });
  });
