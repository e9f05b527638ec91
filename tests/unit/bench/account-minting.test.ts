import { describe, expect, it } from '@jest/globals';
import { accountsVerdicts } from '../../../bench/accounts/budgets.ts';
import { CallPauses } from '../../../bench/accounts/call-pauses.ts';
import { type Filling, type OwnTimes, ownSeconds } from '../../../bench/accounts/filling.ts';
import type { Look } from '../../../bench/accounts/looks.ts';

const aws: OwnTimes = { creation: 60, atOnce: 1, instance: 30, supportCase: 600, casesPerHour: 1_000 };

describe("AWS's own time for a pool", () => {
  it.each<[string, Partial<OwnTimes>, number]>([
    ['one account after the other, and the last one’s instance and case', {}, 10 * 60 + 30 + 600],
    ['several at a time', { atOnce: 4 }, 3 * 60 + 30 + 600],
    ['the first case of the last hour', { casesPerHour: 3 }, 60 + 30 + 3 * 3_600 + 600],
  ])('is that of %s', (_, differences, seconds) => {
    expect(ownSeconds({ ...aws, ...differences }, 10)).toBe(seconds);
  });
});

const look = (differences: Partial<Look> = {}): Look => ({
  at: 'AccountPool, it is empty',
  reads: 2,
  writes: 0,
  calls: { 'dynamodb:GetItem': 1, 'dynamodb:Query': 1 },
  longestPauseMs: 5,
  ...differences,
});

const filling: Filling = {
  aws,
  accounts: 100,
  ownSeconds: 1_000,
  seconds: 1_050,
  added: 0.05,
};

interface Found {
  many?: Look[];
  limited?: Look[];
  fillings?: Filling[];
}

/** The budgets that are broken when so much is otherwise than it should be. */
function broken({ many = [look()], limited = [look()], fillings = [filling] }: Found): string[] {
  const verdicts = accountsVerdicts({
    few: { accounts: 10, looks: [look()] },
    many: { accounts: 10_000, looks: many },
    limited: { accounts: 10, looks: limited },
    fillings,
  });
  return verdicts.filter(({ kept }) => !kept).map(({ budget, measured }) => `${budget}: ${measured}`);
}

describe('the budgets of account minting', () => {
  it('are kept when looks make the same calls, in whatever order', () => {
    const calls = { 'dynamodb:Query': 1, 'dynamodb:GetItem': 1 };
    expect(broken({ many: [look({ calls })] })).toEqual([]);
  });

  it.each<[string, Look[]]>([
    ['one call more', [look({ calls: { 'dynamodb:GetItem': 1, 'dynamodb:Query': 2 } })]],
    ['another call', [look({ calls: { 'dynamodb:GetItem': 1, 'dynamodb:Scan': 1 } })]],
    ['a look at something else', [look({ at: 'Account, Ready: it was claimed' })]],
    ['no look', []],
  ])('break at %s among many accounts', (_, many) => {
    expect(broken({ many })).toEqual([expect.stringMatching(/^looks that make other calls.*: 1$/)]);
  });

  it('break at a look more', () => {
    expect(broken({ many: [look(), look()] })).toEqual([expect.stringMatching(/: 1$/)]);
  });

  it("give filling a tenth of AWS's own time", () => {
    expect(
      broken({
        fillings: [
          { ...filling, added: 0.1 },
          { ...filling, added: 0.11 },
        ],
      }),
    ).toEqual([expect.stringMatching(/^what filling a pool of 100 adds.*: 0.11$/)]);
  });

  it('break when a worker waits for nothing, also while AWS limits calls', () => {
    expect(broken({ limited: [look({ longestPauseMs: 1_001 })] })).toEqual([
      expect.stringMatching(/^milliseconds of a look in which no call.*: 1001$/),
    ]);
  });
});

describe('the pauses of a worker', () => {
  type Send = (args: object) => Promise<object>;

  it('are the times in which no call is under way, however many were before', async () => {
    let ms = 0;
    const pauses = new CallPauses(() => ms);
    const watched: Send[] = [];
    const answers: (() => void)[] = [];
    const send: Send = (args) => new Promise((resolve) => answers.push(() => resolve(args)));
    const add = (middleware: (next: Send) => Send) => void watched.push(middleware(send));
    pauses.instrument({ middlewareStack: { add } });
    const call = () => watched[0]?.({});
    pauses.restart();

    ms = 50;
    const first = call();
    const second = call();
    ms = 1_000;
    answers[0]?.();
    await first;
    ms = 2_000;
    answers[1]?.();
    await second;
    expect(pauses.longestMs()).toBe(50);
    ms = 2_300;
    expect(pauses.longestMs()).toBe(300);
  });
});
