import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { AccountReader } from '../../../../functions/preflight-checker/account-reader.ts';
import { preflightChecks } from '../../../../functions/preflight-checker/checks/index.ts';
import { preflightFacts } from '../../../../functions/preflight-checker/preflight-facts.ts';
import { runChecks } from '../../../../shared/checks/run-checks.ts';
import { fakeAccount, home, instance } from '../../../support/fakes/account.ts';
import { namedRoles } from '../../../support/fakes/cluster-roles.ts';

const names = preflightChecks.map(({ name }) => name);

/** A request that every check has something to do with. */
const cluster = {
  ...namedRoles,
  instance_types: ['m5.xlarge', 'p4d.24xlarge'],
  node_count: 2,
  availability_zones: ['us-east-1a'],
  vpc_id: 'vpc-0a1b2c3d',
  capacity_reservation_id: 'cr-01234567',
  ami_id: 'ami-01234567',
};

const run = (account: AccountReader) =>
  runChecks(preflightChecks, preflightFacts({ region: 'us-east-1', cluster, home }, account), 60_000);

describe('the catalogue', () => {
  it('has every name once', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(preflightChecks.map((check) => [check.name, check] as const))(
    '%s says what it is about, what it takes and what to do',
    (_, { what, actions, rule, remedy }) => {
      for (const text of [what, rule, remedy]) expect(text.trim()).not.toBe('');
      expect(rule).toMatch(/\b(Fails|Warns|fails|warns) when\b|^Warns, naming/);
      for (const action of actions) expect(action).toMatch(/^[a-z0-9]+:[A-Z]\w+$/);
    },
  );
});

describe('a run', () => {
  it('asks no question twice', async () => {
    const account = fakeAccount({ instances: [instance('t3.large')] });
    await run(account);
    const asked = account.calls.map(({ name, args }) => JSON.stringify([name, ...args]));
    expect(asked.filter((question, index) => asked.indexOf(question) !== index)).toEqual([]);
  });

  it('asks all that it needs at once, and then only what follows from answers', async () => {
    const instanceTypes = [
      { name: 'm5.xlarge', vcpus: 4, architectures: ['x86_64'] },
      { name: 't3.large', vcpus: 2 },
    ];
    const account = fakeAccount({ instances: [instance('t3.large')], instanceTypes });
    const rounds = new Map<string, number>();
    let answered = 0;
    const slow = Object.fromEntries(
      Object.entries(account).map(([name, question]) => [
        name,
        async (...args: unknown[]) => {
          rounds.set(`${name} ${args}`, answered);
          await delay(20);
          answered = (rounds.get(`${name} ${args}`) ?? 0) + 1;
          return (question as (...args: unknown[]) => unknown)(...args);
        },
      ]),
    ) as unknown as AccountReader;
    await run(slow);
    const later = [...rounds].filter(([, round]) => round > 0);
    expect(later).toEqual([['instanceTypes t3.large', 1]]);
  });
});
