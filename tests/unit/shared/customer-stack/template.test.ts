import { describe, expect, it } from '@jest/globals';
import { resolvedResources } from '../../../../shared/customer-stack/template.ts';

const place = { account: '123456789012', region: 'eu-west-1', partition: 'aws' };

const parameters = {
  FunctionName: { Type: 'String', Default: 'rosa-network-verifier' },
  KmsKeyArn: { Type: 'String' },
  SubnetIds: { Type: 'CommaDelimitedList', Default: 'subnet-1' },
};

const conditions = {
  HasKey: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'KmsKeyArn' }, ''] }] },
  HasBoth: { 'Fn::And': [{ Condition: 'HasVpc' }, { 'Fn::Not': [{ Condition: 'HasKey' }] }] },
  HasVpc: { 'Fn::Not': [{ 'Fn::Equals': [{ 'Fn::Join': ['', { Ref: 'SubnetIds' }] }, ''] }] },
};

/** The property of a resource once it is resolved. */
const resolved = (property: unknown, where = place): unknown => {
  const Resources = { One: { Type: 'AWS::Lambda::Function', Properties: { property } } };
  const template = { Parameters: parameters, Conditions: conditions, Resources };
  return resolvedResources(template, where).One?.Properties.property;
};

describe('a property of a template', () => {
  it.each([
    ['a parameter', { Ref: 'FunctionName' }, 'rosa-network-verifier'],
    ['a parameter without default', { Ref: 'KmsKeyArn' }, ''],
    ['the account', { Ref: 'AWS::AccountId' }, '123456789012'],
    ['a resource that is not there yet', { Ref: 'OidcRole' }, '<OidcRole>'],
    ['an attribute', { 'Fn::GetAtt': ['OidcRole', 'Arn'] }, '<OidcRole.Arn>'],
    [
      'a text with both',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's placeholders look the same
      { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${OidcRole}' },
      'arn:aws:lambda:eu-west-1:<OidcRole>',
    ],
    ['joined parts', { 'Fn::Join': [':', ['a', { Ref: 'AWS::Region' }]] }, 'a:eu-west-1'],
    ['a condition of two that hold', { 'Fn::If': ['HasBoth', 'yes', 'no'] }, 'yes'],
    ['a part of a text', { 'Fn::Select': [0, { 'Fn::Split': ['-', { Ref: 'FunctionName' }] }] }, 'rosa'],
    ['a condition that holds', { 'Fn::If': ['HasVpc', 'yes', 'no'] }, 'yes'],
    ['a condition that does not hold', { 'Fn::If': ['HasKey', 'yes', 'no'] }, 'no'],
    ['nothing of its own', { deep: [1, true, null] }, { deep: [1, true, null] }],
  ])('that is %s is resolved', (_what, property, expected) => {
    expect(resolved(property)).toEqual(expected);
  });

  it('is left out when a condition says so', () => {
    const absent = { 'Fn::If': ['HasKey', 'key', { Ref: 'AWS::NoValue' }] };
    expect(resolved({ kept: 1, absent })).toEqual({ kept: 1 });
    expect(resolved(['kept', absent])).toEqual(['kept']);
  });

  it('has the domain of its partition', () => {
    const china = { ...place, partition: 'aws-cn' };
    expect(resolved({ Ref: 'AWS::URLSuffix' }, china)).toBe('amazonaws.com.cn');
    expect(resolved({ Ref: 'AWS::URLSuffix' })).toBe('amazonaws.com');
  });
});

describe('a resource of a template', () => {
  it.each([
    ['there without a condition', {}, ['One']],
    ['there under a condition that holds', { Condition: 'HasVpc' }, ['One']],
    ['not there under one that does not', { Condition: 'HasKey' }, []],
  ])('is %s', (_what, condition, expected) => {
    const Resources = { One: { Type: 'T', Properties: {}, ...condition } };
    const template = { Parameters: parameters, Conditions: conditions, Resources };
    expect(Object.keys(resolvedResources(template, place))).toEqual(expected);
  });
});

describe('a template with a condition of another kind', () => {
  it('is not understood, rather than shown wrongly', () => {
    const template = {
      Parameters: {},
      Conditions: { Both: { 'Fn::Or': [] } },
      Resources: { One: { Type: 'T', Properties: { property: { 'Fn::If': ['Both', 1, 2] } } } },
    };
    expect(() => resolvedResources(template, place)).toThrow(/not understood.*Fn::Or/);
  });
});
