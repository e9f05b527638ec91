import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { federatedAccessStates } from '../../../../accounts/resources/aws-federated-account-access.ts';
import { federatedRoleStates } from '../../../../accounts/resources/aws-federated-role.ts';
import type { StateTable } from '../../../../accounts/resources/state-table.ts';

const page = readFileSync('docs/accounts/federated.md', 'utf8');

const nameOf = (state: string): string => (state === '' ? 'None' : state);

/** The section of the page about a kind. */
const section = (kind: string): string =>
  page.split(/^## /m).find((one) => one.startsWith(`${kind}\n`)) ?? '';

const tables: [string, StateTable<string>][] = [
  ['AWSFederatedRole', federatedRoleStates],
  ['AWSFederatedAccountAccess', federatedAccessStates],
];

describe.each(tables)('the diagram of the states of %s', (kind, states) => {
  it('has the transitions of the code, and no others', () => {
    const drawn = [...section(kind).matchAll(/^ {2}(\w+) --> (\w+)$/gm)].map(
      ([, from, to]) => `${from} ${to}`,
    );
    const coded = Object.entries(states).flatMap(([from, { next }]) =>
      next.map((to) => `${nameOf(from)} ${nameOf(to)}`),
    );
    expect(drawn.sort()).toEqual(coded.sort());
  });

  it.each(Object.keys(states).map(nameOf))('is explained as to %s', (state) => {
    expect(section(kind)).toMatch(new RegExp(`^\\| ${state === 'None' ? '\\(none\\)' : state} \\|`, 'm'));
  });
});
