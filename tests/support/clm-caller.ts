import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { administrator } from '../../tools/journey/customer-account.ts';
import { clmRoleArn, credentialsOf, regionalAdministrator } from '../../tools/journey/regional-platform.ts';

/** How a call of the regional platform ended: the function's answer, or its error. */
type Answer<Result> = { result: Result } | { error: { errorType: string; errorMessage: string } };

/** Invokes a function of the customer's account. */
export type Invoke = <Result>(functionName: string, request: object) => Promise<Answer<Result>>;

const statement = (rest: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] });

/** The trust policy of a customer's role that lets the cluster manager's role in with an external id. */
export const letInClm = (externalId: string): string =>
  statement({
    Principal: { AWS: clmRoleArn },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  });

/**
 * Makes the cluster manager's role alone, without a regional service; it may invoke functions and
 * assume roles, wherever it is let in.
 */
export async function prepareRegionalPlatform(aws: LocalAws): Promise<void> {
  const iam = new IAMClient(await regionalAdministrator(aws));
  const RoleName = clmRoleArn.split('/').at(-1);
  const trust = statement({ Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const policy = statement({ Action: ['lambda:InvokeFunction', 'sts:AssumeRole'], Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'Invoke', PolicyDocument: policy }));
}

/**
 * The cluster manager's way to call the customer's functions: with its own role, from its own account, and by the
 * alias `prod` unless told otherwise. A call that AWS refuses rejects with the SDK's error.
 */
export async function regionalPlatform(
  aws: LocalAws,
  customerAccount: string,
  qualifier = 'prod',
): Promise<Invoke> {
  const lambda = new LambdaClient({
    ...administrator(aws),
    credentials: await credentialsOf(aws, clmRoleArn),
  });
  return async <Result>(functionName: string, request: object) => {
    const command = new InvokeCommand({
      FunctionName: `arn:aws:lambda:us-east-1:${customerAccount}:function:${functionName}`,
      Qualifier: qualifier,
      Payload: Buffer.from(JSON.stringify(request)),
    });
    const { FunctionError, Payload } = await lambda.send(command);
    const answer = JSON.parse(Payload?.transformToString() ?? 'null');
    return FunctionError ? { error: answer } : { result: answer as Result };
  };
}
