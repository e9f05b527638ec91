import { describe, expect, it } from '@jest/globals';
import { grantedActions } from '../../../tools/release/granted-actions.ts';

const statement = (Action: string | string[], Effect = 'Allow') => ({ Effect, Action });
const policy = (...Statement: object[]) => ({ PolicyName: 'One', PolicyDocument: { Statement } });
const perhaps = (then: object) => ({ 'Fn::If': ['HasKmsKey', then, { Ref: 'AWS::NoValue' }] });

describe('what a role of the template allows', () => {
  it('is each action of each statement, once and in order', () => {
    const Policies = [
      policy(statement(['logs:PutLogEvents', 'logs:CreateLogStream']), statement('ec2:DescribeVpcs')),
      policy(statement('logs:PutLogEvents')),
    ];
    expect(grantedActions({ Policies })).toEqual({
      always: ['ec2:DescribeVpcs', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      sometimes: [],
    });
  });

  it('is told apart from what it allows under a condition only', () => {
    const Policies = [policy(statement('ec2:DescribeVpcs')), perhaps(policy(statement(['kms:Decrypt'])))];
    expect(grantedActions({ Policies })).toEqual({
      always: ['ec2:DescribeVpcs'],
      sometimes: ['kms:Decrypt'],
    });
  });

  it('is not what it denies', () => {
    const Policies = [policy(statement('ec2:CreateNetworkInterface', 'Deny'))];
    expect(grantedActions({ Policies })).toEqual({ always: [], sometimes: [] });
  });

  it('is nothing under a condition that leaves a policy out', () => {
    expect(grantedActions({ Policies: [perhaps({ Ref: 'AWS::NoValue' })] })).toEqual({
      always: [],
      sometimes: [],
    });
  });

  it('is nothing without inline policies', () => {
    expect(grantedActions({})).toEqual({ always: [], sometimes: [] });
  });
});
