import { describe, expect, it } from '@jest/globals';
import { accountKind } from '../../../accounts/resources/account.ts';
import { calm } from '../engine/climate.ts';
import { overSeeds } from '../engine/seeds.ts';
import { everyCrash, simulate } from '../engine/simulate.ts';
import { accountInvariants } from './account-invariants.ts';
import { accountsOf, customersLife, oneLife } from './account-scenario.ts';
import { withWrong, wrongs } from './wrongs.ts';

describe('accounts', () => {
  it('live as they should, whatever goes wrong', async () => {
    expect(await overSeeds(60, (seed) => simulate(accountsOf(seed)))).toBeGreaterThan(0);
  }, 3_600_000);

  it('are all ready when nothing goes wrong', async () => {
    const states = await overSeedsCalmly(10);
    expect(new Set(states)).toEqual(new Set(['Ready']));
  });

  it('stand a crash before and after every call, from their creation to their deletion', async () => {
    expect(await everyCrash(oneLife(1))).toBeGreaterThan(60);
  }, 600_000);

  it('of customers stand it, too, when nothing but the role is left to leave by', async () => {
    expect(await everyCrash(customersLife(1))).toBeGreaterThan(60);
  }, 600_000);
});

describe('that', () => {
  it.each(wrongs)('$invariant is not so when $what', async (wrong) => {
    await expect(
      simulate({ ...withWrong(oneLife(1, { isDeleted: false }), wrong), climate: calm }),
    ).rejects.toThrow(`seed 1: ${wrong.invariant}: `);
  });

  it('is tried with every invariant', () => {
    const tried = wrongs.map(({ invariant }) => invariant);
    expect(tried.sort()).toEqual(accountInvariants.map(({ name }) => name).sort());
  });
});

/** The states in which accounts end up in so many calm runs. */
async function overSeedsCalmly(count: number): Promise<(string | undefined)[]> {
  const states: (string | undefined)[] = [];
  for (let seed = 1; seed <= count; seed += 1) {
    const { resources } = await simulate({ ...oneLife(seed, { isDeleted: false }), climate: calm });
    states.push(...resources(accountKind.kind).map(({ status }) => (status as { state?: string })?.state));
  }
  return states;
}
