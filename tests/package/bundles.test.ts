import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type PackagedService, packagedService } from '../support/packaged-service.ts';
import { runFolder } from '../support/run-folder.ts';

const functions = [
  ['oidcProvisioner', 'oidc-provisioner'],
  ['preflightChecker', 'preflight-checker'],
  ['networkVerifier', 'network-verifier'],
] as const;

let service: PackagedService;
beforeAll(async () => {
  service = await packagedService();
}, 120_000);
afterAll(() => service?.remove());

const filesOf = async (key: string): Promise<Record<string, string>> => {
  const entries = Object.entries(unzipSync(await service.zip(key)));
  return Object.fromEntries(entries.map(([name, bytes]) => [name, strFromU8(bytes)]));
};

describe.each(functions)('the package of %s', (key, folder) => {
  it('is one ES module', async () => {
    expect(Object.keys(await filesOf(key))).toEqual([`functions/${folder}/handler.mjs`]);
  });

  it('has no schema compiler in it', async () => {
    const [code = ''] = Object.values(await filesOf(key));
    // ajv turns schemas into functions at run time; a validator compiled before needs neither of these.
    expect(code).not.toMatch(/new Function\(/);
    expect(code).not.toContain('strict mode: unknown keyword');
  });

  it('has no absolute path of the machine that built it', async () => {
    const [code = ''] = Object.values(await filesOf(key));
    expect(code).not.toContain(runFolder());
    expect(code).not.toContain(process.cwd());
  });
});

describe('a packaged handler', () => {
  it.each([['false'], ['true']])('can be loaded with tracing %s', async (tracing) => {
    for (const [key, folder] of functions) {
      const [code = ''] = Object.values(await filesOf(key));
      const file = join(service.folder, `${folder}-${tracing}.mjs`);
      await writeFile(file, code);
      const script = `const { handler } = await import(${JSON.stringify(file)}); console.log(typeof handler)`;
      const env = { ROSA_VERSION: '0.0.0', ROSA_TRACING: tracing, AWS_REGION: 'us-east-1' };
      const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
        env,
      });
      expect({ folder, stdout: run.stdout.trim().split('\n').at(-1) }).toEqual({
        folder,
        stdout: 'function',
      });
    }
  });
});

describe('the X-Ray SDK', () => {
  /** The modules that are loaded when an operation is made, as a list of file names. */
  const loadedWith = async (tracing: boolean): Promise<string> => {
    const script = join(service.folder, `load-${tracing}.mjs`);
    const source = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
      process.env.ROSA_VERSION = '0.0.0';
      process.env.ROSA_TRACING = '${tracing}';
      process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793';
      await import('./functions/oidc-provisioner/handler.ts');
      console.log(loaded.join('\\n'));
    `;
    await writeFile(script, source);
    const { stdout, stderr, status } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the handler could not be loaded: ${stderr}`);
    return stdout;
  };

  it('is loaded when tracing is on and not otherwise', async () => {
    expect(await loadedWith(true)).toContain('aws-xray-sdk-core');
    expect(await loadedWith(false)).not.toContain('aws-xray-sdk-core');
  });
});
