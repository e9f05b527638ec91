import { readdir, readFile } from 'node:fs/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountStore } from '../../../accounts/resources/account-store.ts';
import { awsFinalizer } from '../../../accounts/resources/api.ts';
import { claimSelections } from '../../../accounts/resources/selections.ts';
import { type LocalAws, startLocalAws } from '../../../local-aws/local-aws.ts';
import { lookRequestedAt } from '../../../shared/reconcile/reconcile.ts';
import { keyOf, type Resource } from '../../../shared/resources/resource.ts';
import type { ResourceStore } from '../../../shared/resources/resource-store.ts';
import { startAccountctl } from '../../support/accountctl-process.ts';
import type { Ended } from '../../support/ended.ts';
import { eventually } from '../../support/eventually.ts';
import { aClaim, anAccount, aPool, store as put } from '../../support/fakes/account-resources.ts';
import { createResourceTable, laptopDocumentClient } from '../../support/resource-table.ts';

const folder = new URL('../../fixtures/manifests/', import.meta.url);
const files = (await readdir(folder)).filter((file) => !file.startsWith('exported'));
const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
const manifests = texts.join('\n---\n');

const table = 'rosa-accounts';
let aws: LocalAws;
let documentClient: DynamoDBDocumentClient;
let store: ResourceStore;
beforeAll(async () => {
  aws = await startLocalAws();
  documentClient = laptopDocumentClient(aws);
  await createResourceTable(documentClient, table);
  store = accountStore({ table, documentClient });
});
afterAll(async () => {
  documentClient.destroy();
  await aws.close();
});

const start = (argv: string, input = '') => startAccountctl(aws.environment, argv.split(' '), input);
const accountctl = (argv: string, input = ''): Promise<Ended> => start(argv, input).ended;

describe('accountctl with DynamoDB', () => {
  it('makes what existing manifests say, finds it again, and changes nothing the second time', async () => {
    const made = await accountctl('apply -f -', manifests);
    expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(/^(\S+ created\n)+$/) });
    const again = await accountctl('apply -f -', manifests);
    expect(again.stdout).toBe(made.stdout.replaceAll('created', 'unchanged'));
    const { stdout } = await accountctl('get accountclaims --all-namespaces');
    expect(stdout.split('\n').map((line) => line.split(/ +/).slice(0, 2))).toEqual([
      ['NAMESPACE', 'NAME'],
      ['uhc-production-harbour', 'harbour'],
      ['uhc-production-lighthouse', 'lighthouse'],
      ['uhc-production-quay', 'quay'],
      ['uhc-staging-jetty', 'jetty'],
      [''],
    ]);
  });

  it('selects by labels what the store has in all namespaces', async () => {
    const labels = { team: 'blue' };
    await store.create(aClaim({ namespace: 'one', labels }));
    await store.create(aClaim({ namespace: 'two', labels: { team: 'red' } }));
    const { stdout } = await accountctl('get ac -A -l team=blue -o json');
    expect(JSON.parse(stdout).items).toMatchObject([{ metadata: { namespace: 'one', labels } }]);
  });

  it('has a claim that it makes wait in the selection of its pool, and one that it deletes not', async () => {
    const request = { kind: 'AccountClaim', selection: claimSelections.pending('waiting'), limit: 10 };
    await accountctl(
      'apply -f -',
      JSON.stringify(aClaim({ namespace: 'waits' }, { accountPool: 'waiting' })),
    );
    expect(await store.select(request)).toMatchObject([{ namespace: 'waits' }]);
    const deleted = await accountctl('delete accountclaim harbour -n waits --yes --wait');
    expect(deleted).toMatchObject({ status: 0, stdout: expect.stringMatching(/harbour deleted\n$/) });
    expect(await store.select(request)).toEqual([]);
  });

  it('loses nothing when several write at once', async () => {
    await store.create(aPool('busy', 0));
    const labelled = (name: string) => ({
      ...aPool('busy', 1),
      metadata: { ...aPool('busy').metadata, labels: { [name]: 'yes' } },
    });
    const ended = await Promise.all(
      ['a', 'b', 'c'].map((name) => accountctl('apply -f -', JSON.stringify(labelled(name)))),
    );
    expect(ended.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect((await store.get(keyOf(aPool('busy') as Resource)))?.metadata.labels).toEqual({
      a: 'yes',
      b: 'yes',
      c: 'yes',
    });
  });

  it('waits until the controller has let go', async () => {
    const creation = await store.create(aClaim({ namespace: 'kept', finalizers: [awsFinalizer] }));
    const { ended } = start('delete accountclaim harbour -n kept --yes --wait');
    if (creation.outcome !== 'created') throw new Error(`it ${creation.outcome}`);
    const key = keyOf(creation.resource);
    const marked = await eventually(
      () => store.get(key),
      (one) => one?.metadata.deletionTimestamp !== undefined,
    );
    if (!marked) throw new Error('it is gone');
    await store.removeFinalizer(marked, awsFinalizer);
    expect(await ended).toMatchObject({ status: 0 });
    expect(await store.get(key)).toBeUndefined();
  });

  it('resets an account that has failed, and has it looked at', async () => {
    const account = anAccount({ name: 'broken' }, { awsAccountID: '123456789012' });
    await put(store, account, { state: 'Failed' });
    expect(await accountctl('reset account broken')).toMatchObject({ status: 0, stderr: '' });
    expect(await store.get(keyOf(account))).toMatchObject({
      metadata: { annotations: { [lookRequestedAt]: expect.any(String) } },
      spec: { awsAccountID: '123456789012' },
      status: { state: '' },
    });
  });

  it('watches until Ctrl-C', async () => {
    const { process: watching, ended } = start('get accountclaims -n watched --watch -o json');
    let shown = '';
    watching.stdout?.on('data', (text: Buffer) => {
      shown += text;
    });
    await store.create(aClaim({ namespace: 'watched' }));
    await eventually(
      async () => shown,
      (text) => text.includes('"ADDED"'),
    );
    await store.delete(keyOf(aClaim({ namespace: 'watched' }) as Resource));
    await eventually(
      async () => shown,
      (text) => text.includes('"DELETED"'),
    );
    watching.kill('SIGINT');
    expect(await ended).toMatchObject({ status: 0, stderr: '' });
  });

  it('says where it looked in vain', async () => {
    const { status, stderr } = await accountctl('get accountpools --table nowhere');
    expect(status).toBe(4);
    expect(stderr).toMatch(/There is no such table here\. Deploy accounts\//);
  });
});
