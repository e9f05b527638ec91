import { beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { accountctl } from '../../../support/accountctl.ts';
import { aClaim, anAccount, aPool, store } from '../../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';

const made = new Date('2026-03-01T09:00:00Z');
const now = new Date('2026-03-04T13:00:00Z');
let resources: MemoryStore;
beforeEach(() => {
  resources = new MemoryStore({ now: () => made });
});

const get = (...argv: string[]) => accountctl({ store: resources, now }, 'get', ...argv);

describe('accountctl get', () => {
  it('shows pools with the columns of kubectl', async () => {
    const counts = { poolSize: 3, unclaimedAccounts: 3, claimedAccounts: 4, availableAccounts: 2 };
    await store(resources, aPool(), {
      ...counts,
      accountsProgressing: 1,
      accountsPending: 0,
      awsLimitDelta: 93,
    });
    const { exitCode, out, err } = await get('accountpools');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out.split('\n')).toEqual([
      'NAME            POOL SIZE  UNCLAIMED ACCOUNTS  CLAIMED ACCOUNTS  AVAILABLE ACCOUNTS  ACCOUNTS PROGRESSING  ACCOUNTS PENDING  AWS LIMIT DELTA',
      'osd-creds-mgmt  3          3                   4                 2                   1                     0                 93',
      '',
    ]);
  });

  it('leaves cells empty for which there is nothing yet', async () => {
    await store(resources, anAccount());
    const { out } = await get('account');
    expect(out.split('\n').slice(0, 2)).toEqual([
      'NAME                   STATE  CLAIMED  CLAIM  AGE',
      'osd-creds-mgmt-aaaaaa                         3d4h',
    ]);
  });

  it('shows more with -o wide', async () => {
    const spec = { awsAccountID: '000000112120', accountPool: 'osd-creds-mgmt', claimLink: 'harbour' };
    await store(resources, anAccount({}, spec), { state: 'Ready', claimed: true });
    const { out } = await get('acc', '-o', 'wide');
    expect(out.split('\n').slice(0, 2)).toEqual([
      'NAME                   STATE  CLAIMED  CLAIM    AGE   AWS ACCOUNT   ACCOUNT POOL    LEGAL ENTITY  REUSED',
      'osd-creds-mgmt-aaaaaa  Ready  true     harbour  3d4h  000000112120  osd-creds-mgmt',
    ]);
  });

  it('looks in one namespace unless it is told to look in all', async () => {
    await store(resources, aClaim({ namespace: 'b', name: 'two' }));
    await store(resources, aClaim({ namespace: 'b', name: 'one' }));
    await store(resources, aClaim({ namespace: 'a', name: 'three' }));
    expect((await get('accountclaims', '-n', 'b', '-o', 'name')).out).toBe(
      'accountclaim.aws.managed.openshift.io/one\naccountclaim.aws.managed.openshift.io/two\n',
    );
    expect((await get('accountclaims', '-A')).out.split('\n')).toEqual([
      'NAMESPACE  NAME   STATE  ACCOUNT  AGE',
      'a          three                  3d4h',
      'b          one                    3d4h',
      'b          two                    3d4h',
      '',
    ]);
    expect((await get('accountclaims')).out).toBe('There are no accountclaims in namespace default.\n');
  });

  it('shows as many as there are', async () => {
    const names = Array.from({ length: 230 }, (_, index) => `claim-${String(index).padStart(3, '0')}`);
    for (const name of names) await resources.create(aClaim({ name }));
    const { out } = await get('ac', '-o', 'name');
    expect(out.trim().split('\n')).toEqual(
      names.map((name) => `accountclaim.aws.managed.openshift.io/${name}`),
    );
    expect((await get('ac', '-A', '-o', 'name')).out).toBe(out);
  });

  it.each<[string, string[]]>([
    ['team=blue', ['blue']],
    ['team==blue', ['blue']],
    ['team!=blue', ['none', 'red']],
    ['team', ['blue', 'red']],
    ['!team', ['none']],
    ['team,team!=blue', ['red']],
    ['team=', []],
  ])('shows those that -l %s selects, in one namespace as in all', async (selector, names) => {
    for (const team of ['blue', 'red']) await resources.create(aClaim({ name: team, labels: { team } }));
    await resources.create(aClaim({ name: 'none' }));
    for (const where of [[], ['-A']]) {
      const { out } = await get('ac', '-l', selector, '-o', 'json', ...where);
      expect(
        JSON.parse(out).items.map(({ metadata }: { metadata: { name: string } }) => metadata.name),
      ).toEqual(names);
    }
  });

  it('gives one back as a manifest that can be applied again', async () => {
    const resource = await store(resources, aClaim({ labels: { team: 'blue' } }), {
      state: 'Pending',
      conditions: [],
    });
    const { out } = await get('accountclaim', 'harbour', '-o', 'yaml');
    const manifest = parse(out);
    expect(Object.keys(manifest)).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
    expect(manifest).toMatchObject({
      ...aClaim(),
      metadata: { uid: resource.metadata.uid, labels: { team: 'blue' } },
    });
    expect(manifest.metadata).not.toHaveProperty('annotations');
    const again = await accountctl({ store: resources, files: { '-': out } }, 'apply', '-f', '-');
    expect(again).toMatchObject({ exitCode: 0, err: '', out: expect.stringMatching(/harbour unchanged\n$/) });
  });

  it('gives several back as a list', async () => {
    await store(resources, aPool());
    const { out } = await get('ap', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      kind: 'List',
      apiVersion: 'v1',
      items: [{ kind: 'AccountPool' }],
    });
  });

  it('takes KIND/NAME as it prints it', async () => {
    await store(resources, aClaim());
    const name = 'accountclaim.aws.managed.openshift.io/harbour';
    expect((await get(name, '-o', 'name')).out).toBe(`${name}\n`);
  });

  it('says that there is none of that name', async () => {
    const { exitCode, out, err } = await get('accountclaim', 'nowhere', '-n', 'lagoon');
    expect(exitCode).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^accountctl: there is no AccountClaim lagoon\/nowhere\n"accountctl get" shows/);
  });

  it.each<[string[], RegExp]>([
    [['pods'], /there is no kind "pods".*accountpools \(ap\)/],
    [[], /missing required argument 'kind'/],
    [['ac', 'one', '-A'], /a name selects one alone/],
    [['ac/one', 'two'], /has a name already/],
    [['ac', '-A', '-n', 'one'], /cannot be used with/],
    [['ac', '-l', 'a b'], /"a b" selects no label/],
    [['ac', '-o', 'xml'], /'xml' is invalid/],
  ])('refuses %j as a usage error', async (argv, message) => {
    const { exitCode, err } = await get(...argv);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
  });
});
