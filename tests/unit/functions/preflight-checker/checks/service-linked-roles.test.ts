import { describe, expect, it } from '@jest/globals';
import {
  elbServiceLinkedRole,
  spotServiceLinkedRole,
} from '../../../../../functions/preflight-checker/checks/service-linked-roles.ts';
import { fakeAccount, fakeRole, preflight } from '../../../../support/fakes/account.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';

describe('elb_service_linked_role', () => {
  it('passes when the role is there, and asks for it by its exact name', async () => {
    const account = fakeAccount();
    expect(await preflight(elbServiceLinkedRole, account)).toMatchObject([
      { status: 'passed', details: { role: 'AWSServiceRoleForElasticLoadBalancing' } },
    ]);
    expect(account.calls).toEqual([{ name: 'role', args: ['AWSServiceRoleForElasticLoadBalancing'] }]);
  });

  it('fails when it is not, and gives the command that makes it', async () => {
    const [result] = await preflight(elbServiceLinkedRole, fakeAccount({ roles: [] }));
    expect(result?.status).toBe('failed');
    expect(result?.message).toContain(
      'aws iam create-service-linked-role --aws-service-name elasticloadbalancing.amazonaws.com',
    );
  });

  it('warns, naming the action, when the function may not look', async () => {
    const account = fakeAccount();
    account.fail('role', awsError('iam:GetRole', 'AccessDenied'));
    expect(await preflight(elbServiceLinkedRole, account)).toMatchObject([
      { status: 'warning', details: { reason_code: 'access_denied', missing_action: 'iam:GetRole' } },
    ]);
  });
});

describe('spot_service_linked_role', () => {
  it('has nothing to say of a cluster without spot instances, and asks nothing', async () => {
    const account = fakeAccount({ roles: [] });
    expect(await preflight(spotServiceLinkedRole, account)).toEqual([]);
    expect(account.calls).toEqual([]);
  });

  it.each([
    ['passed', 'is there', [fakeRole('AWSServiceRoleForEC2Spot')]],
    ['warning', 'is missing', []],
  ])('is %s when the role %s', async (status, _, roles) => {
    const results = await preflight(spotServiceLinkedRole, fakeAccount({ roles }), { spot: true });
    expect(results).toMatchObject([{ status, details: { role: 'AWSServiceRoleForEC2Spot' } }]);
  });

  it('warns, naming the action, when the function may not look', async () => {
    const account = fakeAccount();
    account.fail('role', awsError('iam:GetRole', 'AccessDenied'));
    expect(await preflight(spotServiceLinkedRole, account, { spot: true })).toMatchObject([
      { status: 'warning', details: { missing_action: 'iam:GetRole' } },
    ]);
  });
});
