import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { dynamoDbStore } from '../../../shared/resources/dynamodb-store.ts';
import { keyOf, type NewResource, type Resource } from '../../../shared/resources/resource.ts';
import { ConflictError, type ResourceStore } from '../../../shared/resources/resource-store.ts';
import { type ObservedClient, observed } from '../../support/observed-client.ts';
import { createResourceTable, laptopDocumentClient, maxAttempts } from '../../support/resource-table.ts';

interface Spec {
  colour: string;
}

interface Status {
  phase: string;
}

const table = 'resources';
const holder = 'example.com/holder';
let aws: LocalAws;
let documentClient: DynamoDBDocumentClient;
let store: ResourceStore;
let calls: ObservedClient;

/** Somebody else's way to the same table. */
let others: ResourceStore;

beforeAll(async () => {
  aws = await startLocalAws();
  documentClient = laptopDocumentClient(aws);
  await createResourceTable(documentClient, table);
  calls = observed(documentClient);
  store = dynamoDbStore({ table, documentClient });
  others = dynamoDbStore({ table, documentClient: laptopDocumentClient(aws) });
});
afterAll(() => aws.close());
beforeEach(() => {
  calls.clear();
});

const wanted = (finalizers: string[] = []): NewResource<Spec> => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { namespace: 'ns', name: randomUUID(), finalizers },
  spec: { colour: 'green' },
});

async function made(resource = wanted(), claims: string[] = []): Promise<Resource<Spec, Status>> {
  const creation = await others.create<Spec, Status>(resource, claims);
  if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
  return creation.resource;
}

const readAgain = async (resource: Resource): Promise<Resource<Spec, Status> | undefined> =>
  others.get(keyOf(resource));

/** A resource that is to go when its one finalizer is removed. */
async function marked(claims: string[] = []): Promise<Resource<Spec, Status>> {
  const created = await made(wanted([holder]), claims);
  await others.delete(keyOf(created));
  const found = await readAgain(created);
  if (!found) throw new Error('it is gone');
  return found;
}

describe('a write whose answer is lost, and that the SDK sends again', () => {
  it('made the resource', async () => {
    calls.loseAnswer('TransactWriteItems');
    const creation = await store.create(wanted(), [randomUUID()]);
    expect(calls.counts()).toEqual({ TransactWriteItems: 2 });
    if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
    expect(await readAgain(creation.resource)).toEqual(creation.resource);
  });

  it('is told the truth about one that somebody else had made', async () => {
    const created = await made();
    calls.loseAnswer('TransactWriteItems');
    expect(await store.create({ ...wanted(), metadata: created.metadata })).toEqual({ outcome: 'exists' });
  });

  it('updated the spec, once', async () => {
    const created = await made();
    calls.loseAnswer('UpdateItem', 2);
    const updated = await store.update({ ...created, spec: { colour: 'red' } });
    expect(updated).toMatchObject({ spec: { colour: 'red' }, metadata: { generation: 2 } });
    expect(await readAgain(created)).toEqual(updated);
  });

  it('updated the status', async () => {
    const created = await made();
    calls.loseAnswer('UpdateItem');
    const updated = await store.updateStatus({ ...created, status: { phase: 'Ready' } });
    expect(updated.status).toEqual({ phase: 'Ready' });
    expect(await readAgain(created)).toEqual(updated);
  });

  it('is a conflict once somebody else has written upon it, so that the caller reads both', async () => {
    const created = await made();
    calls.loseAnswer('UpdateItem', 1, async () => {
      const written = await readAgain(created);
      if (written) await others.update({ ...written, spec: { colour: 'blue' } });
    });
    const ours = store.updateStatus({ ...created, status: { phase: 'Ready' } });
    await expect(ours).rejects.toThrow(ConflictError);
    expect(await readAgain(created)).toMatchObject({ spec: { colour: 'blue' }, status: { phase: 'Ready' } });
  });

  it('marked it for deletion', async () => {
    const created = await made(wanted([holder]));
    calls.loseAnswer('UpdateItem');
    expect(await store.delete(keyOf(created))).toBe('deleting');
    expect((await readAgain(created))?.metadata.deletionTimestamp).toBeDefined();
  });

  it('deleted it with its claims', async () => {
    const claim = randomUUID();
    const created = await made(wanted(), [claim]);
    calls.loseAnswer('TransactWriteItems');
    expect(await store.delete(keyOf(created))).toBe('deleted');
    expect(await made(wanted(), [claim])).toBeDefined();
  });

  it('removed a finalizer that is not the last', async () => {
    const created = await made(wanted([holder, 'example.com/other']));
    calls.loseAnswer('UpdateItem');
    const left = await store.removeFinalizer(created, holder);
    expect(left?.metadata.finalizers).toEqual(['example.com/other']);
  });

  it('removed the last finalizer, and with it the resource and its claims', async () => {
    const claim = randomUUID();
    const resource = await marked([claim]);
    calls.loseAnswer('TransactWriteItems');
    expect(await store.removeFinalizer(resource, holder)).toBeUndefined();
    expect(await readAgain(resource)).toBeUndefined();
    expect(await made(wanted(), [claim])).toBeDefined();
  });

  it('fails when no answer comes at all, and can be done again', async () => {
    const created = await made();
    calls.loseAnswer('UpdateItem', maxAttempts);
    const ours = store.updateStatus({ ...created, status: { phase: 'Ready' } });
    await expect(ours).rejects.toMatchObject({ action: 'dynamodb:UpdateItem', code: 'TimeoutError' });
    const found = await readAgain(created);
    expect(found?.status).toEqual({ phase: 'Ready' });
    expect(found && (await store.updateStatus(found)).status).toEqual({ phase: 'Ready' });
  });
});

describe('the requests to DynamoDB', () => {
  it.each<[string, (resource: Resource<Spec, Status>) => Promise<unknown>, Record<string, number>]>([
    ['a look', (one) => store.get(keyOf(one)), { GetItem: 1 }],
    [
      'a change of the status',
      (one) => store.updateStatus({ ...one, status: { phase: 'Ready' } }),
      { UpdateItem: 1 },
    ],
    ['a change of nothing but labels', (one) => store.update(one), { UpdateItem: 1 }],
    ['a change of the spec', (one) => store.update({ ...one, spec: { colour: 'red' } }), { UpdateItem: 2 }],
    ['a page', () => store.list({ kind: 'Widget', namespace: 'ns', limit: 1 }), { Query: 1 }],
    ['a deletion', (one) => store.delete(keyOf(one)), { GetItem: 1, TransactWriteItems: 1 }],
  ])('are few for %s', async (_, work, expected) => {
    const created = await made();
    await work(created);
    expect(calls.counts()).toEqual(expected);
  });

  it('are one for a new resource, however many claims it has', async () => {
    await store.create(wanted(), [randomUUID(), randomUUID(), randomUUID()]);
    expect(calls.counts()).toEqual({ TransactWriteItems: 1 });
  });

  it('are two for the end of a resource', async () => {
    const resource = await marked();
    calls.clear();
    await store.removeFinalizer(resource, holder);
    expect(calls.counts()).toEqual({ GetItem: 1, TransactWriteItems: 1 });
  });
});
