import { describe, expect, it } from '@jest/globals';
import { nearNames } from '../../../../shared/clusters/near-names.ts';

describe('the names near to one that is not there', () => {
  it.each([
    ['letters that changed places', 'dve1', ['dev1', 'payments'], ['dev1']],
    ['a letter left out', 'paymnts', ['dev1', 'payments'], ['payments']],
    ['a part of a name', 'payments', ['dev1', 'payments-prod'], ['payments-prod']],
    ['more than the name', 'dev1-cluster', ['dev1', 'payments'], ['dev1']],
    ['nothing like it', 'staging', ['dev1', 'payments'], []],
    ['no names', 'dev1', [], []],
  ])('are found by %s', (_what, wanted, names, near) => {
    expect(nearNames(wanted, names)).toEqual(near);
  });

  it('are three at most, the nearest first', () => {
    expect(nearNames('dev', ['dev-4', 'dev-33', 'dev2', 'dev1'])).toEqual(['dev2', 'dev1', 'dev-4']);
  });
});
