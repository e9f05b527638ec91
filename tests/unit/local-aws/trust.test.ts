import { describe, expect, it } from '@jest/globals';
import type { AwsRequest } from '../../../local-aws/aws-request.ts';
import type { Caller } from '../../../local-aws/callers.ts';
import { permissionsFor } from '../../../local-aws/iam/permissions.ts';
import type { Statement } from '../../../local-aws/iam/policy.ts';
import { trustOf } from '../../../local-aws/iam/trust.ts';

const ROLE = 'arn:aws:iam::111122223333:role/CLMServiceRole';
const caller: Caller = {
  accountId: '111122223333',
  partition: 'aws',
  arn: 'arn:aws:sts::111122223333:assumed-role/CLMServiceRole/worker',
  principalId: 'AROA:worker',
  kind: 'role',
  roleArn: ROLE,
  policies: [],
};
const trust = (rest: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  ...rest,
});
const withExternalId = { StringEquals: { 'sts:ExternalId': 'secret' } };

function assumeRole(externalId: string): AwsRequest {
  const fields = new URLSearchParams({ Action: 'AssumeRole', ...(externalId && { ExternalId: externalId }) });
  const call = { service: 'sts', action: 'AssumeRole', region: 'us-east-1', protocol: 'query' };
  return { ...call, body: Buffer.from(String(fields)) } as AwsRequest;
}

const judge = (statements: Statement[], { externalId = '', enforced = true } = {}) =>
  trustOf({ Statement: statements }, assumeRole(externalId), caller, enforced);

describe('a trust policy', () => {
  it.each<[string, Statement[], string]>([
    ['the role by name', [trust({ Principal: { AWS: ROLE } })], 'named'],
    ["the role's account", [trust({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } })], 'account'],
    ['everybody', [trust({ Principal: { AWS: '*' } })], 'account'],
    ['another role', [trust({ Principal: { AWS: `${ROLE}2` } })], 'no'],
    ['a service', [trust({ Principal: { Service: 'lambda.amazonaws.com' } })], 'no'],
    [
      'everybody but this one',
      [trust({ Principal: '*' }), trust({ Effect: 'Deny', Principal: { AWS: ROLE } })],
      'no',
    ],
  ])('that names %s', (_, statements, expected) => {
    expect(judge(statements)).toBe(expected);
  });

  it.each([true, false])('with an external id asks for exactly that (IAM enforced: %p)', (enforced) => {
    const statements = [trust({ Principal: { AWS: ROLE }, Condition: withExternalId })];
    expect(judge(statements, { externalId: 'secret', enforced })).toBe('named');
    expect(judge(statements, { externalId: 'other', enforced })).toBe('no');
    expect(judge(statements, { enforced })).toBe('no');
  });

  it("is not alone in asking: the caller's own policy may, too", async () => {
    const lookups = { findRoleArn: async () => ROLE, findPartitionKey: async () => 'pk' };
    const [permission] = await permissionsFor(assumeRole('secret'), caller, lookups);
    expect(permission?.context).toMatchObject({ 'sts:externalid': 'secret' });
  });

  it('lets anybody in by its principals where IAM is not enforced', () => {
    expect(judge([trust({ Principal: { Service: 'lambda.amazonaws.com' } })], { enforced: false })).toBe(
      'named',
    );
  });
});
