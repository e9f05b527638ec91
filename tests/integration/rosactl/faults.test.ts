import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { addDist } from '../../support/built-project.ts';
import { Laptop } from '../../support/laptop.ts';
import { platformApiFor } from '../../support/platform-api/for-laptop.ts';
import type { TestPlatformApi } from '../../support/platform-api/test-platform-api.ts';
import { runRosactl } from '../../support/rosactl.ts';

let laptop: Laptop;
let api: TestPlatformApi;
let home: string;

beforeAll(async () => {
  laptop = await Laptop.start();
  [api, home] = await Promise.all([
    platformApiFor(laptop.aws, { mayRegister: false }),
    mkdtemp(join(tmpdir(), 'home-')),
    addDist(laptop.project.folder),
  ]);
  await mkdir(join(home, '.rosactl'));
}, 120_000);
afterAll(async () => {
  await Promise.all([laptop?.stop(), api?.close(), rm(home, { recursive: true, force: true })]);
});

const rosactl = (argv: string[], environment: Record<string, string> = {}) => {
  const { folder } = laptop.project;
  return runRosactl({ folder, home, environment: { ...laptop.aws.environment, ...environment } }, ...argv);
};

describe('rosactl, when something is wrong, says so once and changes nothing', () => {
  it('no region', async () => {
    const { status, stderr } = await rosactl(['status'], { AWS_REGION: '', AWS_DEFAULT_REGION: '' });
    expect(stderr).toContain('no region is set: give one with --region');
    expect(status).toBe(2);
  });

  it('an unknown region', async () => {
    const { status, stdout } = await rosactl(['init', '--region', 'us-eest-1']);
    expect(stdout).toContain('AWS knows no region us-eest-1');
    expect(status).toBe(1);
  });

  it('a corrupt config file', async () => {
    const file = join(home, '.rosactl/config.json');
    await writeFile(file, '{"platform_api_url": ');
    const { status, stderr } = await rosactl(['status']);
    await rm(file);
    expect(stderr).toContain('config.json cannot be used: it is not JSON');
    expect(status).toBe(2);
  });

  it('an expired token', async () => {
    const error = { code: 'ExpiredToken', status: 403, message: 'The security token included is expired' };
    await laptop.fault({ service: 'sts', action: 'GetCallerIdentity', error, times: 1 });
    const { status, stderr } = await rosactl(['setup-account', '--clm-role-arn', clmRoleArn]);
    expect(stderr).toContain('The security token included is expired');
    expect(stderr).toContain('Sign in again');
    expect(status).toBe(3);
  });

  it('no credentials', async () => {
    const { status, stderr } = await rosactl(['status'], {
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
    });
    expect(stderr).toContain('credentials');
    expect(status).toBe(3);
  });

  it('a profile that does not exist', async () => {
    const { status, stderr } = await rosactl(['status', '--profile', 'nobody']);
    expect(stderr).toContain('nobody');
    expect(status).toBe(3);
  });

  it.each([
    ['a page for people', 'html', 1, /text\/html/],
    ['closed connections', 'close', 3, /tried 3 times/],
  ] as const)('a Platform API that answers with %s', async (_what, fault, times, message) => {
    api.failNext(times, fault);
    await laptop.forgetCalls();
    const { status, stderr } = await rosactl(['setup-account', '--platform-api-url', api.url, '--skip-init']);
    expect(stderr).toMatch(message);
    expect(status).toBe(5);
    expect(await laptop.changes()).toEqual([]);
  });

  it('a stack update that CloudFormation refuses', async () => {
    const error = {
      code: 'InsufficientCapabilitiesException',
      status: 400,
      message: 'Requires capabilities',
    };
    await laptop.fault({ service: 'cloudformation', action: 'CreateChangeSet', error, times: 1 });
    const { status, stderr } = await rosactl(['setup-account', '--clm-role-arn', clmRoleArn]);
    expect(stderr).toContain('serverless deploy failed: Requires capabilities');
    expect(status).toBe(4);
  });

  it.each([
    ['CreateChangeSet', 'is not authorized to perform: cloudformation:CreateChangeSet', 'AccessDenied'],
    ['ExecuteChangeSet', 'The security token included in the request is expired', 'ExpiredToken'],
  ])('a %s that AWS does not let it make', async (action, message, code) => {
    const error = { code, status: 403, message };
    await laptop.fault({ service: 'cloudformation', action, error, times: 1 });
    const { status, stderr } = await rosactl(['setup-account', '--clm-role-arn', clmRoleArn]);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(status).toBe(3);
  });

  it('a log group that it may not make', async () => {
    const error = { code: 'AccessDeniedException', status: 400, message: 'not authorized' };
    await laptop.fault({ service: 'logs', action: 'CreateLogGroup', error, times: 1 });
    await laptop.deleteLogGroup('rosa-oidc-provisioner').catch(() => {});
    const { status, stderr } = await rosactl(['setup-account', '--clm-role-arn', clmRoleArn]);
    expect(stderr).toContain('Ask for the permission logs:CreateLogGroup');
    expect(status).toBe(3);
  });

  it('a registration that others have to make: everything else is done', async () => {
    const { status, stdout } = await rosactl(['setup-account', '--platform-api-url', api.url]);
    expect(stdout).toMatch(/The account is not registered: .*\n.*The functions are ready/);
    expect(status).toBe(3);
    expect(await rosactl(['status', '--exit-code'])).toMatchObject({ status: 0 });
  });

  it('a setting that somebody has changed by hand: it is not published', async () => {
    const FunctionName = 'rosa-oidc-provisioner';
    await laptop.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 77 }));
    const { status, stderr } = await rosactl(['update-lambdas', '--alias', 'staging']);
    expect(stderr).toContain(`update-function-configuration --function-name ${FunctionName} --timeout 60`);
    expect(status).toBe(1);
    await laptop.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 60 }));
    expect(await rosactl(['update-lambdas', '--alias', 'staging'])).toMatchObject({ status: 0 });
  });

  it('a log group that somebody has deleted: it is made again', async () => {
    await laptop.deleteLogGroup('rosa-network-verifier');
    expect(await rosactl(['update-lambdas', '--alias', 'staging'])).toMatchObject({ status: 0 });
    expect(await laptop.logRetention('rosa-network-verifier')).toBe(90);
  });

  it('a pipe that is closed at its other end: it ends without a word', async () => {
    const main = join(laptop.project.folder, 'dist/rosactl.mjs');
    const command = `"${process.execPath}" "${main}" status --output yaml | true`;
    const env = { PATH: process.env.PATH, HOME: home, ...laptop.aws.environment };
    const { stderr } = await promisify(execFile)('sh', ['-c', command], { env });
    expect(stderr).toBe('');
  });

  it.each([
    ['yaml', /^region: us-east-1$/m],
    ['json', /^ {2}"region": "us-east-1",$/m],
  ])('nothing: the status comes as %s', async (format, text) => {
    const { status, stdout } = await rosactl(['status', '--output', format]);
    expect(stdout).toMatch(text);
    expect(status).toBe(0);
  });

  it('a permission that is missing at the last step of a promotion: nothing has moved', async () => {
    const error = { code: 'AccessDeniedException', status: 403, message: 'not authorized to perform it' };
    await laptop.fault({ service: 'lambda', action: 'GetAlias', error, times: 1 });
    const { status, stderr } = await rosactl(['promote-lambdas', '--from', 'prod', '--to', 'staging']);
    expect(stderr).toContain('Ask for the permission lambda:GetAlias');
    expect(status).toBe(3);
  });

  it('an answer of no to the question whether to remove the account', async () => {
    const { status, stderr } = await rosactl(['cleanup-account']);
    expect(stderr).toContain('There is no terminal to ask on: give --yes');
    expect(status).toBe(2);
    expect(await rosactl(['status'])).toMatchObject({ status: 0 });
  });
});
