import { optional, readEnvironment } from '../../../shared/environment.ts';
import { SimulationFailure } from './failure.ts';

const { SIMULATION_SEED, SIMULATION_SEEDS } = readEnvironment({
  /** Runs this seed and no other. */
  SIMULATION_SEED: optional,
  /** How many seeds are run, in place of what a test asks for. */
  SIMULATION_SEEDS: optional,
});

/** Milliseconds for a test of many seeds, of which people may ask for any number: a timer's most. */
export const asLongAsItTakes = 2 ** 31 - 1;

/** Lines of the trace that are shown of a failure that nobody has asked to see. */
const mostLines = 40;

/** Of them, those after the last change. */
const linesAfter = 5;

/** The failure with its trace: all of it when it is this seed that was asked for. */
function told(error: unknown, isReplay: boolean): unknown {
  if (!(error instanceof SimulationFailure)) return error;
  const until = error.untilLastChange + linesAfter;
  const lines = isReplay ? error.trace : error.trace.slice(0, until).slice(-mostLines);
  const more = isReplay
    ? ''
    : `\nThe whole of it: SIMULATION_SEED=${error.seed} npm run jest -- --selectProjects simulation`;
  const message = `${error.message}\n${lines.join('\n')}${more}`;
  return Object.assign(new Error(message, { cause: error.cause }), { name: error.name });
}

/**
 * Runs something for many seeds, from 1 on. `SIMULATION_SEED=17` runs 17 alone, `SIMULATION_SEEDS=100000` that many.
 * @param count how many, unless said
 * @returns how many there were
 * @throws SimulationFailure of the first seed that fails, with its number and the last of its steps
 */
export async function overSeeds(count: number, run: (seed: number) => Promise<unknown>): Promise<number> {
  const first = SIMULATION_SEED ? Number(SIMULATION_SEED) : 1;
  const last = SIMULATION_SEED ? first : Number(SIMULATION_SEEDS ?? count);
  if (!Number.isInteger(first) || !Number.isInteger(last)) {
    throw new Error('SIMULATION_SEED and SIMULATION_SEEDS are whole numbers');
  }
  for (let seed = first; seed <= last; seed += 1) {
    await run(seed).catch((error: unknown) => {
      throw told(error, SIMULATION_SEED !== undefined);
    });
  }
  return last - first + 1;
}
