import { describe, expect, it } from '@jest/globals';
import { SimulationFailure } from '../engine/failure.ts';
import { overSeeds } from '../engine/seeds.ts';
import { everyCrash, simulate } from '../engine/simulate.ts';
import { claimsOf, type Differences, twoClaims } from './claim-scenario.ts';
import * as wrong from './wrong-claims.ts';

describe('claims', () => {
  it('are filled and released as they should be, whatever goes wrong', async () => {
    expect(await overSeeds(20, (seed) => simulate(claimsOf(seed)))).toBeGreaterThan(0);
  }, 3_600_000);

  it('stand a crash after every call, from the first one to the reuse of its account', async () => {
    expect(await everyCrash(twoClaims(1), ['after'])).toBeGreaterThan(100);
  }, 600_000);
});

/** What goes wrong in the first seed in which something does. @throws Error when it is none of so many */
async function caught(differences: Differences, seeds = 100): Promise<string> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    try {
      await simulate(claimsOf(seed, differences));
    } catch (error) {
      if (error instanceof SimulationFailure) return error.what;
      throw error;
    }
  }
  throw new Error(`it was not caught by ${seeds} seeds`);
}

describe('a controller of claims that', () => {
  it.each([
    ['links in two writes', wrong.inTwoWrites, /know each other/],
    ['writes over what others have written', wrong.unconditional, /know each other|held by two claims/],
    ['forgets whom an account has served', wrong.forgetfulOfCustomers, /two customers/],
    ['does not wait until keys are dead', wrong.hasty, /of another holder is left|has a key to it/],
    ['cleans one region', wrong.shortSighted, /of another holder is left/],
    ['keeps the old keys', wrong.lenient, /has a key to it|of another holder is left/],
    ['overlooks a kind of thing', wrong.careless, /of another holder is left/],
  ])('%s is caught', async (_, make, what) => {
    expect(await caught({ wrong: make })).toMatch(what);
  });
});
