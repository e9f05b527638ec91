import { describe, expect, it } from '@jest/globals';
import { preflightChecks } from '../../../../../functions/preflight-checker/checks/index.ts';
import { preflightFacts } from '../../../../../functions/preflight-checker/preflight-facts.ts';
import { AwsCallError } from '../../../../../shared/aws/aws-call-error.ts';
import { runChecks } from '../../../../../shared/checks/run-checks.ts';
import { fakeAccount, home, instance } from '../../../../support/fakes/account.ts';
import { awsError, sdkError } from '../../../../support/fakes/aws-errors.ts';
import { noted } from '../../../../support/fakes/seen-findings.ts';

const said = 'x is not authorized to perform: y with an explicit deny in a service control policy: arn:aws:z';

const denied = (action: string) => new AwsCallError(action, sdkError('UnauthorizedOperation', said));

async function hints(account: ReturnType<typeof fakeAccount>) {
  const cluster = { instance_types: ['m5.xlarge'], node_count: 2 };
  const facts = preflightFacts({ region: 'us-east-1', cluster, home }, account);
  const results = await runChecks(preflightChecks, facts, 60_000);
  return noted(results.filter(({ check }) => check === 'scp_hint'));
}

describe('scp_hint', () => {
  it('says nothing when nothing is denied, or for another reason', async () => {
    const account = fakeAccount();
    account.fail('vpcCount', awsError('ec2:DescribeVpcs', 'UnauthorizedOperation'));
    expect(await hints(account)).toEqual([]);
  });

  it('warns once of all that is denied, naming the actions', async () => {
    const account = fakeAccount();
    account.fail('vpcCount', denied('ec2:DescribeVpcs'));
    account.fail('role', denied('iam:GetRole'));
    expect(await hints(account)).toMatchObject([
      {
        status: 'warning',
        message: expect.stringContaining('denies ec2:DescribeVpcs, iam:GetRole'),
        details: { denied_actions: ['ec2:DescribeVpcs', 'iam:GetRole'] },
      },
    ]);
  });

  it('knows a policy that allows too little, too', async () => {
    const account = fakeAccount();
    const sentence =
      'x is not authorized to perform: iam:GetRole because no service control policy allows the iam:GetRole action';
    account.fail('role', new AwsCallError('iam:GetRole', sdkError('AccessDenied', sentence)));
    expect(await hints(account)).toMatchObject([{ details: { denied_actions: ['iam:GetRole'] } }]);
  });

  it('waits for questions that follow from answers', async () => {
    const account = fakeAccount({ instances: [instance('t3.large')] });
    account.instanceTypes = async (names) => {
      if (names.includes('t3.large')) throw denied('ec2:DescribeInstanceTypes');
      return [{ name: 'm5.xlarge', vcpus: 4, architectures: ['x86_64'] }];
    };
    expect(await hints(account)).toMatchObject([
      { details: { denied_actions: ['ec2:DescribeInstanceTypes'] } },
    ]);
  });
});
