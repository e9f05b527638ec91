import { describe, expect, it } from '@jest/globals';
import { evaluateExpression } from '../../support/metric-math.ts';

describe('an expression of metrics, as the tests evaluate it', () => {
  it.each([
    ['a + b * 2', 7],
    ['(a + b) * 2', 8],
    ['b - a - 1', 1],
    ['IF(a > 0, 100 * a / b, 0)', 100 / 3],
    ['IF(zero > 0, 100 * a / zero, 0)', 0],
    ['b >= 3', 1],
  ])('%s is %d', (expression, value) => {
    expect(evaluateExpression(expression, { a: 1, b: 3, zero: 0 })).toBe(value);
  });

  it.each(['SUM(a)', 'a b', 'IF(a, b)', 'c'])(
    'is refused when nobody knows what it means: %s',
    (expression) => {
      expect(() => evaluateExpression(expression, { a: 1, b: 3 })).toThrow();
    },
  );
});
