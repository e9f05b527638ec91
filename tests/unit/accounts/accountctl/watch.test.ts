import { beforeEach, describe, expect, it } from '@jest/globals';
import { keyOf, type Resource } from '../../../../shared/resources/resource.ts';
import { accountctl } from '../../../support/accountctl.ts';
import { aClaim, store } from '../../../support/fakes/account-resources.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';

const made = new Date('2026-03-01T09:00:00Z');
let resources: MemoryStore;
let claim: Resource;
beforeEach(async () => {
  resources = new MemoryStore({ now: () => made });
  claim = await store(resources, aClaim());
});

/** Watches while things happen, one between each look and the next, and is interrupted then. */
function watch(happenings: (() => Promise<unknown>)[], ...argv: string[]) {
  const onPause = async () => {
    const next = happenings.shift();
    await next?.();
    return next ? undefined : ('interrupt' as const);
  };
  return accountctl({ store: resources, now: made, onPause }, 'get', 'accountclaims', '--watch', ...argv);
}

const becomes = (state: string) => async () => {
  claim = await resources.updateStatus({ ...claim, status: { state, conditions: [] } });
};
const nothing = async () => {};

describe('accountctl get --watch', () => {
  it('shows what there is and then only what changes, until it is interrupted', async () => {
    const other = () => resources.create(aClaim({ name: 'quay' }));
    const { exitCode, out } = await watch([becomes('Pending'), nothing, other, becomes('Ready')]);
    expect(exitCode).toBe(0);
    expect(out.split('\n')).toEqual([
      'NAME     STATE  ACCOUNT  AGE',
      'harbour                  0s',
      'harbour  Pending           2s',
      'quay                     6s',
      'harbour  Ready           8s',
      '',
    ]);
  });

  it('shows what is gone, and one that was made again as new', async () => {
    const again = async () => {
      await resources.delete(keyOf(claim));
      await resources.create(aClaim());
    };
    const { out } = await watch([again, () => resources.delete(keyOf(claim))]);
    expect(out.split('\n').slice(2, 5)).toEqual([
      'harbour                  2s  (deleted)',
      'harbour                  2s',
      'harbour                  4s  (deleted)',
    ]);
  });

  it('shows events to programs, one on a line', async () => {
    const { out } = await watch([becomes('Ready'), () => resources.delete(keyOf(claim))], '-o', 'json');
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ type, object }) => [type, object.kind, object.status?.state])).toEqual([
      ['ADDED', 'AccountClaim', undefined],
      ['MODIFIED', 'AccountClaim', 'Ready'],
      ['DELETED', 'AccountClaim', 'Ready'],
    ]);
  });

  it('begins with the heading when something is there', async () => {
    const { out } = await watch([() => resources.create(aClaim({ namespace: 'lagoon' }))], '-n', 'lagoon');
    expect(out).toBe('NAME     STATE  ACCOUNT  AGE\nharbour                  2s\n');
  });

  it('watches one, and goes on when that is gone', async () => {
    const again = () => resources.create(aClaim());
    const { exitCode, out } = await watch(
      [() => resources.delete(keyOf(claim)), again],
      'harbour',
      '-o',
      'name',
    );
    expect(exitCode).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(3);
  });

  it('begins with one that is there', async () => {
    expect((await watch([], 'quay')).exitCode).toBe(1);
  });
});
