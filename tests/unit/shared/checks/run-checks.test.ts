import { describe, expect, it } from '@jest/globals';
import { type Check, failed, passed, Undetermined, warning } from '../../../../shared/checks/check.ts';
import type { CheckRun } from '../../../../shared/checks/check-run.ts';
import { runChecks, summarize } from '../../../../shared/checks/run-checks.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';

interface Facts {
  place: string;
}

const facts: Facts = { place: 'here' };
const plenty = 60_000;
const check = (name: string, run: Check<Facts>['run']): Check<Facts> => ({ name, run });
const good = (name: string) => check(name, async () => [passed(`${name} is good`)]);
const broken = (name: string, error: unknown) => check(name, () => Promise.reject(error));
const never = (name: string) => check(name, () => new Promise(() => {}));

/** The one result of a check that fails with this error. */
async function resultOf(error: unknown) {
  const [result, ...more] = await runChecks([broken('broken', error)], facts, plenty);
  expect(more).toEqual([]);
  return result;
}

describe('running checks', () => {
  it('gives each check the facts and every finding its check', async () => {
    const check1 = check('first', async ({ place }) => [
      passed(`seen ${place}`, { resourceId: 'vpc-1' }),
      failed('and more', { details: { used: 1 } }),
    ]);
    expect(await runChecks([check1], facts, plenty)).toEqual([
      { check: 'first', status: 'passed', message: 'seen here', resourceId: 'vpc-1' },
      { check: 'first', status: 'failed', message: 'and more', details: { used: 1 } },
    ]);
  });

  it('keeps the order of the list, whichever is done first', async () => {
    const order: string[] = [];
    const late = check('late', async () => {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      order.push('late');
      return [passed('late')];
    });
    const early = check('early', async () => {
      order.push('early');
      return [passed('early')];
    });
    const results = await runChecks([late, early], facts, plenty);
    expect(order).toEqual(['early', 'late']);
    expect(results.map((result) => result.check)).toEqual(['late', 'early']);
  });

  it('runs all at once: one may wait for another after it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waits = check('waits', () => promise.then(() => [passed('waited')]));
    const frees = check('frees', async () => {
      resolve();
      return [passed('freed')];
    });
    const results = await runChecks([waits, frees], facts, plenty);
    expect(results.map(({ message }) => message)).toEqual(['waited', 'freed']);
  });

  it('tells whoever asks which checks were run, with their findings and how long they took', async () => {
    let told: CheckRun[] = [];
    const note = (runs: CheckRun[]) => {
      told = runs;
    };
    await runChecks([good('first'), broken('second', new Error('x'))], facts, plenty, note);
    expect(told).toEqual([
      { name: 'first', findings: [passed('first is good')], durationMs: expect.any(Number) },
      {
        name: 'second',
        findings: [expect.objectContaining({ status: 'warning' })],
        durationMs: expect.any(Number),
      },
    ]);
    for (const { durationMs } of told) expect(durationMs).toBeGreaterThanOrEqual(0);
  });

  it('has no results without checks', async () => {
    expect(await runChecks([], facts, plenty)).toEqual([]);
  });
});

describe('a check that cannot be determined', () => {
  it.each(['UnauthorizedOperation', 'AccessDenied', 'AccessDeniedException'])(
    'warns, for %s, that access is denied and names the missing action',
    async (code) => {
      const result = await resultOf(awsError('ec2:DescribeVpcs', code));
      expect(result).toMatchObject({
        check: 'broken',
        status: 'warning',
        details: { reason_code: 'access_denied', missing_action: 'ec2:DescribeVpcs' },
      });
      expect(result?.message).toContain("the function's role may not call ec2:DescribeVpcs");
    },
  );

  it.each([
    ['RequestLimitExceeded', 'throttled'],
    ['TooManyRequestsException', 'throttled'],
    ['ServiceException', 'service_error'],
    ['InternalError', 'service_error'],
    ['InvalidVpcID.NotFound', 'service_error'],
    ['TimeoutError', 'service_error'],
  ])('warns, for %s, with %s and the code', async (code, reason) => {
    const result = await resultOf(awsError('ec2:DescribeVpcs', code));
    expect(result).toMatchObject({ status: 'warning', details: { reason_code: reason, error_code: code } });
    expect(result?.details).not.toHaveProperty('missing_action');
    expect(result?.message).toContain(`ec2:DescribeVpcs failed with ${code}`);
  });

  it('warns with the reason of a fact that cannot be had', async () => {
    expect(await resultOf(new Undetermined('value_absent', 'no value'))).toEqual({
      check: 'broken',
      status: 'warning',
      message: 'Not checked: no value',
      details: { reason_code: 'value_absent' },
    });
  });

  it.each<[string, unknown, string]>([
    ['an error', new TypeError('x is undefined'), 'TypeError: x is undefined'],
    ['something that is no error', 'oops', 'Error: oops'],
  ])('warns of a fault of its own for %s', async (_, error, text) => {
    const result = await resultOf(error);
    expect(result).toMatchObject({ status: 'warning', details: { reason_code: 'internal_error' } });
    expect(result?.message).toContain(text);
  });

  it('does not lose the others, even when it breaks at once', async () => {
    const bug = check('bug', () => {
      throw new TypeError('bug');
    });
    const results = await runChecks([good('before'), bug, good('after')], facts, plenty);
    expect(results.map((result) => [result.check, result.status])).toEqual([
      ['before', 'passed'],
      ['bug', 'warning'],
      ['after', 'passed'],
    ]);
  });
});

describe('when time runs out', () => {
  it.each([2_000, 1_000, 0, -1])(
    'with %i ms left, leaves only the unfinished undetermined',
    async (leftMs) => {
      const results = await runChecks([good('done'), never('unfinished'), good('done too')], facts, leftMs);
      expect(results.map((result) => [result.check, result.status, result.details?.reason_code])).toEqual([
        ['done', 'passed', undefined],
        ['unfinished', 'warning', 'deadline_exceeded'],
        ['done too', 'passed', undefined],
      ]);
    },
  );
});

describe('the summary', () => {
  const bad = failed('');
  const soso = warning('');
  const fine = passed('');

  it.each([
    ['failed', [fine, soso, bad, soso], { passed: 1, failed: 1, warning: 2 }],
    ['warning', [fine, soso, fine], { passed: 2, failed: 0, warning: 1 }],
    ['passed', [fine], { passed: 1, failed: 0, warning: 0 }],
    ['passed', [], { passed: 0, failed: 0, warning: 0 }],
  ])('has the worst status, %s, and the counts', (status, results, counts) => {
    expect(summarize(results)).toEqual({ status, ...counts });
  });
});
