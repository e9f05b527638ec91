import { beforeEach, describe, expect, it } from '@jest/globals';
import { keyOf } from '../../../../shared/resources/resource.ts';
import { accountctl, type Surroundings } from '../../../support/accountctl.ts';
import { aClaim, aPool, store } from '../../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';

const made = new Date('2026-03-01T09:00:00Z');
const now = new Date('2026-03-01T09:05:30Z');
const finalizer = 'finalizer.aws.managed.openshift.io';
let resources: MemoryStore;
beforeEach(() => {
  resources = new MemoryStore({ now: () => made });
});

const run = (argv: string, rest: Partial<Surroundings> = {}) =>
  accountctl({ store: resources, now, ...rest }, ...argv.split(' '));

describe('accountctl describe', () => {
  it('says all about a resource', async () => {
    const claim = aClaim({ labels: { team: 'blue' }, finalizers: [finalizer] }, { manualSTSMode: true });
    const condition = {
      type: 'Unclaimed',
      status: 'True',
      reason: 'AccountClaimed',
      message: 'looks for one',
    };
    const conditions = [{ ...condition, lastTransitionTime: '2026-03-01T09:00:30Z' }];
    await store(resources, claim, { state: 'Pending', conditions });
    await resources.delete(keyOf(claim));
    const { out, exitCode } = await run('describe accountclaim harbour');
    expect(exitCode).toBe(0);
    expect(out).toMatch(
      /^Kind +AccountClaim\nName +harbour\nNamespace +default\nCreated +2026-\S+ \(5m30s ago\)$/m,
    );
    expect(out).toMatch(/^Deleted +asked for .*waits for finalizer\.aws\.managed\.openshift\.io$/m);
    expect(out).toMatch(/^Labels +team=blue$/m);
    expect(out).not.toMatch(/Annotations/);
    expect(out).toMatch(/^Spec\n {2}accountLink: ""$/m);
    expect(out).toMatch(/^Status\n {2}state: Pending$/m);
    expect(out).toMatch(
      /^ {2}TYPE +STATUS +SINCE +REASON +MESSAGE\n {2}Unclaimed +True +5m +AccountClaimed +looks for one$/m,
    );
    expect(out).toMatch(/^Contradictions\n {2}STSRoleARNMissing: manualSTSMode is true/m);
  });

  it('leaves out what there is not', async () => {
    await store(resources, aPool());
    expect((await run('describe ap osd-creds-mgmt')).out).not.toMatch(
      /Status|Conditions|Contradictions|Deleted/,
    );
  });

  it('gives programs the manifest', async () => {
    await store(resources, aPool());
    const { out } = await run('describe ap osd-creds-mgmt -o json');
    expect(JSON.parse(out)).toMatchObject({ kind: 'AccountPool', spec: { poolSize: 3 } });
  });

  it.each<[string, number, RegExp]>([
    ['describe ap', 2, /a name is missing: which of the accountpools/],
    ['describe ap other', 1, /there is no AccountPool aws-account-operator\/other/],
  ])('refuses "%s"', async (argv, status, message) => {
    const { exitCode, err } = await run(argv);
    expect(exitCode).toBe(status);
    expect(err).toMatch(message);
  });
});

describe('accountctl delete', () => {
  const isThere = async (resource = aClaim()) => (await resources.get(keyOf(resource))) !== undefined;

  it('deletes what it is told to, when the person says yes', async () => {
    await store(resources, aClaim());
    const { exitCode, out } = await run('delete accountclaim harbour', { answer: 'y' });
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: 'accountclaim.aws.managed.openshift.io/harbour deleted\n',
    });
    expect(await isThere()).toBe(false);
  });

  it.each<[string, string, Partial<Surroundings>, number]>([
    ['the person says no', 'delete ac harbour', { answer: 'n' }, 6],
    ['there is nobody to say yes', 'delete ac harbour', {}, 2],
    ['a kind and a file are given', 'delete ac harbour -f - --yes', {}, 2],
    ['nothing is given', 'delete --yes', {}, 2],
    ['no name is given', 'delete ac --yes', {}, 2],
    ['the time is none', 'delete ac harbour --yes --wait --timeout soon', {}, 2],
  ])('deletes nothing when %s', async (_what, argv, rest, status) => {
    await store(resources, aClaim());
    expect((await run(argv, rest)).exitCode).toBe(status);
    expect(await isThere()).toBe(true);
  });

  it('says that it is on its way when a controller has something to undo', async () => {
    await store(resources, aClaim({ finalizers: [finalizer] }));
    const { exitCode, out } = await run('delete ac harbour --yes');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/harbour is being deleted; "accountctl describe"/);
    expect(await isThere()).toBe(true);
  });

  it('waits until it is gone with --wait', async () => {
    await store(resources, aClaim({ finalizers: [finalizer] }));
    let looks = 0;
    const onPause = async () => {
      if (++looks < 3) return undefined;
      const marked = await resources.get(keyOf(aClaim()));
      if (marked) await resources.removeFinalizer(marked, finalizer);
      return undefined;
    };
    const { exitCode, out } = await run('delete ac harbour --yes --wait', { onPause });
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: 'accountclaim.aws.managed.openshift.io/harbour deleted\n',
    });
    expect(looks).toBe(3);
  });

  it('is content when another has been made under its name', async () => {
    await store(resources, aClaim({ finalizers: [finalizer] }));
    const onPause = async () => {
      const marked = await resources.get(keyOf(aClaim()));
      if (marked) await resources.removeFinalizer(marked, finalizer);
      await resources.create(aClaim());
      return undefined;
    };
    expect((await run('delete ac harbour --yes --wait', { onPause })).exitCode).toBe(0);
  });

  it('does not wait for ever, and says what is waited for', async () => {
    await store(resources, aClaim({ finalizers: [finalizer] }));
    const { exitCode, err } = await run('delete ac harbour --yes --wait --timeout 10');
    expect(exitCode).toBe(1);
    expect(err).toMatch(
      /AccountClaim default\/harbour waits for finalizer\S+ after 10 s\n.*goes on without you/,
    );
  });

  it('deletes those of a file, whatever else is in it', async () => {
    await store(resources, aClaim());
    await store(resources, aPool());
    const files = {
      'all.yaml': [aClaim({}, { aws: 'x' }), aPool()].map((one) => JSON.stringify(one)).join('\n---\n'),
    };
    const { exitCode, out } = await run('delete -f all.yaml --yes -o json', { files });
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).map(({ kind, outcome }: Record<string, string>) => [kind, outcome])).toEqual([
      ['AccountClaim', 'deleted'],
      ['AccountPool', 'deleted'],
    ]);
    expect(await isThere(aPool())).toBe(false);
  });

  it.each<[string, string, RegExp]>([
    ['an unknown kind', '{"kind":"Pod","metadata":{"name":"a"}}', /kind "Pod" is not known here/],
    ['no name', '{"kind":"Account"}', /metadata\.name is missing/],
    ['no manifest', '', /has no manifest/],
  ])('deletes nothing of a file with %s', async (_what, text, message) => {
    const { exitCode, err } = await run('delete -f - --yes', { files: { '-': text } });
    expect(exitCode).toBe(1);
    expect(err).toMatch(message);
  });

  it('says no when there is none, unless that is as well', async () => {
    const { exitCode, out } = await run('delete ac harbour --yes');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/harbour is not there/);
    expect((await run('delete ac harbour --yes --ignore-not-found')).exitCode).toBe(0);
  });
});
