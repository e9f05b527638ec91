import { describe, expect, it } from '@jest/globals';
import { overSeeds } from '../engine/seeds.ts';
import { simulate } from '../engine/simulate.ts';
import { accountsOf } from './account-scenario.ts';

describe('accounts', () => {
  it('live as they should, whatever goes wrong: a few hundred seeds', async () => {
    expect(await overSeeds(150, (seed) => simulate(accountsOf(seed)))).toBeGreaterThan(0);
  });
});
