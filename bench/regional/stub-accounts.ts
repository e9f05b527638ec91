import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { componentNames } from '../../shared/customer-stack/components.ts';
import { administrator } from '../../tools/journey/customer-account.ts';
import { clmRoleArn, credentialsOf } from '../../tools/journey/regional-platform.ts';

/** A customer's account whose functions answer at once, always the same. */
export interface StubAccount {
  accountId: string;
  /** SDK settings for its administrator. */
  settings: ReturnType<typeof administrator>;
}

const passed = { status: 'passed', message: 'As it should be', details: {} };
const allPassed = { summary: { status: 'passed', passed: 1, failed: 0, warning: 0 }, dry_run: false };

/** Results as the operations' schemas have them. */
const answers: Record<string, object> = {
  'preflight-checker': { ...allPassed, validation_results: [{ check_name: 'region_enabled', ...passed }] },
  'network-verifier': {
    ...allPassed,
    network_validation_results: [
      { check_name: 'vpc_exists', resource_id: 'vpc-0a1b2c3d4e5f60718', ...passed },
    ],
  },
  'oidc-provisioner': {
    oidc_provider_arn: 'arn:aws:iam::123456789012:oidc-provider/oidc.example.com/stub',
    status: 'created',
    changes: [],
    dry_run: false,
  },
};

const handlerOf = (component: string): string =>
  `export const handler = async () => (${JSON.stringify(answers[component])});`;

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

async function makeFunction(lambda: LambdaClient, component: string, role: string): Promise<void> {
  const FunctionName = `rosa-${component}`;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: role,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Publish: true,
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(handlerOf(component)) }) },
    }),
  );
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'prod', FunctionVersion: '1' }));
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      Qualifier: 'prod',
      StatementId: 'AllowRosaRegionalPlatformInvoke',
      Action: 'lambda:InvokeFunction',
      Principal: clmRoleArn,
    }),
  );
}

/** Makes an account with the three functions, which take no time of their own. */
export async function stubAccount(aws: LocalAws, accountId: string): Promise<StubAccount> {
  const admin = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
  const settings = { ...administrator(aws), credentials: await credentialsOf(aws, admin) };
  const { Role } = await new IAMClient(settings).send(
    new CreateRoleCommand({ RoleName: 'stub', AssumeRolePolicyDocument: trust }),
  );
  const lambda = new LambdaClient(settings);
  for (const component of componentNames) await makeFunction(lambda, component, Role?.Arn ?? '');
  return { accountId, settings };
}
