import { describe, expect, it } from '@jest/globals';
import { retry } from '../../../shared/retry.ts';

/** Work that fails with the given errors first, and what the policy was asked for meanwhile. */
function trial({
  errors,
  attempts = 4,
  random = 1,
}: {
  errors: string[];
  attempts?: number;
  random?: number;
}) {
  const left = [...errors];
  const seen = { attempts: 0, pauses: [] as number[] };
  const policy = {
    attempts,
    firstPauseMs: 100,
    random: () => random,
    sleep: async (ms: number) => void seen.pauses.push(ms),
  };
  const work = async () => {
    seen.attempts++;
    const message = left.shift();
    if (message) throw new Error(message);
    return 'done';
  };
  const canMend = (error: unknown) => (error as Error).message.startsWith('busy');
  return { seen, outcome: () => retry(policy, canMend, work) };
}

describe('trying again', () => {
  it('is not needed after success', async () => {
    const { seen, outcome } = trial({ errors: [] });
    expect(await outcome()).toBe('done');
    expect(seen).toEqual({ attempts: 1, pauses: [] });
  });

  it('mends a passing failure, pausing up to twice as long each time', async () => {
    const { seen, outcome } = trial({ errors: ['busy 1', 'busy 2', 'busy 3'] });
    expect(await outcome()).toBe('done');
    expect(seen).toEqual({ attempts: 4, pauses: [100, 200, 400] });
  });

  it.each([
    [0, [0, 0]],
    [0.25, [25, 50]],
  ])('spreads the pauses by chance: %d', async (random, pauses) => {
    const { seen, outcome } = trial({ errors: ['busy', 'busy'], random });
    await outcome();
    expect(seen.pauses).toEqual(pauses);
  });

  it('ends with the last failure when the attempts are used up, without another pause', async () => {
    const { seen, outcome } = trial({ errors: ['busy 1', 'busy 2', 'busy 3'], attempts: 2 });
    await expect(outcome()).rejects.toThrow('busy 2');
    expect(seen).toEqual({ attempts: 2, pauses: [100] });
  });

  it('ends at once with a failure it cannot mend', async () => {
    const { seen, outcome } = trial({ errors: ['denied'] });
    await expect(outcome()).rejects.toThrow('denied');
    expect(seen).toEqual({ attempts: 1, pauses: [] });
  });

  it('ends when a failure it can mend is followed by one it cannot', async () => {
    const { seen, outcome } = trial({ errors: ['busy', 'denied'] });
    await expect(outcome()).rejects.toThrow('denied');
    expect(seen.attempts).toBe(2);
  });

  it('is not done with a single attempt', async () => {
    const { seen, outcome } = trial({ errors: ['busy'], attempts: 1 });
    await expect(outcome()).rejects.toThrow('busy');
    expect(seen).toEqual({ attempts: 1, pauses: [] });
  });
});
