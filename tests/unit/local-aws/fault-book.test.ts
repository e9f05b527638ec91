import { describe, expect, it } from '@jest/globals';
import { ControlError, FaultBook, readFault, suffer } from '../../../local-aws/fault-book.ts';

const throttled = { code: 'Throttling', status: 400, message: 'Rate exceeded' };
const fault = (more = {}) => readFault({ service: 'iam', action: 'GetRole', error: throttled, ...more });

describe('FaultBook', () => {
  it('gives a fault to the calls it is for, as often as it says', () => {
    const book = new FaultBook();
    book.add(fault({ times: 2 }));
    const taken = ['GetRole', 'ListRoles', 'GetRole', 'GetRole'].map(
      (action) => book.take('iam', action)?.error?.code,
    );
    expect(taken).toEqual(['Throttling', undefined, 'Throttling', undefined]);
  });

  it('gives the oldest that matches first', () => {
    const book = new FaultBook();
    book.add(fault({ times: 1 }));
    book.add(fault({ error: { ...throttled, code: 'Later' } }));
    expect(
      [book.take('iam', 'GetRole'), book.take('iam', 'GetRole')].map((taken) => taken?.error?.code),
    ).toEqual(['Throttling', 'Later']);
  });

  it('forgets them all when cleared', () => {
    const book = new FaultBook();
    book.add(fault());
    book.clear();
    expect(book.take('iam', 'GetRole')).toBeUndefined();
  });
});

describe('readFault', () => {
  it.each([
    ['no action', { action: undefined }, /"service" and "action"/],
    ['no effect', { error: undefined }, /"error", "latencyMs" or both/],
    ['a negative delay', { latencyMs: -1 }, /"latencyMs" is -1/],
    ['no times at all', { times: 0 }, /"times" is 0/],
    ['a status that is no error', { error: { ...throttled, status: 200 } }, /"status" from 400 to 599/],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => fault(wrong)).toThrow(message);
    expect(() => fault(wrong)).toThrow(ControlError);
  });
});

describe('suffer', () => {
  it("throws the fault's error", async () => {
    await expect(suffer(fault())).rejects.toMatchObject(throttled);
  });

  it('does nothing without a fault', async () => {
    await expect(suffer(undefined)).resolves.toBeUndefined();
  });
});
