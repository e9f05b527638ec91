import { describe, expect, it } from '@jest/globals';
import { ageOf } from '../../../../accounts/accountctl/age.ts';
import { settingsFrom } from '../../../../accounts/accountctl/settings.ts';
import { commands } from '../../../../accounts/accountctl/tool.ts';
import { AwsCallError } from '../../../../shared/aws/aws-call-error.ts';
import { accountctl } from '../../../support/accountctl.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import { loadedWith } from '../../../support/loaded-with.ts';

const store = new MemoryStore();
const failing = (error: Error) =>
  new MemoryStore({
    beforeCall: () => {
      throw error;
    },
  });

describe('accountctl', () => {
  it.each(commands.map(({ name }) => name))('helps with %s: what it does and an example', async (name) => {
    const { exitCode, out } = await accountctl({ store }, name, '--help');
    expect(exitCode).toBe(0);
    expect(out).toContain(`Usage: accountctl ${name}`);
    expect(out).toMatch(/Examples:\n.*accountctl/);
  });

  it('says its version, and that of the resources', async () => {
    const { out } = await accountctl({ store }, 'version');
    expect(out).toMatch(/^accountctl \d+\.\d+\.\d+, aws\.managed\.openshift\.io\/v1alpha1\n$/);
  });

  it('completes its own commands and flags', async () => {
    const { out } = await accountctl({ store }, 'completion', 'bash');
    expect(out).toMatch(/^complete -F _accountctl accountctl$/m);
    expect(out).toContain('--all-namespaces');
    expect(out).not.toContain('rosactl');
  });

  it('is given the flags of every command', async () => {
    const { flags } = await accountctl(
      { store },
      'get',
      'ap',
      '--table',
      't',
      '--region',
      'r',
      '--profile',
      'p',
    );
    expect(flags).toMatchObject({ table: 't', region: 'r', profile: 'p' });
  });

  it.each<[string, Error, number, RegExp]>([
    ['no table', aws('ResourceNotFoundException'), 4, /no such table here\. Deploy accounts\//],
    ['a missing permission', aws('AccessDeniedException'), 3, /permission dynamodb:Query/],
    ['a throttle', aws('ThrottlingException'), 4, /Run the same command again/],
    ['a fault of ours', new TypeError('x'), 70, /fault of accountctl/],
  ])('says what to do about %s', async (_what, error, status, message) => {
    const { exitCode, err } = await accountctl({ store: failing(error) }, 'get', 'ap');
    expect(exitCode).toBe(status);
    expect(err).toMatch(message);
  });

  it.each([
    ['-o', 'json'],
    ['--output=json', ''],
    ['-ojson', ''],
  ])('says it as JSON with %s %s', async (...flags) => {
    const { err } = await accountctl({ store }, 'gett', ...flags.filter(Boolean));
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'UsageError', next: expect.any(String) } });
  });
});

function aws(name: string): AwsCallError {
  return new AwsCallError('dynamodb:Query', Object.assign(new Error('no'), { name }));
}

describe('the start of accountctl', () => {
  const loaded = loadedWith(new URL('../../../../accounts/accountctl/main.ts', import.meta.url));

  it('loads the commands, and neither an AWS client nor YAML: help has to come at once', () => {
    expect(loaded.some((module) => module.endsWith('accountctl/commands/get.ts'))).toBe(true);
    expect(loaded.filter((module) => /^(@aws-sdk\/|yaml|log-update)/.test(module))).toEqual([]);
  });
});

describe('the settings', () => {
  const variables = { ACCOUNTCTL_TABLE: 't', ACCOUNTCTL_REGION: 'r', ACCOUNTCTL_PROFILE: 'p' };

  it.each([
    ['are those of the flags', { table: 'T', region: 'R', profile: 'P' }, variables, ['T', 'R', 'P']],
    ['are else those of the environment', {}, variables, ['t', 'r', 'p']],
    ['are else the usual ones', {}, {}, ['rosa-accounts', undefined, undefined]],
  ])('%s', (_what, flags, environment, expected) => {
    const { table, region, profile } = settingsFrom(flags, environment);
    expect([table, region, profile]).toEqual(expected);
  });
});

describe('an age', () => {
  const now = new Date('2026-03-01T00:00:00Z');
  const [minute, hour, day] = [60, 3_600, 86_400];

  it.each<[number, string]>([
    [-5, '0s'],
    [0, '0s'],
    [119, '119s'],
    [2 * minute, '2m'],
    [2 * minute + 5, '2m5s'],
    [10 * minute + 5, '10m'],
    [3 * hour - 1, '179m'],
    [3 * hour + 5 * minute, '3h5m'],
    [8 * hour + 5 * minute, '8h'],
    [2 * day - 1, '47h'],
    [2 * day + 3 * hour, '2d3h'],
    [8 * day + 3 * hour, '8d'],
    [800 * day, '2y70d'],
    [3000 * day, '8y'],
  ])('of %d s is %s', (seconds, expected) => {
    expect(ageOf(new Date(now.getTime() - seconds * 1_000).toISOString(), now)).toBe(expected);
  });
});
