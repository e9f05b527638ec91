import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { dueTime } from '../../../../shared/reconcile/due-time.ts';
import type { Work } from '../../../../shared/reconcile/reconcile.ts';
import { sqsWorkQueue } from '../../../../shared/reconcile/sqs-work-queue.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';
import { widgetKey } from '../../../support/reconcile/widgets.ts';

interface Entry {
  Id: string;
  MessageBody: string;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
  DelaySeconds?: number;
}

const now = new Date('2026-01-31T10:00:00.000Z');

type Answer = (entries: Entry[], queue: string) => object;

const sqsUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012';
const urls = { workQueueUrl: `${sqsUrl}/work.fifo`, timersQueueUrl: `${sqsUrl}/timers` };

/** A queue whose SQS answers as told; by default it takes everything. */
function queueThat(answer: Answer = () => ({})) {
  const batches: { url: unknown; entries: Entry[] }[] = [];
  const pauses: number[] = [];
  const sqs = answerCalls(new SQSClient({ region: 'us-east-1' }), ({ input }: SentCall) => {
    const entries = input.Entries as Entry[];
    batches.push({ url: input.QueueUrl, entries });
    return answer(entries, String(input.QueueUrl));
  });
  let ids = 0;
  const queue = sqsWorkQueue({
    sqs,
    ...urls,
    now: () => now,
    newId: () => `id-${++ids}`,
    retryPolicy: {
      attempts: 3,
      firstPauseMs: 100,
      sleep: async (ms) => void pauses.push(ms),
      random: () => 1,
    },
  });
  const entriesTo = (url: string) =>
    batches.filter((one) => one.url === url).flatMap(({ entries }) => entries);
  return { queue, batches, pauses, entriesTo };
}

const work = (name: string, afterSeconds = 0, reason?: string): Work => ({
  key: widgetKey(name),
  afterSeconds,
  ...(reason && { reason }),
});

const refusing = (name: string, code: string, times: number, SenderFault = false): Answer => {
  let left = times;
  return (entries) => {
    const refused = entries.filter(({ MessageBody }) => MessageBody.includes(`"${name}"`) && left-- > 0);
    return { Failed: refused.map(({ Id }) => ({ Id, Code: code, SenderFault })) };
  };
};

