import { describe, expect, it } from '@jest/globals';
import { accountStates, supplyStates } from '../../../../accounts/resources/account.ts';
import { accountClaimStates } from '../../../../accounts/resources/account-claim.ts';
import { kinds } from '../../../../accounts/resources/kinds.ts';
import { inState, mayGo } from '../../../../accounts/resources/state-table.ts';

const tables = kinds.flatMap(({ kind, states }) => (states ? [[kind, states] as const] : []));

describe.each(tables)('the states of %s', (_kind, states) => {
  it('lead to known states only', () => {
    const known = Object.keys(states);
    for (const { next } of Object.values(states)) expect(known).toEqual(expect.arrayContaining([...next]));
  });

  it('are all reached from the beginning', () => {
    const reached = new Set(['']);
    for (const state of reached) for (const next of states[state]?.next ?? []) reached.add(next);
    expect([...reached].sort()).toEqual(Object.keys(states).sort());
  });

  it('are never an end: whatever has stopped can be mended', () => {
    for (const { next } of Object.values(states)) expect(next).not.toEqual([]);
  });
});

describe('the life of an account', () => {
  it('goes from nothing to Ready', () => {
    const life = ['', 'Creating', 'InitializingRegions', 'PendingVerification', 'Ready'] as const;
    const steps = life.slice(1).map((state, index) => mayGo(accountStates, life[index] ?? '', state));
    expect(steps).toEqual([true, true, true, true]);
  });

  it('may fail in every state but Failed itself', () => {
    for (const [state, { next }] of Object.entries(accountStates)) {
      expect(next.includes('Failed')).toBe(state !== 'Failed');
    }
  });

  it('counts as supply in every state but Failed and Cleaning', () => {
    expect([...supplyStates, 'Cleaning', 'Failed'].sort()).toEqual(Object.keys(accountStates).sort());
  });
});

describe('a status', () => {
  it('goes where there is a way, and may stay', () => {
    const ready = { state: 'Ready' as const, conditions: [] };
    expect(inState(accountClaimStates, { state: 'Pending' }, ready)).toBe(ready);
    expect(inState(accountClaimStates, ready, ready)).toBe(ready);
    expect(inState(accountClaimStates, undefined, { state: 'Pending' })).toEqual({ state: 'Pending' });
  });

  it('is refused where there is none', () => {
    const skip = () => inState(accountStates, { state: 'Creating' }, { state: 'Ready' });
    expect(skip).toThrow('there is no way from state "Creating" to "Ready"');
  });
});
