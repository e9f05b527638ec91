import { describe, expect, it } from '@jest/globals';
import { type Decision, evaluate, type Permission } from '../../../local-aws/iam/evaluate.ts';
import type { PolicyDocument, Statement } from '../../../local-aws/iam/policy.ts';

const ROLE = 'arn:aws:iam::123456789012:role/team/a';
const getRole: Permission = {
  action: 'iam:GetRole',
  resource: ROLE,
  context: { 'aws:requestedregion': 'us-east-1', 'aws:tagkeys': ['a', 'b'], 'aws:requesttag/a': '1' },
};
const document = (...statements: Partial<Statement>[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements.map((statement) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...statement })),
});
const judge = (...statements: Partial<Statement>[]): Decision =>
  evaluate({ policies: [document(...statements)] }, getRole);

describe('what a policy allows', () => {
  it.each<[string, Decision, Partial<Statement>]>([
    ['the action by name, in any case', 'allowed', { Action: 'IAM:getrole' }],
    ['the action by wildcard', 'allowed', { Action: ['s3:*', 'iam:Get?ole'] }],
    ['another action', 'implicit-deny', { Action: 'iam:GetRolePolicy' }],
    ['all but other actions', 'allowed', { Action: undefined, NotAction: 'iam:Delete*' }],
    ['all but this action', 'implicit-deny', { Action: undefined, NotAction: 'iam:Get*' }],
    ['the resource by wildcard', 'allowed', { Resource: 'arn:aws:iam::*:role/*' }],
    [
      'a resource that only begins like it',
      'implicit-deny',
      { Resource: 'arn:aws:iam::123456789012:role/team' },
    ],
    ['the resource in another case', 'implicit-deny', { Resource: ROLE.toUpperCase() }],
    ['all but other resources', 'allowed', { Resource: undefined, NotResource: 'arn:aws:s3:::*' }],
    ['all but this resource', 'implicit-deny', { Resource: undefined, NotResource: ROLE }],
  ])('%s: %s', (_, expected, statement) => {
    expect(judge(statement)).toBe(expected);
  });

  it('a deny wins over an allow', () => {
    expect(judge({}, { Effect: 'Deny', Action: 'iam:GetRole' })).toBe('explicit-deny');
  });

  it('nothing is allowed by no policy', () => {
    expect(evaluate({ policies: [] }, getRole)).toBe('implicit-deny');
  });

  it('an unscoped action needs the resource *', () => {
    const describeVpcs = { action: 'ec2:DescribeVpcs', resource: '*', context: {} };
    const scoped = document({ Resource: 'arn:aws:ec2:us-east-1:123456789012:vpc/*' });
    expect(evaluate({ policies: [scoped] }, describeVpcs)).toBe('implicit-deny');
    expect(evaluate({ policies: [document({})] }, describeVpcs)).toBe('allowed');
  });
});

describe('what takes away', () => {
  const policies = [document({})];
  const narrow = document({ Action: 'ec2:*' });

  it('a permissions boundary that does not allow it too', () => {
    expect(evaluate({ policies, permissionsBoundary: narrow }, getRole)).toBe('boundary-deny');
    expect(evaluate({ policies, permissionsBoundary: document({ Action: 'iam:*' }) }, getRole)).toBe(
      'allowed',
    );
  });

  it('a session policy that does not allow it too', () => {
    expect(evaluate({ policies, sessionPolicy: narrow }, getRole)).toBe('session-deny');
  });

  it('a boundary never gives', () => {
    expect(evaluate({ policies: [], permissionsBoundary: document({}) }, getRole)).toBe('implicit-deny');
  });
});

describe('conditions', () => {
  it.each<[string, boolean, Statement['Condition']]>([
    ['an equal text', true, { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } }],
    ['another text', false, { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
    ['a key that is absent', false, { StringEquals: { 'aws:PrincipalArn': 'x' } }],
    ['a key that is absent, if it exists', true, { StringEqualsIfExists: { 'aws:PrincipalArn': 'x' } }],
    ['a text that differs', true, { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }],
    ['a text that should differ and is absent', true, { StringNotEquals: { 'aws:PrincipalArn': 'x' } }],
    ['a pattern', true, { StringLike: { 'aws:RequestedRegion': 'us-*' } }],
    ['a tag with its value', true, { StringEquals: { 'aws:RequestTag/a': '1' } }],
    [
      'all keys among the expected',
      true,
      { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b', 'c'] } },
    ],
    ['a key beside the expected', false, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }],
    ['any key among the expected', true, { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['b', 'z'] } }],
    ['an absent key, for all values', true, { 'ForAllValues:StringEquals': { 'aws:PrincipalArn': ['a'] } }],
    ['an absent key that must be absent', true, { Null: { 'aws:PrincipalArn': 'true' } }],
    [
      'two keys of which one fails',
      false,
      { StringEquals: { 'aws:RequestedRegion': 'us-east-1', 'aws:RequestTag/a': '2' } },
    ],
  ])('%s: %s', (_, holds, Condition) => {
    expect(judge({ Condition })).toBe(holds ? 'allowed' : 'implicit-deny');
  });

  it('an operator it does not know is an error, not a guess', () => {
    expect(() => judge({ Condition: { NumericLessThan: { 'aws:x': 1 } } })).toThrow(
      /"NumericLessThan" is not known/,
    );
  });

  it('a policy variable is an error, not a guess', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how IAM writes a policy variable
    const Resource = 'arn:aws:iam::123456789012:role/${aws:username}';
    expect(() => judge({ Resource })).toThrow(/policy variables/);
  });
});
