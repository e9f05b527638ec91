import { describe, expect, it } from '@jest/globals';
import { readOptions } from '../../../bench/options.ts';
import { UsageError } from '../../../shared/cli/usage-error.ts';

describe('the options', () => {
  it('measure everything seven times when none is given', () => {
    expect(readOptions([])).toEqual({ help: false, check: false, runs: 7 });
  });

  it('can be narrowed down', () => {
    const args = ['--runs', '1', '--only', 'oidc-provisioner', '--account', 'small', '--check'];
    expect(readOptions(args)).toMatchObject({
      runs: 1,
      only: 'oidc-provisioner',
      account: 'small',
      check: true,
    });
  });

  it('take one file to compare with, or two', () => {
    expect(readOptions(['--compare', 'old.json'])).toMatchObject({ compare: 'old.json', file: undefined });
    expect(readOptions(['--compare', 'old.json', 'new.json'])).toMatchObject({
      compare: 'old.json',
      file: 'new.json',
    });
  });

  it.each([
    [['--runs', '0'], '--runs is "0"; give a whole number from 1 to 999'],
    [['--runs', 'few'], '--runs is "few"'],
    [
      ['--only', 'oidc'],
      '--only is "oidc"; give one of oidc-provisioner, preflight-checker, network-verifier',
    ],
    [['--account', 'huge'], '--account is "huge"; give one of small, large'],
    [['--fast'], "Unknown option '--fast'"],
    [['--compare'], 'argument missing'],
    [['old.json'], '"old.json" is not expected here'],
    [['--compare', 'a.json', 'b.json', 'c.json'], '"c.json" is not expected here'],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(message);
  });
});
