import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** What those rely on who know federated roles and accesses, and the test that holds it: file and title. */
const behaviours: [behaviour: string, file: string, title: string][] = [
  [
    'a changed role brings its accesses back, be they none, one or many',
    'federated-access/wake-accesses',
    'with all others of its role',
  ],
  [
    'a policy goes with all its versions',
    'aws/inside',
    'goes with all its versions, the one that counts last',
  ],
  ['errors of IAM surface', 'aws/faults', 'is denied, says which action it is that is not allowed'],
  ['a name gets its suffix once', 'federated-access/federated-access', 'to %s'],
  [
    'policy and role are made, or made as they are to be',
    'federated-access/federated-access',
    'takes away what somebody has added',
  ],
  [
    'ARNs are those of the account',
    'federated-access/federated-access',
    'gives the principal a role with all policies',
  ],
  [
    'a secret of another namespace is refused',
    'federated-access/federated-access',
    'when its secret is in another namespace',
  ],
  [
    'a policy has all statements and conditions',
    'federated-role/federated-role',
    'has its statements, conditions and principals',
  ],
  [
    'an unknown managed policy is told',
    'federated-role/federated-role',
    'has Failed when it %s, and says why',
  ],
  ['a role without policies is told', 'federated-role/federated-role', 'has Failed when it %s, and says why'],
];

const titlesOf = (file: string): string => readFileSync(`tests/unit/accounts/${file}.test.ts`, 'utf8');

describe('a behaviour of federated roles and accesses', () => {
  it.each(behaviours)('is held by a test: %s', (_, file, title) => {
    expect(titlesOf(file)).toContain(`'${title}`);
  });
});
