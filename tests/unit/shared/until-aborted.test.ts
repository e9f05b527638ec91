import { describe, expect, it } from '@jest/globals';
import { untilAborted } from '../../../shared/until-aborted.ts';

const never = new Promise<string>(() => {});

describe('work that a signal ends the wait for', () => {
  it('gives its outcome', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve('done'), signal)).toBe('done');
    await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  });

  it('gives the reason of the signal when that comes before', async () => {
    const end = new AbortController();
    const waiting = untilAborted(never, end.signal);
    end.abort(new Error('time is up'));
    await expect(waiting).rejects.toThrow('time is up');
  });

  it('gives it at once when the signal was aborted before', async () => {
    await expect(untilAborted(never, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });
});
