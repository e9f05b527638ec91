import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type AccountState, accountStates } from '../../../../accounts/resources/account.ts';

const page = readFileSync('docs/accounts/account.md', 'utf8');

const nameOf = (state: string): string => (state === '' ? 'None' : state);

describe('the diagram of an account’s states', () => {
  it('has the transitions of the code, and no others', () => {
    const drawn = [...page.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} ${to}`);
    const coded = (Object.keys(accountStates) as AccountState[]).flatMap((from) =>
      accountStates[from].next.map((to) => `${nameOf(from)} ${nameOf(to)}`),
    );
    expect(drawn.sort()).toEqual(coded.sort());
  });

  it.each(Object.keys(accountStates).map(nameOf))('is explained as to %s', (state) => {
    expect(page).toMatch(new RegExp(`^\\| ${state === 'None' ? '\\(none\\)' : state} \\|`, 'm'));
  });
});
