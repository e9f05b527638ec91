import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verifiedRelease } from '../../../../shared/customer-stack/verified-release.ts';

const contents = {
  'oidc-provisioner.zip': 'code of the provisioner',
  'serverless.yml': 'service: rosa-lambda-access',
  'functions/network-verifier/function.yml': 'handler: handler.handler',
};

const hash = (content: string, encoding: 'hex' | 'base64') =>
  createHash('sha256').update(content).digest(encoding);

const manifest = {
  version: '1.2.3',
  functions: [
    {
      component: 'oidc-provisioner',
      artifact: 'oidc-provisioner.zip',
      codeSha256: hash(contents['oidc-provisioner.zip'], 'base64'),
    },
  ],
  files: {
    'serverless.yml': hash(contents['serverless.yml'], 'hex'),
    'functions/network-verifier/function.yml': hash(
      contents['functions/network-verifier/function.yml'],
      'hex',
    ),
  },
};

let parent: string;
let folder: string;

const write = async (file: string, content: string) => {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), content);
};

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'release-'));
  folder = join(parent, 'here');
  for (const [file, content] of Object.entries(contents)) await write(file, content);
  await write('manifest.json', JSON.stringify(manifest));
});
afterEach(() => rm(parent, { recursive: true }));

describe('a release as it was made', () => {
  it('is what its manifest says, and knows where it lies', async () => {
    expect(await verifiedRelease(folder)).toEqual({
      ...manifest,
      folder,
      id: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  it('has the same identity wherever it lies, and another one when anything of it differs', async () => {
    const { id } = await verifiedRelease(folder);
    await cp(folder, join(parent, 'there'), { recursive: true });
    expect((await verifiedRelease(join(parent, 'there'))).id).toBe(id);
    await write('serverless.yml', 'service: another');
    const files = { ...manifest.files, 'serverless.yml': hash('service: another', 'hex') };
    await write('manifest.json', JSON.stringify({ ...manifest, files }));
    expect((await verifiedRelease(folder)).id).not.toBe(id);
  });
});

describe('a release that is not as it was made', () => {
  it.each(Object.keys(contents))('is found out by a changed %s', async (file) => {
    await write(file, 'something else');
    await expect(verifiedRelease(folder)).rejects.toMatchObject({
      name: 'IntegrityError',
      message: expect.stringContaining(file),
    });
  });

  it.each([...Object.keys(contents), 'manifest.json'])('is found out by a missing %s', async (file) => {
    await rm(join(folder, file));
    await expect(verifiedRelease(folder)).rejects.toMatchObject({
      name: 'IntegrityError',
      message: expect.stringContaining(file),
      cause: { code: 'ENOENT' },
    });
  });

  it.each([
    ['cut off', JSON.stringify(manifest).slice(0, -20)],
    ['empty', ''],
    ['no JSON', '<html>'],
    ['of another kind', '{}'],
    ['without functions', JSON.stringify({ ...manifest, functions: undefined })],
    ['without files', JSON.stringify({ ...manifest, files: undefined })],
    ['nothing', 'null'],
    ['a list', '[]'],
  ])('is found out by a manifest that is %s', async (_what, text) => {
    await write('manifest.json', text);
    await expect(verifiedRelease(folder)).rejects.toMatchObject({
      name: 'IntegrityError',
      message: expect.stringContaining('manifest.json'),
    });
  });
});
