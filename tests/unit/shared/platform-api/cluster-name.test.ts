import { describe, expect, it } from '@jest/globals';
import { clusterNameProblem } from '../../../../shared/platform-api/cluster-name.ts';

const length = (count: number): string => `must have 3 to 18 characters, not ${count}`;
const letters = 'must be lower-case letters, digits and hyphens';

describe("a cluster's name", () => {
  it.each(['abc', 'a-1', '0a9', 'a--b', 'abcdefghijklmnopqr'])('%s is fine', (name) => {
    expect(clusterNameProblem(name)).toBeUndefined();
  });

  it.each([
    ['', length(0)],
    ['ab', length(2)],
    ['abcdefghijklmnopqrs', length(19)],
    ['-abc', letters],
    ['abc-', letters],
    ['Abc', letters],
    ['a.c', letters],
    ['a c', letters],
    ['abc\n', letters],
  ])('"%s" is refused', (name, problem) => {
    expect(clusterNameProblem(name)).toContain(problem);
    expect(clusterNameProblem(name)).toContain(`"${name}"`);
  });
});
