import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';

let laptop: Laptop;

beforeAll(async () => {
  laptop = await Laptop.start();
}, deployTimeoutMs);
afterAll(() => laptop?.stop());

/** Runs rosactl as a process of its own; this one has to go on, since the laptop AWS is in it. */
const rosactl = (...argv: string[]) => {
  const main = join(laptop.project.folder, 'rosactl/main.ts');
  const env = { PATH: process.env.PATH, ...laptop.aws.environment };
  return new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [main, ...argv], { env, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
};

/** Which code `prod` runs, by a word in its answer. */
const codeOfProd = async (): Promise<string | undefined> => {
  const { answer } = await laptop.invoke('rosa-oidc-provisioner', { padding: 'x'.repeat(100_000) });
  return /are (allowed|permitted)/.exec(answer.errorMessage)?.[1];
};

const changeCode = async (): Promise<void> => {
  const file = join(laptop.project.folder, 'shared/operation/refuse-oversized.ts');
  const code = await readFile(file, 'utf8');
  await writeFile(file, code.replace('are allowed', 'are permitted'));
};

// The cases follow one another as the days of a customer do.
describe('rosactl on the laptop AWS, in order', () => {
  it('says so when nothing is deployed', async () => {
    const { status, stderr } = await rosactl('status');
    expect(status).toBe(1);
    expect(stderr).toContain('nothing is deployed to us-east-1');
  });

  it(
    'shows what each stage runs',
    async () => {
      await laptop.deploy('prod');
      await changeCode();
      await laptop.deploy('staging');
      const { status, stdout } = await rosactl('status', '--output', 'json');
      expect(status).toBe(0);
      expect(JSON.parse(stdout).functions).toHaveLength(3);
      expect(JSON.parse(stdout).functions[0]).toMatchObject({
        stages: { prod: '1', staging: '2' },
        newest: '2',
      });
      expect(await codeOfProd()).toBe('allowed');
    },
    2 * deployTimeoutMs,
  );

  it('promotes staging to prod', async () => {
    expect(await rosactl('promote-lambdas', '--from', 'staging', '--to', 'prod')).toMatchObject({
      status: 0,
    });
    expect(await codeOfProd()).toBe('permitted');
  });

  it('rolls prod back', async () => {
    expect(await rosactl('rollback-lambdas')).toMatchObject({ status: 0 });
    expect(await codeOfProd()).toBe('allowed');
  });

  it.each(['oidc-provisioner', 'preflight-checker', 'network-verifier'])('tests %s', async (name) => {
    const { status, stdout } = await rosactl('test-lambda', '--name', name);
    expect(status).toBe(0);
    expect(stdout).toContain('"dry_run": true');
  });
});
