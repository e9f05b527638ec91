import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type AccountClaimState, accountClaimStates } from '../../../../accounts/resources/account-claim.ts';

const page = readFileSync('docs/accounts/account-claim.md', 'utf8');

const nameOf = (state: string): string => (state === '' ? 'None' : state);

describe('the diagram of a claim’s states', () => {
  it('has the transitions of the code, and no others', () => {
    const [drawing = ''] = page.split('```\n');
    const drawn = [...drawing.matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(([, from, to]) => `${from} ${to}`);
    const coded = (Object.keys(accountClaimStates) as AccountClaimState[]).flatMap((from) =>
      accountClaimStates[from].next.map((to) => `${nameOf(from)} ${nameOf(to)}`),
    );
    expect(drawn.sort()).toEqual(coded.sort());
  });

  it.each(Object.keys(accountClaimStates).map(nameOf))('is explained as to %s', (state) => {
    expect(page).toMatch(new RegExp(`^\\| ${state === 'None' ? '\\(none\\)' : state} \\|`, 'm'));
  });
});
