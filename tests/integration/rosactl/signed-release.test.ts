import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetFunctionCodeSigningConfigCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { clmRoleArn } from '../../../tools/journey/regional-platform.ts';
import { addDist, build } from '../../support/built-project.ts';
import { deployTimeoutMs, Laptop } from '../../support/laptop.ts';
import { runRosactl } from '../../support/rosactl.ts';

const components = ['oidc-provisioner', 'preflight-checker', 'network-verifier'];
const profile = 'arn:aws:signer:us-east-1:123456789012:/signing-profiles/rosa_lambda_access/0a1b2c3d4e';

let laptop: Laptop;
const packageOf = (component: string) =>
  join(laptop.project.folder, 'dist/service/packages', `${component}.zip`);

/** Does what AWS Signer does to an archive, as far as it can be seen from outside: one more file is in it. */
async function sign(folder: string): Promise<void> {
  await mkdir(folder);
  for (const component of components) {
    const files = unzipSync(await readFile(packageOf(component)));
    const signature = { 'META-INF/aws_signer_signature_v1.0.SF': strToU8('signature') };
    await writeFile(join(folder, `${component}.zip`), zipSync({ ...files, ...signature }));
  }
}

beforeAll(async () => {
  laptop = await Laptop.start();
  const { folder } = laptop.project;
  await addDist(folder);
  await sign(join(folder, 'signed'));
  await build(folder, '--signed-packages', join(folder, 'signed'));
}, 2 * deployTimeoutMs);
afterAll(() => laptop?.stop());

describe('a release of signed packages', () => {
  it(
    'is what an account gets that asks for signed code',
    async () => {
      const { folder } = laptop.project;
      const { status, stderr } = await runRosactl(
        { folder, environment: laptop.aws.environment },
        ...['setup-account', '--clm-role-arn', clmRoleArn, '--signing-profile-version-arns', profile],
      );
      expect({ status, stderr }).toMatchObject({ status: 0 });
      for (const component of components) {
        const FunctionName = `rosa-${component}`;
        const signed = await readFile(join(folder, 'signed', `${component}.zip`));
        const { CodeSha256 } = await laptop.lambda.send(
          new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'prod' }),
        );
        expect(CodeSha256).toBe(createHash('sha256').update(signed).digest('base64'));
        const { CodeSigningConfigArn } = await laptop.lambda.send(
          new GetFunctionCodeSigningConfigCommand({ FunctionName }),
        );
        expect(CodeSigningConfigArn).toContain(':code-signing-config:csc-');
      }
    },
    deployTimeoutMs,
  );

  it(
    'is not made of packages of other sources',
    async () => {
      const { folder } = laptop.project;
      const file = join(folder, 'shared/operation/refuse-oversized.ts');
      const code = await readFile(file, 'utf8');
      await writeFile(file, code.replace('are allowed', 'are permitted'));
      await expect(build(folder, '--signed-packages', join(folder, 'signed'))).rejects.toThrow(
        /oidc-provisioner\.zip is not the package of these sources/,
      );
    },
    deployTimeoutMs,
  );
});
