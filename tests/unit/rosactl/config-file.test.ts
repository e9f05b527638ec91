import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readConfigFile } from '../../../rosactl/config-file.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rosactl-home-'));
});

afterEach(() => rm(home, { recursive: true }));

const writeConfig = async (content: string) => {
  await mkdir(join(home, '.rosactl'));
  await writeFile(join(home, '.rosactl', 'config.json'), content);
};

describe('the config file', () => {
  it('has the address that the Go rosactl has put there', async () => {
    await writeConfig('{"platform_api_url": "https://api.us-east-1.example.com", "later": true}');
    expect(await readConfigFile(home)).toEqual({ platformApiUrl: 'https://api.us-east-1.example.com' });
  });

  it.each(['{}', '{"platform_api_url": ""}'])('may be without one: %s', async (content) => {
    await writeConfig(content);
    expect((await readConfigFile(home)).platformApiUrl).toBeUndefined();
  });

  it('need not be there', async () => {
    expect(await readConfigFile(home)).toEqual({});
    expect(await readConfigFile(join(home, 'no-such-home'))).toEqual({});
  });

  it('need not even have a folder for it', async () => {
    await writeFile(join(home, '.rosactl'), 'a file');
    expect(await readConfigFile(home)).toEqual({});
  });

  it.each([
    ['is cut off', '{"platform_api_url": "https://'],
    ['is empty', ''],
    ['has another type in it', '{"platform_api_url": 5}'],
    ['is a text', '"https://api.us-east-1.example.com"'],
    ['is a list', '[]'],
    ['is null', 'null'],
  ])('that %s is a usage error that says how to mend it', async (_what, content) => {
    await writeConfig(content);
    await expect(readConfigFile(home)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/config\.json cannot be used: .*Mend or remove it/),
    });
  });

  it('that cannot be read is a usage error', async () => {
    await mkdir(join(home, '.rosactl', 'config.json'), { recursive: true });
    await expect(readConfigFile(home)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/EISDIR/),
    });
  });
});
