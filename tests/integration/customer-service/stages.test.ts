import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetAliasCommand, GetPolicyCommand, ListVersionsByFunctionCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runServerless } from '../../../tools/deploy.ts';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { accountSnapshot } from '../../support/account-snapshot.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';

const functions = ['rosa-oidc-provisioner', 'rosa-preflight-checker', 'rosa-network-verifier'];

let laptop: Laptop;
let firstDeploy: string;

beforeAll(async () => {
  laptop = await Laptop.start();
  firstDeploy = await laptop.deploy('prod', { clmRoleArn });
}, deployTimeoutMs);
afterAll(() => laptop?.stop());

const aliasVersions = async (alias: string): Promise<(string | undefined)[]> => {
  const aliases = functions.map((FunctionName) =>
    laptop.lambda.send(new GetAliasCommand({ FunctionName, Name: alias })),
  );
  return (await Promise.all(aliases)).map(({ FunctionVersion }) => FunctionVersion);
};

const versionCount = async (FunctionName: string): Promise<number> =>
  (await laptop.lambda.send(new ListVersionsByFunctionCommand({ FunctionName }))).Versions?.length ?? 0;

const statementsOf = async (FunctionName: string): Promise<Record<string, unknown>[]> => {
  const { Policy = '{}' } = await laptop.lambda.send(
    new GetPolicyCommand({ FunctionName, Qualifier: 'prod' }),
  );
  return JSON.parse(Policy).Statement;
};

/** Changes what the functions answer, as the next commit might. */
const changeCode = async (from: string, to: string): Promise<void> => {
  const file = join(laptop.project.folder, 'shared/operation/refuse-oversized.ts');
  const code = await readFile(file, 'utf8');
  if (!code.includes(from)) throw new Error(`the code has no "${from}" to change`);
  await writeFile(file, code.replaceAll(from, to));
};

