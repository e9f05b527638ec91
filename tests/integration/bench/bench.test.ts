import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BenchDocument } from '../../../bench/document.ts';
import { copyProject, type ProjectCopy } from '../../support/project-copy.ts';

let project: ProjectCopy;
let temporary: string;
beforeAll(async () => {
  project = await copyProject();
  temporary = join(project.folder, 'temporary');
  await mkdir(temporary);
});
afterAll(() => project?.remove());

/** Runs the bench of the copy: what it packages is nobody else's business. */
async function bench(...args: string[]) {
  const child = spawn(process.execPath, [join(project.folder, 'bench/main.ts'), ...args], {
    cwd: project.folder,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { stdout, stderr, status };
}

const spread = { median: expect.any(Number), min: expect.any(Number), max: expect.any(Number) };
const figures = {
  coldStartMs: spread,
  coldCpuMs: spread,
  importMs: spread,
  firstCpuMs: spread,
  warmCpuMs: spread,
  peakMemoryMb: spread,
};
const counts = (awsCalls: number) => ({
  awsCalls,
  extraPages: 0,
  roundTrips: { rounded: expect.any(Number), measured: expect.any(Number) },
});
const provisionerCase = (name: string, roundTripLimit: number) => ({
  name,
  component: 'oidc-provisioner',
  account: 'small',
  roundTripLimit,
  memorySettingMb: 128,
  subjects: { function: figures, bare: figures, peer: figures },
  counts: { function: counts(roundTripLimit), peer: counts(roundTripLimit) },
});

describe('the bench of one function', () => {
  let ended: Awaited<ReturnType<typeof bench>>;
  let document: BenchDocument;

  beforeAll(async () => {
    ended = await bench('--runs', '1', '--only', 'oidc-provisioner', '--account', 'small');
    document = JSON.parse(ended.stdout);
  }, 180_000);

  it('prints one document and nothing else', () => {
    const budget = {
      budget: expect.any(String),
      case: expect.any(String),
      measured: expect.any(Number),
      limit: expect.any(Number),
      kept: expect.any(Boolean),
    };
    expect(ended.status).toBe(0);
    expect(document).toEqual({
      format: 'rosa-lambda-access bench 1',
      version: '0.1.0',
      machine: { node: process.version, python: expect.stringContaining('boto3'), cpus: expect.any(Number) },
      runs: 1,
      zipBytes: { 'oidc-provisioner': expect.any(Number) },
      cases: [
        provisionerCase('oidc-provisioner created, small account', 2),
        provisionerCase('oidc-provisioner exists, small account', 1),
      ],
      budgets: expect.arrayContaining([budget]),
    });
  });

  it('measured processes that worked: the zip is there, and all figures are more than nothing', () => {
    const measured = document.cases.flatMap(({ subjects }) =>
      Object.values(subjects).flatMap((one) => Object.values(one)),
    );
    expect(Math.min(...measured.map(({ min }) => min), ...Object.values(document.zipBytes))).toBeGreaterThan(
      0,
    );
  });

  it('left nothing behind', async () => {
    const left = (await readdir(temporary)).filter((name) => /^(rosa|local-aws)-/.test(name));
    expect(left).toEqual([]);
  });

  it('told what was going on', () => {
    expect(ended.stderr).toContain('oidc-provisioner created, small account\n  run 1 of 1');
  });

  it('can be compared with another', async () => {
    const [old, now] = ['old.json', 'new.json'].map((name) => join(project.folder, name)) as [string, string];
    await writeFile(old, ended.stdout);
    await writeFile(now, ended.stdout.replace('"awsCalls": 2', '"awsCalls": 4'));
    const { stdout, status } = await bench('--compare', old, now);
    expect(status).toBe(0);
    const marked = stdout.split('\n').filter((line) => line.endsWith('more'));
    expect(marked).toEqual([expect.stringMatching(/created, small account +AWS calls +2 +4 +2\.00/)]);
  });
});

describe('the bench', () => {
  it.each([
    ['an unknown flag', ['--fast'], "Unknown option '--fast'"],
    ['a file that is not there', ['--compare', 'missing.json'], 'missing.json cannot be read (ENOENT)'],
    [
      'a file that is no document',
      ['--compare', 'package.json'],
      'package.json says its format is undefined',
    ],
  ])('ends with status 2 at once for %s', async (_, args, message) => {
    const { status, stdout, stderr } = await bench(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('ends with status 1 when a budget is broken and --check is given', async () => {
    const file = join(project.folder, 'broken.json');
    const verdict = { budget: 'cold start', case: 'network-verifier', measured: 2, limit: 1.3, kept: false };
    const format = 'rosa-lambda-access bench 1';
    await writeFile(file, JSON.stringify({ format, zipBytes: {}, cases: [], budgets: [verdict] }));
    expect((await bench('--compare', file, file)).status).toBe(0);
    const { status, stderr } = await bench('--compare', file, file, '--check');
    expect(stderr).toContain('broken: network-verifier: cold start: 2, where 1.3 is the limit');
    expect(status).toBe(1);
  });

  it('says how to call it', async () => {
    const { stdout, status } = await bench('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('usage: npm run --silent bench -- [options]');
    const { scripts } = JSON.parse(await readFile(join(project.folder, 'package.json'), 'utf8'));
    expect(scripts.bench).toContain('tools/set-up.mjs');
  });
});
