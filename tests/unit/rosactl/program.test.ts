import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandContext } from '../../../rosactl/command.ts';
import { commands } from '../../../rosactl/commands/index.ts';
import { globalOptions } from '../../../rosactl/global-options.ts';
import { type Io, run } from '../../../rosactl/program.ts';
import type { GlobalFlags } from '../../../rosactl/settings.ts';
import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import { painter } from '../../../shared/cli/paint.ts';
import { Refused } from '../../../shared/release/refused.ts';
import { silentTasks } from '../../../shared/tasks.ts';
import { deployAndRelease, fakeContext, installedFunctions } from '../../support/fakes/command-context.ts';
import { FakeLambdaFunctions } from '../../support/fakes/fake-lambda-functions.ts';
import { apiFailure, fakePlatformApi } from '../../support/fakes/platform-api.ts';

let functions: FakeLambdaFunctions;
let differences: Partial<CommandContext>;
let answer: string | undefined;
let given: GlobalFlags | undefined;

beforeEach(async () => {
  functions = new FakeLambdaFunctions();
  await deployAndRelease(functions, 'code1', 'prod');
  differences = { platformApi: fakePlatformApi() };
  answer = undefined;
  given = undefined;
});

/** Runs rosactl whole, in process, and gives back what it printed. */
async function rosactl(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io: Io = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    ask: answer === undefined ? undefined : async () => answer ?? '',
    tasks: async () => silentTasks,
    paint: () => painter(false),
    interruption: () => new AbortController().signal,
    context: async (flags, { confirm, show, tasks }) => {
      given = flags;
      return fakeContext({ functions, confirm, show, tasks, ...differences });
    },
  };
  const exitCode = await run(argv, io);
  return { exitCode, out: out.join(''), err: err.join('') };
}

const words = (line: string): string[] => line.split(' ');
const create = words('create cluster --name dev1 --vpc-id vpc-0a1b2c3d --subnet-ids subnet-0a1b2c3d');

describe('the command tree', () => {
  it('is what command-tree.json promises', async () => {
    const promised = await readFile(new URL('../../../rosactl/command-tree.json', import.meta.url), 'utf8');
    const flagsOf = (options: readonly { flags: string }[]) => options.map(({ flags }) => flags);
    const tree = commands.map(({ name, arguments: named = [], options }) => [
      name,
      [...named.map((argument) => argument.name), ...flagsOf(options)],
    ]);
    expect({ '': flagsOf(globalOptions), ...Object.fromEntries(tree) }).toEqual(JSON.parse(promised));
  });

  it.each(commands.map(({ name }) => name))('helps with %s: what it does and an example', async (name) => {
    const { exitCode, out } = await rosactl(...words(name), '--help');
    expect(exitCode).toBe(0);
    expect(out).toContain(`Usage: rosactl ${name}`);
    expect(out).toMatch(/Examples:\n.*rosactl/);
  });

  it.each([[[]], [['create']]])('is shown after %j, which is no command yet', async (argv) => {
    const { exitCode, out, err } = await rosactl(...argv);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^Usage: rosactl[\s\S]*cluster/);
    expect(out).toBe('');
  });

  it('is shown whole on request', async () => {
    const { exitCode, out } = await rosactl('--help');
    expect(exitCode).toBe(0);
    for (const { name } of commands) expect(out).toContain(words(name)[0]);
  });

  it('has a version', async () => {
    expect((await rosactl('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('a usage error', () => {
  const setUp = (role: string) => ['setup-account', '--clm-role-arn', role];

  it.each<[string[], RegExp]>([
    [['statu'], /unknown command 'statu'[\s\S]*Did you mean status/],
    [['create', 'clustr'], /unknown command 'clustr'[\s\S]*Did you mean cluster/],
    [['status', 'now'], /too many arguments/],
    [['status', '--reigon', 'us-east-1'], /unknown option '--reigon'[\s\S]*--region/],
    [['test-lambda'], /'--name <component>' not specified/],
    [['test-lambda', '--name'], /'--name <component>' argument missing/],
    [['describe', 'cluster'], /missing required argument 'name-or-id'/],
    [['completion', 'csh'], /'csh' is invalid/],
    [['rollback-lambdas', '--alias', 'qa'], /'qa' is invalid/],
    [['status', '--output', 'xml'], /'xml' is invalid/],
    [[...create, '--wait', '--dry-run'], /'--dry-run' cannot be used with option '--wait'/],
    [words('promote-lambdas --from staging --to prod --canary 10 --abort'), /cannot be used with/],
    [words('promote-lambdas --from staging --to prod --canary 100'), /from 1 to 99/],
    [setUp('*'), /full ARN of one IAM role/],
    [setUp('111122223333'), /full ARN of one IAM role/],
    [setUp('arn:aws:iam::111122223333:root'), /full ARN of one IAM role/],
    [[...create, '--name', 'nineteen-characters'], /3 to 18 characters, not 19/],
  ])('of %j exits 2, says what is wrong and does nothing', async (argv, message) => {
    const { exitCode, out, err } = await rosactl(...argv);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
    expect(out).toBe('');
    expect(given).toBeUndefined();
  });

  it.each([
    ['--output', 'json'],
    ['--output=json', ''],
    ['--output', 'yaml'],
  ])('is JSON with %s %s', async (...flags) => {
    const { err } = await rosactl('statu', ...flags.filter(Boolean));
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'UsageError', next: expect.any(String) } });
  });
});

describe('a command', () => {
  it('is given the flags of every command, wherever they stand', async () => {
    const flags = '--profile p --platform-api-url https://api.example.com --api-version v0';
    await rosactl('--region', 'us-east-1', 'test-lambda', '--name', 'network-verifier', ...words(flags));
    expect(given).toMatchObject({
      region: 'us-east-1',
      profile: 'p',
      platformApiUrl: 'https://api.example.com',
      apiVersion: 'v0',
    });
  });

  it('shows its result on standard output, for people or for programs', async () => {
    const test = ['test-lambda', '--name', 'network-verifier'];
    expect((await rosactl(...test)).out).toMatch(/^✔ rosa-network-verifier:prod answered/);
    const asJson = await rosactl(...test, '--output', 'json');
    expect(JSON.parse(asJson.out)).toMatchObject({ function: 'rosa-network-verifier', errorType: null });
    expect((await rosactl(...test, '--output', 'yaml')).out).toMatch(/^function: rosa-network-verifier$/m);
    expect(asJson.err).toBe('');
  });

  it('has the word that follows it', async () => {
    const { exitCode, out } = await rosactl('describe', 'cluster', 'dev1');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/no cluster dev1/);
  });

  it('that is offline needs no context', async () => {
    const { exitCode, out } = await rosactl('completion', 'bash');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^complete -F _rosactl rosactl\n$/m);
    expect(given).toBeUndefined();
  });
});

