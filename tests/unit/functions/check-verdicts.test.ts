import { readdir } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { networkChecks } from '../../../functions/network-verifier/checks/index.ts';
import { preflightChecks } from '../../../functions/preflight-checker/checks/index.ts';
import { seenVerdicts } from '../../support/fakes/seen-findings.ts';

// The tests of all checks run in this file once more, so that it can be said of the whole catalogue what they show.
for (const folder of ['preflight-checker', 'network-verifier']) {
  const files = await readdir(new URL(`${folder}/checks/`, import.meta.url));
  for (const file of files.filter((name) => name !== 'every-check.test.ts').sort()) {
    await import(`./${folder}/checks/${file}`);
  }
}

/** The verdicts a check comes to, by the rule of its entry in the catalogue. */
function verdictsIn(rule: string): string[] {
  const clauses = rule.replaceAll(/never fails/gi, '');
  return [
    ...(/says nothing otherwise/i.test(rule) ? [] : ['passed']),
    ...(/\bfail/i.test(clauses) ? ['failed'] : []),
    ...(/\bwarn/i.test(clauses) ? ['warning'] : []),
  ].sort();
}

// Without a verdict every check is seen that calls AWS: the faults of tests/unit/functions/faults.
describe('the tests of the checks', () => {
  it.each([...preflightChecks, ...networkChecks])(
    'show $name in each verdict its rule speaks of, and in no other',
    ({ name, rule }) => {
      expect([...(seenVerdicts.get(name) ?? [])].sort()).toEqual(verdictsIn(rule));
    },
  );
});
