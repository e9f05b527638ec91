import { describe, expect, it } from '@jest/globals';
import { elbServiceLinkedRole } from '../../../../../functions/preflight-checker/checks/elb-service-linked-role.ts';
import { fakeAccount, preflight } from '../../../../support/fakes/account.ts';
import { awsError } from '../../../../support/fakes/aws-errors.ts';

describe('elb_service_linked_role', () => {
  it('passes when the role is there, and asks for it by its exact name', async () => {
    const account = fakeAccount();
    expect(await preflight(elbServiceLinkedRole, account)).toMatchObject([
      { status: 'passed', details: { role: 'AWSServiceRoleForElasticLoadBalancing' } },
    ]);
    expect(account.calls).toEqual([{ name: 'roleExists', args: ['AWSServiceRoleForElasticLoadBalancing'] }]);
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
    account.fail('roleExists', awsError('iam:GetRole', 'AccessDenied'));
    expect(await preflight(elbServiceLinkedRole, account)).toMatchObject([
      { status: 'warning', details: { reason_code: 'access_denied', missing_action: 'iam:GetRole' } },
    ]);
  });
});