// The cases follow one another as the deploys of a customer do.
describe('deploys of one customer, in order', () => {
  it('the first points prod to version 1 and lets the CLM role in, by one statement on the alias', async () => {
    expect(await aliasVersions('prod')).toEqual(['1', '1', '1']);
    for (const name of functions) {
      expect(await statementsOf(name)).toEqual([
        expect.objectContaining({
          Sid: 'AllowRosaRegionalPlatformInvoke',
          Effect: 'Allow',
          Principal: { AWS: clmRoleArn },
          Action: 'lambda:InvokeFunction',
          Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}:prod`,
        }),
      ]);
    }
    expect(firstDeploy).toContain(`${clmRoleArn} may invoke prod`);
  });

  it(
    'leaves the account as other tests have it, which install the service without the framework',
    async () => {
      const other = await Laptop.start();
      await other.install({ clmRoleArn });
      const [installed, deployed] = await Promise.all(
        [other, laptop].map(({ aws }) => accountSnapshot(aws, 'us-east-1')),
      );
      await other.stop();
      expect(installed).toBe(deployed);
    },
    deployTimeoutMs,
  );

  it(
    'the same again publishes nothing and says so',
    async () => {
      const before = await Promise.all(functions.map(versionCount));
      const printed = await laptop.deploy('prod', { clmRoleArn });
      expect(await Promise.all(functions.map(versionCount))).toEqual(before);
      expect(printed).toContain('unchanged, nothing published; prod stays on it');
    },
    deployTimeoutMs,
  );

  it(
    'staging after a code change moves staging and leaves prod where it was',
    async () => {
      await changeCode('are allowed', 'are permitted');
      await laptop.deploy('staging');
      expect(await aliasVersions('staging')).toEqual(['2', '2', '2']);
      expect(await aliasVersions('prod')).toEqual(['1', '1', '1']);
      const large = { padding: 'x'.repeat(100_000) };
      const answers = await Promise.all(
        ['prod', 'staging'].map((alias) => laptop.invoke('rosa-oidc-provisioner', large, alias)),
      );
      expect(answers.map(({ answer }) => /are (allowed|permitted)/.exec(answer.errorMessage)?.[1])).toEqual([
        'allowed',
        'permitted',
      ]);
    },
    deployTimeoutMs,
  );

  it(
    'prod with its old code again is not skipped, although prod itself has not changed',
    async () => {
      await changeCode('are permitted', 'are allowed');
      await laptop.deploy('prod', { clmRoleArn });
      const { answer } = await laptop.invoke('rosa-oidc-provisioner', { padding: 'x'.repeat(100_000) });
      expect(answer.errorMessage).toContain('are allowed');
    },
    deployTimeoutMs,
  );

  it(
    'a version that cannot start never becomes prod',
    async () => {
      const before = await aliasVersions('prod');
      await changeCode(
        'const largestRequestBytes',
        "throw new Error('broken on purpose');\nconst largestRequestBytes",
      );
      await expect(laptop.deploy('prod', { clmRoleArn })).rejects.toThrow(
        /failed its smoke test and is not used/,
      );
      expect(await aliasVersions('prod')).toEqual(before);
      const { functionError } = await laptop.invoke('rosa-network-verifier', {
        vpc_id: 'vpc-00000000',
        subnet_ids: ['subnet-00000000'],
      });
      expect(functionError).toBeUndefined();
      await changeCode("throw new Error('broken on purpose');\n", '');
    },
    deployTimeoutMs,
  );

  it(
    'one without clmRoleArn shuts everyone outside out, and says so',
    async () => {
      const printed = await laptop.deploy('prod', {
        logRetentionDays: '365',
        oidcIssuerPattern: 'oidc.example.com/*',
      });
      expect(printed).toContain('Nobody outside the account may invoke prod: clmRoleArn is not set');
      await expect(statementsOf('rosa-oidc-provisioner')).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    },
    deployTimeoutMs,
  );

  it(
    'one that would change a shared parameter unasked is refused before anything is changed',
    async () => {
      const before = await aliasVersions('staging');
      const forgetful = laptop.deploy('staging');
      await expect(forgetful).rejects.toThrow(/logRetentionDays is "365" in the stack and would become "90"/);
      expect(await laptop.logRetention('rosa-oidc-provisioner')).toBe(365);
      expect(await aliasVersions('staging')).toEqual(before);
    },
    deployTimeoutMs,
  );

  it(
    'one that gives the new value is done',
    async () => {
      await laptop.deploy('staging', { logRetentionDays: '90', oidcIssuerPattern: 'oidc.example.com/*' });
      expect(new Set(await aliasVersions('staging')).size).toBeGreaterThan(0);
    },
    deployTimeoutMs,
  );

  it.each([
    [['deploy', 'function', '-f', 'oidcProvisioner'], /Use "serverless deploy"/],
    [['rollback', '--timestamp', '1'], /Use "serverless deploy"/],
  ])('serverless %j, which would go round the release, is refused', async (command, message) => {
    const { environment } = laptop.aws;
    await expect(
      runServerless(command, { stage: 'prod', environment, folder: laptop.project.folder }),
    ).rejects.toThrow(message);
  });

  it(
    'removing takes everything back, whatever stages were deployed',
    async () => {
      const { environment } = laptop.aws;
      await runServerless(['remove'], { stage: 'prod', environment, folder: laptop.project.folder });
      for (const FunctionName of functions) {
        await expect(
          laptop.lambda.send(new GetAliasCommand({ FunctionName, Name: 'prod' })),
        ).rejects.toMatchObject({
          name: 'ResourceNotFoundException',
        });
      }
    },
    deployTimeoutMs,
  );

  it.each(functions)('and keeps the records of %s for as long as was last asked for', async (name) => {
    expect(await laptop.logRetention(name)).toBe(90);
    expect(await laptop.logRecords(name)).not.toHaveLength(0);
  });
});