describe('work at once', () => {
  it('goes to the FIFO queue, in the group of its resource', async () => {
    const { queue, entriesTo } = queueThat();
    await queue.add([work('one')]);
    expect(entriesTo(urls.workQueueUrl)).toMatchObject([
      { MessageBody: '{"kind":"Widget","namespace":"shop","name":"one"}', MessageGroupId: 'Widget/shop/one' },
    ]);
    expect(entriesTo(urls.timersQueueUrl)).toEqual([]);
  });

  it.each([
    ['is longer than a group may be', 'x'.repeat(200), 'y'.repeat(200)],
    ['has other letters', 'größe', 'länge'],
    ['has a space', 'a b', 'a c'],
    ['has a slash', 'a/b', 'a/c'],
  ])('of a name that %s has a digest for a group', async (_, name, other) => {
    const { queue, entriesTo } = queueThat();
    await queue.add([work(name), work(other), work(name)]);
    const groups = entriesTo(urls.workQueueUrl).map(({ MessageGroupId = '' }) => MessageGroupId);
    expect(groups[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(groups[2]).toBe(groups[0]);
    expect(groups[1]).not.toBe(groups[0]);
  });

  it('is the same for SQS when it has the same reason, and only then', async () => {
    const { queue, entriesTo } = queueThat();
    await queue.add([work('one', 0, 'a'), work('one', 0, 'a'), work('one', 0, 'b'), work('two', 0, 'a')]);
    const ids = entriesTo(urls.workQueueUrl).map(({ MessageDeduplicationId = '' }) => MessageDeduplicationId);
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is always another without a reason', async () => {
    const { queue, entriesTo } = queueThat();
    await queue.add([work('one'), work('one')]);
    const ids = entriesTo(urls.workQueueUrl).map(({ MessageDeduplicationId }) => MessageDeduplicationId);
    expect(ids).toEqual(['id-1', 'id-2']);
  });
});

describe('work that is to wait', () => {
  it('is a timer that tells when it is due, and comes no sooner', async () => {
    const { queue, entriesTo } = queueThat();
    await queue.add([work('one', 30)]);
    const [{ MessageBody = '', DelaySeconds = 0 } = {}, ...others] = entriesTo(urls.timersQueueUrl);
    const { due_at, ...key } = JSON.parse(MessageBody);
    expect({ key, others }).toEqual({ key: widgetKey('one'), others: [] });
    expect(due_at).toBe(dueTime(widgetKey('one'), now, 30).toISOString());
    expect(now.getTime() + DelaySeconds * 1000).toBeGreaterThanOrEqual(Date.parse(due_at));
    expect(entriesTo(urls.workQueueUrl)).toEqual([]);
  });

  it('longer than a queue delays is sent with the longest delay', async () => {
    const { queue, entriesTo } = queueThat();
    await queue.add([work('one', 3600)]);
    expect(entriesTo(urls.timersQueueUrl)).toMatchObject([{ DelaySeconds: 900 }]);
  });

  it('keeps the time it was set for when it is passed on', async () => {
    const { queue, entriesTo } = queueThat();
    await queue.add([{ ...work('one', 100), dueAt: new Date('2026-01-31T10:01:39.123Z') }]);
    const [entry] = entriesTo(urls.timersQueueUrl);
    expect(entry?.DelaySeconds).toBe(100);
    expect(JSON.parse(entry?.MessageBody ?? '')).toMatchObject({ due_at: '2026-01-31T10:01:39.123Z' });
  });
});

describe('much work', () => {
  const names = Array.from({ length: 23 }, (_, index) => `widget-${index}`);

  it('is sent ten at a time, every message once', async () => {
    const { queue, batches, entriesTo } = queueThat();
    await queue.add(names.map((name) => work(name)));
    expect(batches.map(({ entries }) => entries.length)).toEqual([10, 10, 3]);
    const sent = entriesTo(urls.workQueueUrl).map(({ MessageBody }) => JSON.parse(MessageBody).name);
    expect(sent).toEqual(names);
  });

  it('is no call when there is none', async () => {
    const { queue, batches } = queueThat();
    await queue.add([]);
    expect(batches).toEqual([]);
  });
});

describe('messages that SQS does not take', () => {
  it('are sent again, without those it took', async () => {
    const { queue, batches, pauses } = queueThat(refusing('two', 'InternalError', 2));
    await queue.add([work('one'), work('two'), work('three')]);
    const bodies = batches.map(({ entries }) =>
      entries.map(({ MessageBody }) => JSON.parse(MessageBody).name),
    );
    expect(bodies).toEqual([['one', 'two', 'three'], ['two'], ['two']]);
    expect(pauses).toEqual([100, 200]);
  });

  it('keep what tells them apart when they are sent again', async () => {
    const { queue, entriesTo } = queueThat(refusing('one', 'InternalError', 1));
    await queue.add([work('one')]);
    const ids = entriesTo(urls.workQueueUrl).map(({ MessageDeduplicationId }) => MessageDeduplicationId);
    expect(ids).toEqual(['id-1', 'id-1']);
  });

  it('are told when that does not end', async () => {
    const { queue, batches } = queueThat(refusing('two', 'InternalError', 100));
    await expect(queue.add([work('one'), work('two')])).rejects.toThrow(
      'SQS did not take 1 of the messages: InternalError',
    );
    expect(batches).toHaveLength(3);
  });

  it('are told at once when they are to blame', async () => {
    const { queue, batches } = queueThat(refusing('two', 'InvalidMessageContents', 100, true));
    await expect(queue.add([work('two')])).rejects.toThrow('InvalidMessageContents');
    expect(batches).toHaveLength(1);
  });

  it('do not keep back the other batches', async () => {
    const { queue, entriesTo } = queueThat((_, url) => {
      if (url === urls.workQueueUrl) throw sdkError('AccessDeniedException');
      return {};
    });
    await expect(queue.add([work('one'), work('two', 5)])).rejects.toMatchObject({
      name: 'AwsCallError',
      action: 'sqs:SendMessage',
      failure: 'denied',
    });
    expect(entriesTo(urls.timersQueueUrl)).toHaveLength(1);
  });
});
