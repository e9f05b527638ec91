import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { findPython } from '../../../local-aws/python.ts';

const REQUIREMENTS = new URL('../../../local-aws/requirements.txt', import.meta.url);
const before = process.env.LOCAL_AWS_PYTHON;

let directory: string;
let major: string;
let minor: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'python-test-'));
  const pin = /^moto\[server\]==(\d+)\.(\d+)/m.exec(await readFile(REQUIREMENTS, 'utf8'));
  [, major = '', minor = ''] = pin ?? [];
});
afterAll(() => rm(directory, { recursive: true }));
afterEach(() => {
  if (before === undefined) delete process.env.LOCAL_AWS_PYTHON;
  else process.env.LOCAL_AWS_PYTHON = before;
});

/** Chooses a stand-in for a Python: a script that ends as the search for moto would in it. */
async function choose(script: string): Promise<string> {
  const python = join(directory, 'python');
  await writeFile(python, `#!/bin/sh\n${script}\n`);
  await chmod(python, 0o755);
  process.env.LOCAL_AWS_PYTHON = python;
  return python;
}

const find = () => findPython(() => undefined);

describe('findPython with LOCAL_AWS_PYTHON', () => {
  it('takes a Python whose moto differs from the pinned one in its patch release only', async () => {
    const python = await choose(`echo ${major}.${minor}.999`);
    expect(await find()).toBe(python);
  });

  it.each([
    ['an older', -1],
    ['a newer', 1],
  ])('refuses %s moto and names both versions', async (_, step) => {
    const found = `${major}.${Number(minor) + step}.0`;
    const python = await choose(`echo ${found}`);
    await expect(find()).rejects.toMatchObject({
      name: 'PythonError',
      message: expect.stringContaining(
        `${python}, which has moto ${found} where moto ${major}.${minor} is needed`,
      ),
    });
  });

  it('refuses a Python without moto', async () => {
    await choose('exit 1');
    await expect(find()).rejects.toThrow(`has no moto[server] where moto ${major}.${minor} is needed`);
  });
});
