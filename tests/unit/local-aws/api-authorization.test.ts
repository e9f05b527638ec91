import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../local-aws/callers.ts';
import { authorizeCall } from '../../../local-aws/execute-api/authorization.ts';
import type { Statement } from '../../../local-aws/iam/policy.ts';

const HOME = '111122223333';
const AWAY = '123456789012';
const arn = `arn:aws:execute-api:us-east-1:${HOME}:api1`;

const allow = (rest: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 'execute-api:Invoke',
  Resource: `${arn}/*`,
  ...rest,
});
const anybody = allow({ Principal: '*', Resource: 'execute-api:/*' });
const nobody = allow({ Principal: '*', Effect: 'Deny' });

const callerOf = (accountId: string, ...statements: Statement[]): Caller => ({
  accountId,
  partition: 'aws',
  arn: `arn:aws:iam::${accountId}:user/one`,
  principalId: 'AIDA',
  kind: 'user',
  policies: [{ Statement: statements }],
});

const judge = (caller: Caller | undefined, policy: Statement[] | undefined, enforced = true) => {
  const api = { id: 'api1', accountId: HOME, region: 'us-east-1', stages: {}, resources: [] };
  const wanted = {
    api: { ...api, policy: policy ? { Statement: policy } : null },
    stage: 'prod',
    verb: 'GET',
    path: '/a',
  };
  return () => authorizeCall(wanted, caller, enforced);
};
const refused = expect.objectContaining({ status: 403, type: 'AccessDeniedException' });

describe('a caller of the API’s own account', () => {
  it.each([
    ['own policies', callerOf(HOME, allow()), undefined],
    ["API's policy", callerOf(HOME), [anybody]],
  ])('is let in by its %s alone', (_, caller, policy) => {
    expect(judge(caller, policy)).not.toThrow();
  });

  it.each([
    ['nothing lets it in', callerOf(HOME), undefined],
    ['only another method is allowed', callerOf(HOME, allow({ Resource: `${arn}/prod/POST/a` })), undefined],
    ['the API’s policy denies', callerOf(HOME, allow()), [anybody, nobody]],
    ['its own policies deny', callerOf(HOME, allow({ Effect: 'Deny' })), [anybody]],
  ])('is refused when %s', (_, caller, policy) => {
    expect(judge(caller, policy)).toThrow(refused);
  });
});

describe('a caller of another account', () => {
  it('needs both policies', () => {
    expect(judge(callerOf(AWAY, allow()), [anybody])).not.toThrow();
    expect(judge(callerOf(AWAY), [anybody])).toThrow(refused);
    expect(judge(callerOf(AWAY, allow()), undefined)).toThrow(refused);
  });

  it('needs the API’s policy even where IAM is not enforced', () => {
    expect(judge(callerOf(AWAY), [anybody], false)).not.toThrow();
    expect(judge(callerOf(AWAY), undefined, false)).toThrow(refused);
  });

  it('is named by its account', () => {
    const policy = [allow({ Principal: { AWS: AWAY } })];
    expect(judge(callerOf(AWAY, allow()), policy)).not.toThrow();
    expect(judge(callerOf('444455556666', allow()), policy)).toThrow(refused);
  });
});

describe('a caller without a signature', () => {
  it('is let in where there is no policy, or one for anybody', () => {
    expect(judge(undefined, undefined)).not.toThrow();
    expect(judge(undefined, [anybody])).not.toThrow();
    expect(judge(undefined, [allow({ Principal: { AWS: HOME } })])).toThrow(refused);
  });
});

it('is told what it may not do, with the account’s first digits hidden', () => {
  expect(judge(callerOf(AWAY), undefined)).toThrow(
    `User: arn:aws:iam::${AWAY}:user/one is not authorized to perform: execute-api:Invoke on resource: ` +
      'arn:aws:execute-api:us-east-1:********3333:api1/prod/GET/a',
  );
});
