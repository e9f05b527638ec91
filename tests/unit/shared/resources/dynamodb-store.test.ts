import { describe, expect, it } from '@jest/globals';
import { AwsCallError } from '../../../../shared/aws/aws-call-error.ts';
import { documentClients } from '../../../../shared/aws/document-clients.ts';
import { dynamoDbStore } from '../../../../shared/resources/dynamodb-store.ts';
import type { Resource } from '../../../../shared/resources/resource.ts';
import { answerCalls, type SentCall } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';

/** A store whose table answers as told, one answer for each request, the last one again and again. */
function storeThatHears(...answers: (object | Error)[]) {
  const sent: SentCall[] = [];
  const pauses: number[] = [];
  const client = documentClients((client) =>
    answerCalls(client, (call) => {
      sent.push(call);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
      if (answer instanceof Error) throw answer;
      return answer;
    }),
  )('us-east-1');
  const sleep = async (ms: number) => void pauses.push(ms);
  const retryPolicy = { attempts: 3, firstPauseMs: 50, sleep, random: () => 1 };
  return { store: dynamoDbStore({ table: 'resources', documentClient: client, retryPolicy }), sent, pauses };
}

const resource: Resource<{ colour: string }, { phase: string }> = {
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: {
    namespace: 'ns',
    name: 'one',
    uid: 'uid',
    generation: 1,
    resourceVersion: 'before',
    creationTimestamp: '2026-01-31T10:00:00.000Z',
    finalizers: [],
    labels: {},
    annotations: {},
  },
  spec: { colour: 'green' },
};
const { namespace, name } = resource.metadata;
const key = { kind: 'Widget', namespace, name };

const cancelled = (...codes: string[]): Error =>
  Object.assign(sdkError('TransactionCanceledException'), {
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('a write that meets a transaction of somebody else', () => {
  it.each([
    ['a transaction', cancelled('TransactionConflict', 'None')],
    ['a limit of DynamoDB', cancelled('None', 'ThrottlingError')],
  ])('is done again after %s', async (_, error) => {
    const { store, sent, pauses } = storeThatHears(error, error, {});
    expect(await store.create(resource, ['claim'])).toMatchObject({ outcome: 'created' });
    expect(pauses).toEqual([50, 100]);
    // The same token, so that it is one write to DynamoDB, whichever of them was done.
    expect(new Set(sent.map(({ input }) => input.ClientRequestToken)).size).toBe(1);
  });

  it('is done again when it is a single write', async () => {
    const { store, sent } = storeThatHears(sdkError('TransactionConflictException'), {
      Attributes: { kind: 'Widget' },
    });
    expect(await store.updateStatus({ ...resource, status: { phase: 'Ready' } })).toMatchObject({
      kind: 'Widget',
    });
    expect(sent).toHaveLength(2);
  });

  it('fails when that does not end', async () => {
    const { store, sent } = storeThatHears(cancelled('TransactionConflict'));
    await expect(store.create(resource)).rejects.toThrow(AwsCallError);
    expect(sent).toHaveLength(3);
  });

  it('is not done again when a condition did not hold, too', async () => {
    const { store, sent } = storeThatHears(cancelled('ConditionalCheckFailed', 'TransactionConflict'));
    expect(await store.create(resource, ['claim'])).toEqual({ outcome: 'exists' });
    expect(sent).toHaveLength(1);
  });
});

describe('a call that DynamoDB refuses', () => {
  const { store } = storeThatHears(sdkError('AccessDeniedException'));
  const all = async () => {
    for await (const _ of store.index('Widget')) throw new Error('it found something');
  };
  it.each<[string, string, () => Promise<unknown>]>([
    ['get', 'dynamodb:GetItem', () => store.get(key)],
    ['list', 'dynamodb:Query', () => store.list({ kind: 'Widget', namespace, limit: 1 })],
    ['index', 'dynamodb:Query', all],
    ['create', 'dynamodb:PutItem', () => store.create(resource)],
    ['update', 'dynamodb:UpdateItem', () => store.update(resource)],
    ['updateStatus', 'dynamodb:UpdateItem', () => store.updateStatus(resource)],
    ['delete', 'dynamodb:GetItem', () => store.delete(key)],
    ['removeFinalizer', 'dynamodb:UpdateItem', () => store.removeFinalizer(resource, 'x')],
  ])('says what it was: %s needs %s', async (_, action, call) => {
    await expect(call()).rejects.toMatchObject({ name: 'AwsCallError', action, failure: 'denied' });
  });
});

describe('a deletion', () => {
  it('is a conflict when others keep writing', async () => {
    const found = { Item: { ...key, resourceVersion: 'before', finalizers: ['x'] } };
    const theirs = { Item: { resourceVersion: { S: 'theirs' } } };
    const changed = Object.assign(sdkError('ConditionalCheckFailedException'), theirs);
    const answers = Array.from({ length: 3 }, () => [found, changed]).flat();
    const { store, sent } = storeThatHears(...answers);
    await expect(store.delete(key)).rejects.toMatchObject({
      name: 'ConflictError',
      key,
    });
    expect(sent).toHaveLength(6);
  });
});

describe('what is read', () => {
  it('is what was last written', async () => {
    const { store, sent } = storeThatHears({});
    await store.get(key);
    await store.list({ kind: 'Widget', namespace, limit: 1 });
    expect(sent.map(({ input }) => input.ConsistentRead)).toEqual([true, true]);
  });

  it('comes in all pages of the index, even after an empty one', async () => {
    const item = { ...key, labels: {} };
    const { store, sent } = storeThatHears({ Items: [], LastEvaluatedKey: { pk: 'x' } }, { Items: [item] });
    const found: unknown[] = [];
    for await (const one of store.index('Widget')) found.push(one);
    expect(found).toEqual([{ ...key, labels: {} }]);
    expect(sent[1]?.input.ExclusiveStartKey).toEqual({ pk: { S: 'x' } });
  });

  it('is a shorter page when a query ends early, and the next one follows', async () => {
    const stored = { ...key, spec: {} };
    const { store } = storeThatHears({ Items: [stored], LastEvaluatedKey: { pk: 'x' } });
    const { items, nextPageToken } = await store.list({ kind: 'Widget', namespace, limit: 10 });
    expect(items).toHaveLength(1);
    expect(nextPageToken).toBeDefined();
  });
});
