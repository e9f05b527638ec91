import { describe, expect, it } from '@jest/globals';
import { idleStack, type StackState, settleStack } from '../../../../shared/customer-stack/stack-state.ts';
import { recorded } from '../../../support/fakes/recorded.ts';

/** A stack that shows these statuses one after the other, the last one again and again; undefined: it is gone. */
function stackIn(...statuses: (string | undefined)[]) {
  const states = statuses.map((status): StackState | undefined =>
    status ? { status, parameters: {} } : undefined,
  );
  const stack = recorded({
    state: async () => (states.length > 1 ? states.shift() : states[0]),
    remove: async () => {},
  });
  return { name: 'the-stack', physicalId: async () => undefined, ...stack };
}

/** Settles it on a clock that only goes on while it waits. */
async function settle(stack: ReturnType<typeof stackIn>, how = settleStack) {
  const waits: number[] = [];
  const said: string[] = [];
  const settled = how(
    stack,
    (text) => said.push(text),
    async (ms) => waits.push(ms),
  );
  const state = await settled.catch((error: Error) => error);
  return { state, said, waited: waits.reduce((sum, ms) => sum + ms, 0) };
}

const removals = ({ calls }: ReturnType<typeof stackIn>) => calls.filter(({ name }) => name === 'remove');

describe('a stack is deployed as it is', () => {
  it.each([
    'CREATE_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE',
    'IMPORT_COMPLETE',
    'IMPORT_ROLLBACK_COMPLETE',
  ])('in %s', async (status) => {
    const stack = stackIn(status);
    expect(await settle(stack)).toEqual({ state: { status, parameters: {} }, said: [], waited: 0 });
    expect(removals(stack)).toEqual([]);
  });

  it('when there is none', async () => {
    expect(await settle(stackIn(undefined))).toEqual({ state: undefined, said: [], waited: 0 });
  });
});

describe('what is left of a stack that was never made is removed', () => {
  it.each(['REVIEW_IN_PROGRESS', 'CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED'])(
    'in %s',
    async (status) => {
      const stack = stackIn(status);
      const { state, said } = await settle(stack);
      expect(state).toBeUndefined();
      expect(said).toEqual([expect.stringContaining(status)]);
      expect(removals(stack)).toHaveLength(1);
    },
  );

  it('and is not when it cannot be', async () => {
    const stack = stackIn('ROLLBACK_COMPLETE');
    stack.fail('remove', new Error('not empty'));
    expect((await settle(stack)).state).toMatchObject({ message: 'not empty' });
  });
});

describe('only a person can help a stack', () => {
  it.each(['UPDATE_FAILED', 'UPDATE_ROLLBACK_FAILED', 'A_STATUS_THAT_CAME_LATER'])(
    'in %s',
    async (status) => {
      const stack = stackIn(status);
      const { state } = await settle(stack);
      expect(state).toMatchObject({
        name: 'StackFailure',
        message: expect.stringMatching(`the-stack .*${status}`),
      });
      expect(removals(stack)).toEqual([]);
    },
  );

  it('and learns why from CloudFormation', async () => {
    const stack = stackIn('UPDATE_ROLLBACK_FAILED');
    stack.state = async () => ({ status: 'UPDATE_FAILED', reason: 'no such key', parameters: {} });
    expect((await settle(stack)).state).toMatchObject({ message: expect.stringContaining('no such key') });
  });
});

describe('a stack that CloudFormation is changing is waited for', () => {
  it.each([
    'CREATE_IN_PROGRESS',
    'UPDATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
  ])('in %s', async (status) => {
    const { state, said, waited } = await settle(stackIn(status, status, 'UPDATE_COMPLETE'));
    expect(state).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(said).toEqual([expect.stringContaining(status), expect.stringContaining(status)]);
    expect(waited).toBe(10_000);
  });

  it('until it is gone', async () => {
    const stack = stackIn('DELETE_IN_PROGRESS', undefined);
    expect((await settle(stack)).state).toBeUndefined();
    expect(removals(stack)).toEqual([]);
  });

  it('and then seen to like any other', async () => {
    const stack = stackIn('CREATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE');
    expect((await settle(stack)).state).toBeUndefined();
    expect(removals(stack)).toHaveLength(1);
  });

  it('for 45 minutes at most', async () => {
    const { state, waited } = await settle(stackIn('UPDATE_IN_PROGRESS'));
    expect(state).toMatchObject({ name: 'StackFailure', message: expect.stringContaining('45 minutes') });
    expect(waited).toBe(45 * 60_000);
  });

  it('no longer once it cannot be looked at', async () => {
    const stack = stackIn('UPDATE_IN_PROGRESS');
    stack.fail('state', new Error('denied'));
    expect((await settle(stack)).state).toMatchObject({ message: 'denied' });
  });
});

describe('a stack that is only to be idle', () => {
  it.each(['UPDATE_COMPLETE', 'DELETE_FAILED', 'UPDATE_ROLLBACK_FAILED'])(
    'is shown in %s',
    async (status) => {
      const stack = stackIn('UPDATE_IN_PROGRESS', status);
      expect((await settle(stack, idleStack)).state).toMatchObject({ status });
      expect(removals(stack)).toEqual([]);
    },
  );
});
