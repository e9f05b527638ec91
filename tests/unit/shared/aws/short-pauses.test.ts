import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { longestPauseMs, ShortPauses, withShortPauses } from '../../../../shared/aws/short-pauses.ts';

/** Pauses as the SDK asks for them. */
const drawn = (baseMs: number, triesBefore: number): number[] => {
  const pauses = new ShortPauses();
  pauses.setDelayBase(baseMs);
  return Array.from({ length: 200 }, () => pauses.computeNextBackoffDelay(triesBefore));
};

describe('the pauses between tries', () => {
  it.each([0, 1, 2])(
    'of a throttled call are below their limit before try %d, and not all the same',
    (tries) => {
      const all = drawn(1_000, tries);
      expect(Math.max(...all)).toBeLessThan(longestPauseMs);
      expect(new Set(all).size).toBeGreaterThan(10);
    },
  );

  it('grow from try to try', () => {
    expect(Math.max(...drawn(50, 0))).toBeLessThan(50);
    expect(Math.max(...drawn(50, 1))).toBeGreaterThan(50);
  });
});

/** How often a client with so many attempts sends a call that AWS limits. */
async function triesOf(maxAttempts: number): Promise<number> {
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const client = new DynamoDBClient({ region: 'us-east-1', credentials, maxAttempts });
  let tries = 0;
  withShortPauses((instrumented) => {
    const { middlewareStack } = instrumented as unknown as DynamoDBClient;
    const refuse = () => async (): Promise<never> => {
      tries += 1;
      throw Object.assign(new Error('slow down'), { name: 'ThrottlingException', $fault: 'client' });
    };
    middlewareStack.add(refuse, { step: 'finalizeRequest', priority: 'low', name: 'refuse' });
    return instrumented;
  })(client);
  const call = client.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'p' } } }));
  await expect(call).rejects.toThrow('slow down');
  return tries;
}

describe('a client with short pauses', () => {
  it('tries as often as it is set to', async () => {
    expect(await Promise.all([triesOf(1), triesOf(3)])).toEqual([1, 3]);
  });
});
