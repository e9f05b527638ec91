import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toolFailure } from '../../../../shared/cli/failure.ts';
import { checkProfile } from '../../../../shared/cli/known-profile.ts';

const variables = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'] as const;
const before = variables.map((name) => process.env[name]);

let folder: string;

/** The AWS configuration of this machine, for the SDK's reader. */
const configured = async (config: string, credentials: string) => {
  const files = [config, credentials];
  for (const [index, name] of variables.entries()) {
    const file = join(folder, name);
    await writeFile(file, files[index] ?? '');
    process.env[name] = file;
  }
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profiles-'));
});
afterEach(async () => {
  for (const [index, name] of variables.entries()) {
    if (before[index] === undefined) delete process.env[name];
    else process.env[name] = before[index];
  }
  await rm(folder, { recursive: true });
});

const config = `[default]
region = us-east-1
[profile work]
region = eu-west-1
[sso-session corporate]
sso_region = us-east-1
`;
const credentials = `[keys]
aws_access_key_id = AKIAEXAMPLE
`;

describe('a profile that was asked for', () => {
  it.each(['default', 'work', 'keys'])('may be %s', async (profile) => {
    await configured(config, credentials);
    await expect(checkProfile(profile)).resolves.toBeUndefined();
  });

  it('is not looked for when none was asked for', async () => {
    await configured('', '');
    await expect(checkProfile(undefined)).resolves.toBeUndefined();
  });

  it('has to be there: the sentence names it and those that are', async () => {
    await configured(config, credentials);
    const error = await checkProfile('wrok').catch((thrown: unknown) => thrown);
    expect(toolFailure({ name: 'tool', advise: () => undefined }, error)).toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/no profile wrok; it has default, work, keys$/),
    });
  });

  it('is no SSO session', async () => {
    await configured(config, credentials);
    await expect(checkProfile('sso-session.corporate')).rejects.toThrow(/no profile/);
  });

  it('cannot be had without any configuration', async () => {
    for (const name of variables) process.env[name] = join(folder, 'nothing here');
    await expect(checkProfile('work')).rejects.toMatchObject({
      name: 'CredentialsProviderError',
      message: expect.stringMatching(/no profile work; it has none$/),
    });
  });
});
