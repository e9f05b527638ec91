import { describe, expect, it } from '@jest/globals';
import { ControlError } from '../../../local-aws/control-error.ts';
import { FaultBook, readFault, suffer } from '../../../local-aws/fault-book.ts';

const throttled = { code: 'Throttling', status: 400, message: 'Rate exceeded' };
const getRole = { service: 'iam', action: 'GetRole' };
const fault = (more = {}) => readFault({ service: 'iam', action: 'GetRole', error: throttled, ...more });

describe('FaultBook', () => {
  it('gives a fault to the calls it is for, as often as it says', () => {
    const book = new FaultBook();
    book.add(fault({ times: 2 }));
    const taken = ['GetRole', 'ListRoles', 'GetRole', 'GetRole'].map(
      (action) => book.take({ service: 'iam', action })?.error?.code,
    );
    expect(taken).toEqual(['Throttling', undefined, 'Throttling', undefined]);
  });

  it('gives the oldest that matches first', () => {
    const book = new FaultBook();
    book.add(fault({ times: 1 }));
    book.add(fault({ error: { ...throttled, code: 'Later' } }));
    expect([book.take(getRole), book.take(getRole)].map((taken) => taken?.error?.code)).toEqual([
      'Throttling',
      'Later',
    ]);
  });

  it('lets as many calls pass first as it says', () => {
    const book = new FaultBook();
    book.add(fault({ after: 2, times: 1 }));
    const taken = [1, 2, 3, 4].map(() => book.take(getRole)?.error?.code);
    expect(taken).toEqual([undefined, undefined, 'Throttling', undefined]);
  });

  it('of one function hits and counts the calls of no other', () => {
    const book = new FaultBook();
    book.add(fault({ function: 'worker', after: 1 }));
    const callers = ['worker', 'other', undefined, 'worker'];
    const hit = callers.map((name) => book.take({ ...getRole, function: name }) !== undefined);
    expect(hit).toEqual([false, false, false, true]);
  });

  it('of one target hits and counts the calls of no other', () => {
    const book = new FaultBook();
    book.add(
      readFault({ service: 'lambda', action: 'Invoke', target: '111122223333:function:a', latencyMs: 1 }),
    );
    const path = (name: string) =>
      `/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A111122223333%3Afunction%3A${name}/invocations`;
    const called = [path('a'), path('b'), '/2015-03-31/functions/a/invocations', undefined];
    const hit = called.map(
      (one) => book.take({ service: 'lambda', action: 'Invoke', path: one }) !== undefined,
    );
    expect(hit).toEqual([true, false, false, false]);
  });

  it('of every change lets reads pass, whatever the service', () => {
    const book = new FaultBook();
    book.add(readFault({ changes: true, effect: 'crash' }));
    const calls = [
      ['dynamodb', 'Query'],
      ['sqs', 'ReceiveMessage'],
      ['sts', 'AssumeRole'],
      ['dynamodb', 'UpdateItem'],
      ['lambda', 'Invoke'],
    ];
    const hit = calls.filter(([service = '', action = '']) =>
      book.take({ service, action, function: 'worker' }),
    );
    expect(hit.map(([, action]) => action)).toEqual(['UpdateItem', 'Invoke']);
  });

  it('cannot crash what is no function', () => {
    const book = new FaultBook();
    book.add(readFault({ service: 'iam', action: 'GetRole', effect: 'crash' }));
    expect(book.take(getRole)).toBeUndefined();
  });

  it('forgets them all when cleared', () => {
    const book = new FaultBook();
    book.add(fault());
    book.clear();
    expect(book.take(getRole)).toBeUndefined();
  });
});

describe('readFault', () => {
  it.each([
    ['no action', { action: undefined }, /"service" and "action"/],
    ['no effect', { error: undefined }, /"error", "latencyMs" or "effect"/],
    ['an unknown effect', { error: undefined, effect: 'vanish' }, /"effect" is "vanish"/],
    ['a crash with an error', { effect: 'crash' }, /nobody would read it/],
    ['an action beside "changes"', { changes: true }, /or else "changes": true/],
    ['a function without a name', { function: '' }, /"function" must be the name/],
    ['a target without text', { target: 7 }, /"target" must be a part/],
    ['nothing to let pass', { after: 0 }, /"after" is 0/],
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
