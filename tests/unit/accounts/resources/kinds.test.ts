import { describe, expect, it } from '@jest/globals';
import { withProbedCondition } from '../../../../accounts/resources/conditions.ts';
import { kindMeant, kinds } from '../../../../accounts/resources/kinds.ts';

describe('a kind', () => {
  it.each([
    ['accounts', 'Account'],
    ['account', 'Account'],
    ['Account', 'Account'],
    ['acc', 'Account'],
    ['accountpools', 'AccountPool'],
    ['AccountClaim', 'AccountClaim'],
    ['accountclaims.aws.managed.openshift.io', 'AccountClaim'],
    ['awsfederatedroles', 'AWSFederatedRole'],
    ['faa', 'AWSFederatedAccountAccess'],
  ])('is meant by "%s"', (word, kind) => {
    expect(kindMeant(word)?.kind).toBe(kind);
  });

  it.each(['', 'accountz', 'pods', 'accounts.example.com'])('is not meant by "%s"', (word) => {
    expect(kindMeant(word)).toBeUndefined();
  });

  it('is meant by no word that means another one', () => {
    const words = kinds.flatMap(({ plural, singular, shortName }) => [plural, singular, shortName]);
    expect(new Set(words).size).toBe(words.length);
  });
});

describe('the columns', () => {
  // As `kubectl get` shows them: deploy/crds of openshift/aws-account-operator.
  it.each([
    [
      'AccountPool',
      ['Pool Size', 'Unclaimed Accounts', 'Claimed Accounts', 'Available Accounts'],
      ['Accounts Progressing', 'Accounts Pending', 'AWS Limit Delta'],
    ],
    ['Account', ['State', 'Claimed', 'Claim', 'Age'], []],
    ['AccountClaim', ['State', 'Account', 'Age'], []],
    ['AWSFederatedRole', ['State', 'Age'], []],
    ['AWSFederatedAccountAccess', ['State', 'Age'], []],
  ])('of %s are those of upstream', (kind, first, more) => {
    const columns = kinds.find((one) => one.kind === kind)?.columns ?? [];
    const names = columns.filter(({ wide }) => !wide).map(({ name }) => name);
    expect(names).toEqual([...first, ...more]);
  });
});

describe('a condition', () => {
  const at = (time: string): Date => new Date(`2026-03-01T${time}Z`);
  const ready = { type: 'Ready', status: 'True', reason: 'Ready', message: 'as it should be' } as const;

  it('says when it was last found, and since when it is so', () => {
    const first = withProbedCondition(undefined, ready, at('09:00:00'));
    const second = withProbedCondition(first, ready, at('09:05:00'));
    const third = withProbedCondition(second, { ...ready, status: 'False' }, at('09:10:00'));
    const times = [first, second, third].map(([one]) => [one?.lastProbeTime, one?.lastTransitionTime]);
    expect(times).toEqual([
      ['2026-03-01T09:00:00.000Z', '2026-03-01T09:00:00.000Z'],
      ['2026-03-01T09:05:00.000Z', '2026-03-01T09:00:00.000Z'],
      ['2026-03-01T09:10:00.000Z', '2026-03-01T09:10:00.000Z'],
    ]);
  });

  it('leaves the others as they are', () => {
    const before = withProbedCondition([], ready, at('09:00:00'));
    const after = withProbedCondition(before, { ...ready, type: 'Claimed' }, at('09:05:00'));
    expect(after).toEqual([...before, expect.objectContaining({ type: 'Claimed' })]);
  });
});
