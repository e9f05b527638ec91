import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListRolesCommand } from '@aws-sdk/client-iam';
import { GetAliasCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { administrator, prepareCustomerAccount } from '../../../tools/journey/customer-account.ts';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { functionNames } from '../../support/account-snapshot.ts';
import { addDist, putNextRelease } from '../../support/built-project.ts';
import { Laptop } from '../../support/laptop.ts';
import { customer, platformApiFor } from '../../support/platform-api/for-laptop.ts';
import type { TestPlatformApi } from '../../support/platform-api/test-platform-api.ts';
import { runRosactl } from '../../support/rosactl.ts';

const buildTimeoutMs = 120_000;

let laptop: Laptop;
let api: TestPlatformApi;

beforeAll(async () => {
  laptop = await Laptop.start();
  [api] = await Promise.all([platformApiFor(laptop.aws), addDist(laptop.project.folder)]);
}, buildTimeoutMs);
afterAll(async () => {
  await Promise.all([laptop?.stop(), api?.close()]);
});

const rosactl = (...argv: string[]) => {
  // The stage is in the path of some addresses of the API, and missing in others.
  const environment = {
    ...laptop.aws.environment,
    ROSACTL_PLATFORM_API_URL: `${api.url}/prod/`,
    // The framework would deploy with these; rosactl works with the standard credentials alone.
    AWS_PROD_ACCESS_KEY_ID: 'AKIASTRANGER',
    AWS_PROD_SECRET_ACCESS_KEY: 'stranger',
  };
  return runRosactl({ folder: laptop.project.folder, environment }, ...argv);
};

const versionsOf = (Name: string) =>
  Promise.all(
    functionNames.map(async (FunctionName) => {
      const { FunctionVersion } = await laptop.lambda.send(new GetAliasCommand({ FunctionName, Name }));
      return FunctionVersion;
    }),
  );

/** Which code a stage runs, by a word in its answer. */
const codeOf = async (stage: string): Promise<string | undefined> => {
  const { answer } = await laptop.invoke('rosa-oidc-provisioner', { padding: 'x'.repeat(100_000) }, stage);
  return /are (allowed|permitted)/.exec(answer.errorMessage)?.[1];
};

// The cases follow one another as the days of a customer do.
describe('rosactl sees to an account, in order', () => {
  it('init says who one is, and that region and Platform API can be used', async () => {
    const { status, stdout } = await rosactl('init');
    expect(stdout).toContain(`in account ${customer}`);
    expect(stdout.match(/✔/g)).toHaveLength(3);
    expect(status).toBe(0);
  });

  it('status says that nothing is deployed', async () => {
    expect(await rosactl('status')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('nothing is deployed to us-east-1'),
    });
  });

  it('setup-account --dry-run shows every role and changes nothing', async () => {
    await laptop.forgetCalls();
    const { status, stdout } = await rosactl('setup-account', '--dry-run', '--log-retention-days', '365');
    expect(status).toBe(0);
    expect(stdout).toContain('Allow iam:TagOpenIDConnectProvider');
    expect(stdout).toContain(`log group /aws/lambda/rosa-network-verifier, kept 365 days`);
    expect(stdout).toContain(
      `${clmRoleArn} may lambda:InvokeFunction on arn:aws:lambda:us-east-1:${customer}`,
    );
    expect(await laptop.changes()).toEqual([]);
  });

  it('setup-account puts the functions there and registers the account', async () => {
    const { status, stdout } = await rosactl('setup-account', '--output', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ clmRoleArn, registration: { status: 'registered' } });
    expect(await versionsOf('prod')).toEqual(['1', '1', '1']);
    expect(await codeOf('prod')).toBe('allowed');
    expect(api.accounts.has(customer)).toBe(true);
  });

  it('setup-account again changes nothing', async () => {
    await laptop.forgetCalls();
    const { status, stdout } = await rosactl('setup-account', '--output', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).registration).toEqual({
      status: 'already registered',
      accessMode: 'lambda',
    });
    expect(await laptop.changes()).toEqual(functionNames.map(() => 'lambda:Invoke'));
  });

  it('status finds everything as this release would deploy it', async () => {
    const { status, stdout } = await rosactl('status', '--exit-code', '--output', 'json');
    expect(JSON.parse(stdout).functions[0]).toMatchObject({ stages: { prod: '1' }, newest: '1', drift: [] });
    expect(status).toBe(0);
  });

  it(
    'update-lambdas brings changed code to staging and leaves prod alone',
    async () => {
      await putNextRelease(laptop.project.folder);
      expect(await rosactl('update-lambdas', '--alias', 'staging')).toMatchObject({ status: 0 });
      expect(await versionsOf('staging')).toEqual(['2', '2', '2']);
      expect(await versionsOf('prod')).toEqual(['1', '1', '1']);
      expect([await codeOf('staging'), await codeOf('prod')]).toEqual(['permitted', 'allowed']);
    },
    buildTimeoutMs,
  );

  it('promote-lambdas gives prod what staging has', async () => {
    const promoted = await rosactl('promote-lambdas', '--from', 'staging', '--to', 'prod');
    expect(promoted).toMatchObject({ status: 0 });
    expect(await versionsOf('prod')).toEqual(['2', '2', '2']);
    expect(await codeOf('prod')).toBe('permitted');
  });

  it('rollback-lambdas points prod back by one call for each function', async () => {
    await laptop.forgetCalls();
    expect(await rosactl('rollback-lambdas')).toMatchObject({ status: 0 });
    expect(await laptop.changes()).toEqual(functionNames.map(() => 'lambda:UpdateAlias'));
    expect(await versionsOf('prod')).toEqual(['1', '1', '1']);
    expect(await codeOf('prod')).toBe('allowed');
  });

  it('a canary sends a share of the calls to the new version, and can be ended', async () => {
    const promote = ['promote-lambdas', '--from', 'staging', '--to', 'prod'];
    expect(await rosactl(...promote, '--canary', '50')).toMatchObject({ status: 0 });
    const codes = new Set<string | undefined>();
    for (let tries = 0; codes.size < 2 && tries < 60; tries++) codes.add(await codeOf('prod'));
    expect([...codes].sort()).toEqual(['allowed', 'permitted']);
    expect(await rosactl(...promote, '--abort')).toMatchObject({ status: 0 });
    expect(await versionsOf('prod')).toEqual(['1', '1', '1']);
  });

  it.each(['oidc-provisioner', 'preflight-checker', 'network-verifier'])(
    'test-lambda tries %s',
    async (name) => {
      const { status, stdout } = await rosactl('test-lambda', '--name', name);
      expect(stdout).toContain('"dry_run": true');
      expect(status).toBe(0);
    },
  );

  it('verify preflight shows what the account lacks, and says no', async () => {
    const { status, stdout } = await rosactl(
      ...['verify', 'preflight', '--instance-types', 'm5.xlarge', '--node-count', '2'],
    );
    expect(stdout).toMatch(/✖ quota_ec2_standard_vcpu.*\n[\s\S]*✔ region_enabled/);
    expect(status).toBe(1);
  });

  it('verify network writes a report for people, and JSON alone to standard output', async () => {
    const { vpcId, privateSubnetIds } = await prepareCustomerAccount(laptop.aws);
    const report = join(laptop.project.folder, 'report.html');
    const { status, stdout } = await rosactl(
      ...['verify', 'network', '--vpc-id', vpcId, '--subnet-ids', privateSubnetIds.join()],
      ...['--report', report, '--output', 'json'],
    );
    const { topology, network_validation_results: findings, ...rest } = JSON.parse(stdout);
    expect(rest).toMatchObject({ function: 'rosa-network-verifier', report });
    expect(status).toBe(rest.summary.failed > 0 ? 1 : 0);
    const page = await readFile(report, 'utf8');
    expect(page).toContain(`Network verification of ${vpcId}`);
    expect(page).toMatch(/rosa-network-verifier:prod, version \d+/);
    expect(page).toContain(customer);
    for (const { check_name } of findings) expect(page).toContain(`<code>${check_name}</code>`);
    // What the function tells of the VPC is drawn; where it tells nothing, the page says so.
    expect(page).toContain(
      topology ? `aria-label="Drawing of ${vpcId}` : 'There is no drawing: rosa-network-verifier:prod',
    );
  });

  it('logs shows what was asked, and the failed alone on request', async () => {
    const all = JSON.parse((await rosactl('logs', '--output', 'json')).stdout);
    const failed = JSON.parse((await rosactl('logs', '--failed', '--output', 'json')).stdout);
    expect(all.length).toBeGreaterThan(failed.length);
    // Those that codeOf has asked for too much.
    expect(failed.length).toBeGreaterThan(0);
  });

  it('cleanup-access lets nobody in any more, and works again', async () => {
    expect(await rosactl('cleanup-access', '--yes')).toMatchObject({ status: 0 });
    const { stdout } = await rosactl('cleanup-access', '--yes', '--output', 'json');
    expect(JSON.parse(stdout).places.every(({ removed }: { removed: number }) => removed === 0)).toBe(true);
  });

  it('cleanup-account leaves nothing but the logs', async () => {
    const { status, stdout } = await rosactl('cleanup-account', '--yes');
    expect(stdout).toContain('Kept, with their records');
    expect(status).toBe(0);
    const { StackSummaries = [] } = await new CloudFormationClient(administrator(laptop.aws)).send(
      new ListStacksCommand({}),
    );
    expect(StackSummaries.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')).toEqual([]);
    const { Roles = [] } = await laptop.iam.send(new ListRolesCommand({}));
    expect(Roles.filter(({ RoleName }) => RoleName?.startsWith('rosa-'))).toEqual([]);
    expect(api.accounts.has(customer)).toBe(false);
    expect(await laptop.logRecords('rosa-oidc-provisioner')).not.toHaveLength(0);
  });

  it('cleanup-account again finds nothing, and deletes the logs on request', async () => {
    const { status, stdout } = await rosactl('cleanup-account', '--yes', '--delete-logs');
    expect(stdout).toContain('There was no stack');
    expect(status).toBe(0);
    expect(await laptop.logRetention('rosa-oidc-provisioner')).toBeUndefined();
  });
});
