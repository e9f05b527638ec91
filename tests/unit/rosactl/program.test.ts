import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandContext } from '../../../rosactl/command.ts';
import { commands } from '../../../rosactl/commands/index.ts';
import { run } from '../../../rosactl/program.ts';
import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import { Refused } from '../../../shared/release/refused.ts';
import { release } from '../../../shared/release/release.ts';
import type { Stage } from '../../../shared/release/stages.ts';
import { FakeLambdaFunctions } from '../../support/fakes/fake-lambda-functions.ts';

const components = ['oidc-provisioner', 'preflight-checker', 'network-verifier'];
const smokeRequest = { dry_run: true } as const;
const installed = components.map((component) => ({ component, name: `rosa-${component}`, smokeRequest }));

let functions: FakeLambdaFunctions;
let context: CommandContext;

const deployAndRelease = async (code: string, stage: Stage) => {
  for (const { name } of installed) functions.deploy(name, code);
  const deployed = installed.map(({ name }) => ({ name, codeSha256: code, smokeRequest }));
  await release(context, { stage, deployed });
};

beforeEach(async () => {
  functions = new FakeLambdaFunctions();
  context = {
    region: 'us-east-1',
    functions,
    installed: async () => installed,
    retryPolicy: { attempts: 1, firstPauseMs: 0, sleep: async () => {}, random: () => 1 },
    progress: () => {},
  };
  await deployAndRelease('code1', 'prod');
  await deployAndRelease('code2', 'staging');
});

/** Runs rosactl whole, in process, and gives back what it printed. */
async function rosactl(...argv: string[]) {
  let out = '';
  let err = '';
  const exitCode = await run(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    context: async () => context,
  });
  return { exitCode, out, err };
}

const failing = (error: Error) => {
  context.installed = async () => {
    throw error;
  };
};

describe('the command tree', () => {
  it('is what command-tree.json promises', async () => {
    const promised = await readFile(new URL('../../../rosactl/command-tree.json', import.meta.url), 'utf8');
    const tree = Object.fromEntries(
      commands.map(({ name, options }) => [name, options.map(({ flags }) => flags)]),
    );
    expect(tree).toEqual(JSON.parse(promised));
  });

  it.each(commands.map(({ name }) => name))('helps with %s: what it does and an example', async (name) => {
    const { exitCode, out } = await rosactl(name, '--help');
    expect(exitCode).toBe(0);
    expect(out).toContain(`rosactl ${name}`);
    expect(out).toContain('Examples:');
  });

  it('lists its commands when it is given none', async () => {
    const { exitCode, err } = await rosactl();
    expect(exitCode).toBe(2);
    for (const { name } of commands) expect(err).toContain(name);
  });
});

describe('a usage error', () => {
  it.each([
    [['statu'], /unknown command 'statu'[\s\S]*status/],
    [['status', '--reigon', 'us-east-1'], /unknown option '--reigon'[\s\S]*--region/],
    [['test-lambda'], /'--name <component>' not specified/],
    [['test-lambda', '--name', 'other'], /'other' is invalid/],
    [['promote-lambdas', '--from', 'staging'], /'--to <stage>' not specified/],
    [['rollback-lambdas', '--alias', 'qa'], /'qa' is invalid/],
    [['status', '--output', 'xml'], /'xml' is invalid/],
  ])('of %j exits 2 and says what is wrong', async (argv, message) => {
    const { exitCode, out, err } = await rosactl(...argv);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
    expect(out).toBe('');
  });

  it('is JSON when JSON is asked for', async () => {
    const { err } = await rosactl('statu', '--output', 'json');
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'UsageError', next: expect.any(String) } });
  });
});

describe('status', () => {
  it('shows what every stage runs', async () => {
    const { exitCode, out } = await rosactl('status');
    expect(exitCode).toBe(0);
    expect(out.split('\n').slice(0, 2)).toEqual([
      'FUNCTION                prod  staging  dev  NEWEST  MAY INVOKE prod FROM OUTSIDE',
      'rosa-oidc-provisioner   1     2        -    2       nobody',
    ]);
  });

  it.each(['json', 'yaml'])('is %s on request', async (format) => {
    const { out } = await rosactl('status', '--output', format);
    expect(out).toMatch(format === 'json' ? /"staging": "2"/ : /staging: "2"/);
  });
});

describe('promote-lambdas and rollback-lambdas', () => {
  it('go forth and back', async () => {
    const promoted = await rosactl('promote-lambdas', '--from', 'staging', '--to', 'prod');
    expect(promoted.exitCode).toBe(0);
    expect(new Set(Object.values(functions.versionsOf('prod')))).toEqual(new Set(['2']));
    const back = await rosactl('rollback-lambdas', '--output', 'json');
    expect(JSON.parse(back.out)).toMatchObject({
      stage: 'prod',
      functions: [{ from: '2', to: '1' }, {}, {}],
    });
    expect(new Set(Object.values(functions.versionsOf('prod')))).toEqual(new Set(['1']));
  });

  it('exit 1 when the answer is no', async () => {
    const { exitCode, err } = await rosactl('promote-lambdas', '--from', 'dev', '--to', 'prod');
    expect(exitCode).toBe(1);
    expect(err).toContain('has no alias dev: deploy to dev first');
  });
});

describe('test-lambda', () => {
  it('exits 0 and shows the answer of a dry run', async () => {
    const { exitCode, out } = await rosactl('test-lambda', '--name', 'oidc-provisioner');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/✔ rosa-oidc-provisioner:prod answered[\s\S]*"dry_run": true/);
  });

  it('exits 1 when the function fails', async () => {
    functions.willAnswer('rosa-network-verifier', {
      errorType: 'InternalError',
      payload: { errorMessage: 'broken' },
    });
    const { exitCode, out } = await rosactl('test-lambda', '--name', 'network-verifier');
    expect(exitCode).toBe(1);
    expect(out).toContain('failed with InternalError');
  });
});

describe('a failure', () => {
  const aws = (name: string) => new AwsCallError('lambda:GetAlias', Object.assign(new Error('no'), { name }));

  it.each<[string, Error, number, RegExp]>([
    ['nothing deployed', new Refused('nothing is deployed'), 1, /nothing is deployed/],
    ['a missing permission', aws('AccessDeniedException'), 3, /permission lambda:GetAlias/],
    ['an expired token', aws('ExpiredTokenException'), 3, /--profile/],
    [
      'no credentials',
      Object.assign(new Error('none'), { name: 'CredentialsProviderError' }),
      3,
      /--profile/,
    ],
    ['a throttle', aws('ThrottlingException'), 4, /Run the same command again/],
    ['a fault of ours', new TypeError('x is not a function'), 70, /fault of rosactl/],
  ])('by %s has its exit status and says what to do', async (_what, error, status, message) => {
    failing(error);
    const { exitCode, out, err } = await rosactl('status');
    expect(exitCode).toBe(status);
    expect(err).toMatch(message);
    expect(out).toBe('');
  });
});
