import { describe, expect, it } from '@jest/globals';
import { forgottenParameters } from '../../../../shared/serverless/forgotten-parameters.ts';

const before = { logRetentionDays: '365', tracing: 'false' };
const forgotten = (now: Record<string, string>, ...asked: string[]) =>
  forgottenParameters(before, now, new Set(asked));

describe('a parameter is forgotten', () => {
  it('when it would fall back to its default, and the sentence says from what to what', () => {
    expect(forgotten({ ...before, logRetentionDays: '90' })).toEqual([
      expect.stringMatching(/^logRetentionDays .*"365".*"90"$/),
    ]);
  });

  it('one by one', () => {
    expect(forgotten({ logRetentionDays: '90', tracing: 'true' })).toHaveLength(2);
    expect(forgotten({ logRetentionDays: '90', tracing: 'true' }, 'tracing')).toHaveLength(1);
  });
});

describe('the role of the platform', () => {
  const role = { clmRoleArn: 'arn:aws:iam::111122223333:role/CLMServiceRole' };

  it('is given to prod alone with resource-policy, so another stage leaves it out', () => {
    const clmAuthentication = 'resource-policy';
    const now = { clmRoleArn: '', clmAuthentication };
    expect(forgottenParameters({ ...role, clmAuthentication }, now, new Set())).toEqual([]);
  });

  it('is the stack’s with assume-role, so another stage must not leave it out', () => {
    const clmAuthentication = 'assume-role';
    const now = { clmRoleArn: '', clmAuthentication };
    expect(forgottenParameters({ ...role, clmAuthentication }, now, new Set())).toEqual([
      expect.stringContaining('clmRoleArn'),
    ]);
  });

  it('must not be shut out of its role by a deploy that forgets how it comes in', () => {
    const before = { ...role, clmAuthentication: 'assume-role' };
    const now = { ...role, clmAuthentication: 'resource-policy' };
    expect(forgottenParameters(before, now, new Set(['clmRoleArn']))).toHaveLength(1);
  });
});

describe('no parameter is forgotten', () => {
  it.each([
    ['that stays', before, []],
    ['that was asked for', { ...before, tracing: 'true' }, ['tracing']],
    ['that the last deploy did not know', { ...before, architecture: 'arm64' }, []],
    ['that this deploy does not know any more', { tracing: 'false' }, []],
  ])('%s', (_which, now, asked) => {
    expect(forgotten(now, ...asked)).toEqual([]);
  });

  it('of a stack that is new', () => {
    expect(forgottenParameters({}, before, new Set())).toEqual([]);
  });
});