describe('a failure', () => {
  const aws = (name: string) => new AwsCallError('lambda:GetAlias', Object.assign(new Error('no'), { name }));

  const failing = (error: Error, ...flags: string[]) => {
    differences.installed = () => Promise.reject(error);
    return rosactl('rollback-lambdas', ...flags);
  };

  it.each<[string, Error, number, RegExp]>([
    ['a no', new Refused('nothing is deployed'), 1, /^rosactl: nothing is deployed\n.*rosactl status/],
    ['a missing permission', aws('AccessDeniedException'), 3, /permission lambda:GetAlias/],
    ['AWS', aws('ThrottlingException'), 4, /Run the same command again/],
    ['the Platform API', apiFailure('unavailable'), 5, /it said so[\s\S]*Try again later/],
    ['a fault of ours', new TypeError('x is not a function'), 70, /fault of rosactl/],
  ])('by %s has its exit code and says what to do', async (_what, error, status, message) => {
    const { exitCode, out, err } = await failing(error);
    expect(exitCode).toBe(status);
    expect(err).toMatch(message);
    expect(out).toBe('');
  });

  it('is JSON with --output json', async () => {
    const { err } = await failing(new Refused('nothing is deployed'), '--output', 'json');
    expect(JSON.parse(err)).toEqual({
      error: { code: 'Refused', message: 'nothing is deployed', next: expect.any(String) },
    });
  });

  it('shows its causes with --verbose only', async () => {
    const error = new Refused('nothing is deployed', { cause: new Error('the first cause') });
    expect((await failing(error)).err).not.toContain('the first cause');
    expect((await failing(error, '--verbose')).err).toMatch(/caused by Error: the first cause/);
  });
});

describe('a question', () => {
  const role = 'arn:aws:iam::111122223333:role/CLMServiceRole';
  const [first] = installedFunctions;
  const permissions = async () => (await functions.policy(first?.name ?? '', 'prod')).length;

  beforeEach(() => functions.allowInvoke(first?.name ?? '', 'prod', 'statement', role));

  it('that is declined exits 6, and nothing is done', async () => {
    answer = 'n';
    const { exitCode, out, err } = await rosactl('cleanup-access');
    expect(exitCode).toBe(6);
    expect(err).toMatch(/Nothing was changed/);
    expect(out).toBe('');
    expect(await permissions()).toBe(1);
  });

  it('that nobody can answer exits 2, and nothing is done', async () => {
    const { exitCode, err } = await rosactl('cleanup-access');
    expect(exitCode).toBe(2);
    expect(err).toMatch(/--yes/);
    expect(await permissions()).toBe(1);
  });

  it.each([
    ['is answered with yes', 'y', []],
    ['is answered before by --yes', undefined, ['--yes']],
  ])('that %s lets the work go on', async (_how, answered, flags) => {
    answer = answered;
    expect((await rosactl('cleanup-access', ...flags)).exitCode).toBe(0);
    expect(await permissions()).toBe(0);
  });
});
