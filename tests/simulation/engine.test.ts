import { describe, expect, it } from '@jest/globals';
import { AwsModel } from './aws/aws-model.ts';
import { drawAws } from './aws/settings.ts';
import { SimulationFailure } from './engine/failure.ts';
import { asLongAsItTakes, overSeeds } from './engine/seeds.ts';
import { everyCrash, simulate } from './engine/simulate.ts';
import type { Simulated } from './engine/simulation.ts';
import { comeAndGo, tenantInvariants } from './tenants/tenant.ts';
import { TenantController, type TenantDependencies } from './tenants/tenant-controller.ts';
import * as wrong from './tenants/wrong-controllers.ts';

type ControllerClass = new (dependencies: TenantDependencies) => TenantController;

const tenantsOf = (Controller: ControllerClass, seed: number): Simulated<AwsModel> => ({
  seed,
  world: (given) => new AwsModel(given, drawAws(given.random)),
  controllers: ({ store, world, call, now }) => [new Controller({ store, aws: world.ports(call), now })],
  scenario: comeAndGo,
  invariants: tenantInvariants,
  // Their longest wait is of 300 seconds.
  quietSeconds: 400,
});

/** The failure of the first seed that finds something wrong. @throws Error when none of so many does */
async function caught(Controller: ControllerClass, seeds = 200): Promise<SimulationFailure> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    try {
      await simulate(tenantsOf(Controller, seed));
    } catch (error) {
      if (error instanceof SimulationFailure) return error;
      throw error;
    }
  }
  throw new Error(`${Controller.name} was not caught by ${seeds} seeds`);
}

describe('a controller that does as it should', () => {
  it(
    'stands a thousand seeds',
    async () => {
      expect(await overSeeds(1_000, (seed) => simulate(tenantsOf(TenantController, seed)))).toBeGreaterThan(
        0,
      );
    },
    asLongAsItTakes,
  );

  it('stands a crash before and after every one of its calls', async () => {
    expect(await everyCrash(tenantsOf(TenantController, 1))).toBeGreaterThan(20);
  });
});
describe('a controller that', () => {
  it.each([
    ['asks for an account before it writes that down', wrong.Forgetful, /two accounts/],
    ['takes itself for somebody else', wrong.Rash, /is ready.*EMAIL_ALREADY_EXISTS/],
    ['looks at each state once', wrong.EdgeTriggered, /is ready/],
    ['lets go before it has cleaned up', wrong.Leaky, /secret .* is left/],
    ['makes a key whenever it finds no secret', wrong.Hoarder, /the only one/],
    ['believes what it sees at once', wrong.Credulous, /the only one/],
    ['hands out the account of another', wrong.Careless, /account of another/],
    ['changes something for ever', wrong.Busy, /not quiet/],
    ['waits by itself', wrong.Sleepy, /waits for something that is not one of its calls/],
    ['enters the account that pays', wrong.Dangerous, /ForbiddenAccountError.*payer account itself/],
  ])('%s is caught', async (_, Controller, what) => {
    expect((await caught(Controller)).what).toMatch(what);
  });
});

describe('a failure', () => {
  it('is the same, step by step, when its seed is run again', async () => {
    const first = await caught(wrong.Forgetful);
    const again = await simulate(tenantsOf(wrong.Forgetful, first.seed)).catch((error: unknown) => error);
    expect(again).toMatchObject({ what: first.what, trace: first.trace });
    expect(first.trace.length).toBeGreaterThan(1);
  });

  it('tells its seed, its last steps and how to see all of it', async () => {
    const failing = overSeeds(200, (seed) => simulate(tenantsOf(wrong.Forgetful, seed)));
    await expect(failing).rejects.toThrow(
      /^seed \d+: no tenant gets two accounts[\s\S]*CreateAccount[\s\S]*SIMULATION_SEED=\d+/,
    );
  });
});
