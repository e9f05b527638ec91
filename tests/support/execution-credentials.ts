import { GetRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { administrator } from '../../tools/journey/customer-account.ts';
import type { Laptop } from './laptop.ts';

/** A function's role trusts Lambda alone; here also its own account. */
async function letAccountIn({ iam }: Laptop, roleArn: string): Promise<void> {
  const RoleName = roleArn.split('/').at(-1);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''));
  const principal = { AWS: `arn:aws:iam::${roleArn.split(':')[4]}:root` };
  trust.Statement.push({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' });
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: JSON.stringify(trust) }));
}

/** Credentials of a function's execution role, which the account's administrator may assume from then on. */
export async function executionCredentials(laptop: Laptop, functionName: string) {
  const { Role = '' } = await laptop.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
  await letAccountIn(laptop, Role);
  const sts = new STSClient(administrator(laptop.aws));
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: Role, RoleSessionName: 'as-function' }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken,
  };
}
