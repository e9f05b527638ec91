import { describe, expect, it } from '@jest/globals';
import {
  canBeMet,
  isAbout,
  parseTrustPolicy,
  type TrustCondition,
} from '../../../../shared/iam/trust-policy.ts';

const parsed = (policy: unknown) => parseTrustPolicy(JSON.stringify(policy));

const isAboutAssuming = (action: unknown): boolean =>
  parsed({ Statement: { Effect: 'Allow', Principal: '*', Action: action } }).statements.some((statement) =>
    isAbout(statement, 'sts:AssumeRole'),
  );

describe('a trust policy', () => {
  it('is the same with one of a thing and with a list of one', () => {
    const condition = (values: unknown) => ({ StringEquals: { 'Example.com:SUB': values } });
    const single = {
      Effect: 'Allow',
      Principal: { Federated: 'arn' },
      Action: 'sts:X',
      Condition: condition('a'),
    };
    const listed = {
      Effect: 'Allow',
      Principal: { Federated: ['arn'] },
      Action: ['sts:X'],
      Condition: condition(['a']),
    };
    expect(parsed({ Statement: single })).toEqual(parsed({ Statement: [listed] }));
    expect(parsed({ Statement: single }).statements).toEqual([
      {
        effect: 'Allow',
        actions: ['sts:X'],
        principals: { Federated: ['arn'] },
        conditions: [{ operator: 'StringEquals', key: 'example.com:sub', values: ['a'] }],
      },
    ]);
  });

  it('lets in any AWS principal with an asterisk alone', () => {
    expect(parsed({ Statement: { Effect: 'Allow', Principal: '*' } }).statements[0]?.principals).toEqual({
      AWS: ['*'],
    });
  });

  it('keeps several operators and keys apart', () => {
    const Condition = { StringEquals: { a: '1', b: ['2', '3'] }, Bool: { c: true } };
    expect(parsed({ Statement: { Effect: 'Allow', Condition } }).statements[0]?.conditions).toEqual([
      { operator: 'StringEquals', key: 'a', values: ['1'] },
      { operator: 'StringEquals', key: 'b', values: ['2', '3'] },
      { operator: 'Bool', key: 'c', values: ['true'] },
    ]);
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a null', 'null'],
  ])('that is %s is not judged', (_what, document) => {
    expect(parseTrustPolicy(document)).toEqual({ statements: [], notJudged: 'it is not a JSON object' });
  });

  it('without statements lets nobody in', () => {
    expect(parsed({ Version: '2012-10-17' })).toEqual({ statements: [] });
  });

  it('that names who or what is left out is not judged', () => {
    const Statement = [{ Effect: 'Deny', NotPrincipal: { AWS: 'arn' }, NotAction: 'sts:X' }];
    expect(parsed({ Statement }).notJudged).toBe('it uses NotPrincipal and NotAction');
  });
});

describe('a statement', () => {
  it.each([
    'sts:AssumeRole',
    'STS:assumerole',
    ['sts:TagSession', 'sts:AssumeRole'],
    'sts:*',
    '*',
    'sts:Assume?ole',
  ])('with the action %j is about sts:AssumeRole', (action) => {
    expect(isAboutAssuming(action)).toBe(true);
  });

  it.each(['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'stsXAssumeRole', 'sts.AssumeRole', []])(
    'with the action %j is not',
    (action) => {
      expect(isAboutAssuming(action)).toBe(false);
    },
  );
});

describe('a condition', () => {
  const condition = (operator: string, ...values: string[]): TrustCondition => ({
    operator,
    key: 'k',
    values,
  });

  it.each([
    'StringEquals',
    'ForAnyValue:StringEquals',
    'ForAllValues:StringEquals',
    'StringEqualsIfExists',
    'StringEqualsIgnoreCase',
    'StringLike',
  ])('%s is met by one of its values', (operator) => {
    expect(canBeMet(condition(operator, 'other', 'openshift'), ['sts', 'openshift'])).toBe(true);
    expect(canBeMet(condition(operator, 'other'), ['sts', 'openshift'])).toBe(false);
  });

  it('looks at the case unless told otherwise', () => {
    expect(canBeMet(condition('StringEquals', 'OpenShift'), ['openshift'])).toBe(false);
    expect(canBeMet(condition('StringEqualsIgnoreCase', 'OpenShift'), ['openshift'])).toBe(true);
  });

  it('knows wildcards only where AWS does', () => {
    expect(canBeMet(condition('StringLike', 'open*'), ['openshift'])).toBe(true);
    expect(canBeMet(condition('StringEquals', 'open*'), ['openshift'])).toBe(false);
  });

  it.each(['StringNotEquals', 'Null', 'ArnLike'])('%s is not weighed', (operator) => {
    expect(canBeMet(condition(operator, 'openshift'), ['openshift'])).toBeUndefined();
  });
});
