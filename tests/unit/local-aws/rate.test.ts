import { describe, expect, it } from '@jest/globals';
import { rateMs } from '../../../local-aws/events/rate.ts';

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
    ['cron(0 12 * * ? *)', undefined],
  ])('%s runs every %p ms', (expression, expected) => {
    expect(rateMs(expression)).toBe(expected);
  });
});
