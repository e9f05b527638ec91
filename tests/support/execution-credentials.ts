import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { administrator } from '../../tools/journey/customer-account.ts';
import type { Laptop } from './laptop.ts';

/** Credentials of a function's execution role, which the laptop AWS lets an administrator assume. */
export async function executionCredentials(laptop: Laptop, functionName: string) {
  const { Role } = await laptop.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: functionName }),
  );
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
