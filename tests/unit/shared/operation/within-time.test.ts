import { describe, expect, it } from '@jest/globals';
import { withinTime } from '../../../../shared/operation/within-time.ts';

const invocation = (remainingMs: number) => ({
  partition: 'aws',
  account: '123456789012',
  region: 'us-east-1',
  remainingMs: () => remainingMs,
});

const never = new Promise<string>(() => {});

describe('work within the time of an invocation', () => {
  it('gives its result', async () => {
    await expect(withinTime(invocation(60_000), Promise.resolve('done'))).resolves.toBe('done');
  });

  it('fails as it fails', async () => {
    const failure = Promise.reject(new Error('no'));
    await expect(withinTime(invocation(60_000), failure)).rejects.toThrow('no');
  });

  it('ends with DependencyError when Lambda would soon end it', async () => {
    await expect(withinTime(invocation(900), never)).rejects.toMatchObject({
      name: 'DependencyError',
      message: expect.stringContaining('send the same request again'),
    });
  });
});
