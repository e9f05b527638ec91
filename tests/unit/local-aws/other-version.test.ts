import { describe, expect, it } from '@jest/globals';
import { otherVersion } from '../../../local-aws/lambda/function-version.ts';

describe('a call of an alias', () => {
  it('goes to its own version when it has no weights', () => {
    expect(otherVersion({}, 0)).toBeUndefined();
  });

  it.each([
    [0, '2'],
    [0.099, '2'],
    [0.1, undefined],
    [0.999, undefined],
  ])('with a tenth for version 2 goes, drawing %d, to %s', (draw, version) => {
    expect(otherVersion({ 2: 0.1 }, draw)).toBe(version);
  });

  it.each([
    [0.1, '2'],
    [0.25, '3'],
    [0.74, '3'],
    [0.75, undefined],
  ])('with shares for two versions goes, drawing %d, to %s', (draw, version) => {
    expect(otherVersion({ 2: 0.25, 3: 0.5 }, draw)).toBe(version);
  });

  it('never goes to a version without a share', () => {
    expect(otherVersion({ 2: 0 }, 0)).toBeUndefined();
  });

  it('always goes to the version that has all of it', () => {
    expect(otherVersion({ 2: 1 }, 0.999)).toBe('2');
  });
});
