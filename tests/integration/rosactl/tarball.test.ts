import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDist } from '../../support/built-project.ts';
import type { Ended } from '../../support/ended.ts';
import { Laptop } from '../../support/laptop.ts';
import { runRosactl } from '../../support/rosactl.ts';

const clmRoleArn = 'arn:aws:iam::111122223333:role/CLMServiceRole';
const run = promisify(execFile);

let laptop: Laptop;
let folder: string;
const installed = (file = '') => join(folder, 'node_modules/rosa-lambda-access', file);

/** Packs the project and installs the tarball in an empty folder, as a customer does. */
beforeAll(async () => {
  [laptop, folder] = await Promise.all([Laptop.start(), mkdtemp(join(tmpdir(), 'customer-'))]);
  await addDist(laptop.project.folder);
  // `npm pack` would build once more, and install before, in a copy that has only a link to the packages.
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: laptop.project.folder,
  });
  const tarball = './rosa-lambda-access-0.1.0.tgz';
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await run('npm', ['install', ...quiet, tarball], { cwd: folder });
}, 240_000);
afterAll(async () => {
  await Promise.all([laptop?.stop(), rm(folder, { recursive: true, force: true })]);
});

const rosactl = (...argv: string[]): Promise<Ended> =>
  runRosactl({ folder: installed(), environment: laptop.aws.environment }, ...argv);

describe('the tarball, in an empty folder', () => {
  it('brings the command rosactl', async () => {
    const { stdout } = await run(join(folder, 'node_modules/.bin/rosactl'), ['--version']);
    expect(stdout.trim()).toBe('0.1.0');
  });

  it('says what is in it of others', async () => {
    const { bomFormat, components } = JSON.parse(await readFile(installed('dist/sbom.cdx.json'), 'utf8'));
    expect({ bomFormat, any: components.length > 0 }).toEqual({ bomFormat: 'CycloneDX', any: true });
  });

  it('sets an account up, shows it and removes it, without the repository', async () => {
    expect(await rosactl('setup-account', '--clm-role-arn', clmRoleArn)).toMatchObject({ status: 0 });
    expect(await rosactl('status', '--exit-code')).toMatchObject({ status: 0 });
    expect(await rosactl('cleanup-account', '--yes', '--delete-logs')).toMatchObject({ status: 0 });
  });

  it.each([
    'dist/service/packages/oidc-provisioner.zip',
    'dist/service/plugin.cjs',
    'dist/service/functions/network-verifier/function.yml',
    'dist/service/observability/queries/one-cluster.query',
  ])('refuses to set an account up when %s was changed, before it changes anything', async (file) => {
    const original = await readFile(installed(file));
    await writeFile(installed(file), Buffer.concat([original, Buffer.from(' ')]));
    await laptop.forgetCalls();
    const { status, stderr } = await rosactl('setup-account', '--clm-role-arn', clmRoleArn);
    await writeFile(installed(file), original);
    expect(stderr).toContain(
      `${file.replace('dist/service/', '')} is not the one this release was made with`,
    );
    expect(status).toBe(1);
    expect(await laptop.changes()).toEqual([]);
  });
});
