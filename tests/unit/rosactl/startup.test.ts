import { describe, expect, it } from '@jest/globals';
import { loadedWith } from '../../support/loaded-with.ts';

describe('the start of rosactl', () => {
  const loaded = loadedWith(new URL('../../../rosactl/main.ts', import.meta.url));

  it('loads the commands', () => {
    expect(loaded.some((module) => module.endsWith('rosactl/commands/setup-account.ts'))).toBe(true);
  });

  it('loads neither an AWS client nor YAML, which only some commands need: help has to come at once', () => {
    expect(loaded.filter((module) => /^(@aws-sdk\/|yaml|log-update)/.test(module))).toEqual([]);
  });

  it('loads nothing of what only reports need', () => {
    expect(loaded.filter((module) => /\/report-page\.ts$|\/drawing\//.test(module))).toEqual([]);
  });
});
