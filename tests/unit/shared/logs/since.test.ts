import { describe, expect, it } from '@jest/globals';
import { parseSince } from '../../../../shared/logs/since.ts';

const now = new Date('2026-01-31T10:00:00Z');

describe('the time that --since names', () => {
  it.each([
    ['45s', '2026-01-31T09:59:15.000Z'],
    ['30m', '2026-01-31T09:30:00.000Z'],
    ['1h', '2026-01-31T09:00:00.000Z'],
    ['2d', '2026-01-29T10:00:00.000Z'],
    ['2026-01-30', '2026-01-30T00:00:00.000Z'],
    ['2026-01-30T08:15', '2026-01-30T08:15:00.000Z'],
    ['2026-01-30T08:15:30Z', '2026-01-30T08:15:30.000Z'],
    ['2026-01-30T08:15:30+02:00', '2026-01-30T06:15:30.000Z'],
  ])('of %s is %s', (text, expected) => {
    expect(parseSince(text, now)?.toISOString()).toBe(expected);
  });

  it.each(['', '1', 'h', '1w', '-1h', '1.5h', 'yesterday', '2026-13-01', '2026-01-30T25:00', '30 m'])(
    'is not known for "%s"',
    (text) => {
      expect(parseSince(text, now)).toBeUndefined();
    },
  );
});
