import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteAliasCommand,
  type FunctionConfiguration,
  GetAliasCommand,
  GetPolicyCommand,
  InvokeCommand,
  type LambdaClient,
  PublishVersionCommand,
  paginateListVersionsByFunction,
  RemovePermissionCommand,
  UpdateAliasCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { awsCall, unlessMissing } from '../aws/aws-call-error.ts';
import { collect } from '../aws/collect.ts';
import type { LambdaFunctions, PolicyStatement } from './lambda-functions.ts';

/** What a version freezes beside its code, without what differs between versions by nature (ARN, revision, time). */
const settingsOf = (one: FunctionConfiguration) => [
  one.Architectures,
  one.Description,
  one.Environment?.Variables,
  one.EphemeralStorage,
  one.Handler,
  one.KMSKeyArn ?? '',
  one.Layers?.map(({ Arn }) => Arn) ?? [],
  one.LoggingConfig,
  one.MemorySize,
  one.Role,
  one.Runtime,
  one.Timeout,
  one.TracingConfig?.Mode,
  one.VpcConfig?.SubnetIds ?? [],
  one.VpcConfig?.SecurityGroupIds ?? [],
];

/**
 * A version that is attached to a VPC waits for its network interfaces; AWS speaks of "up to several minutes":
 * https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
const activationSeconds = 300;

/** The functions that the client's credentials and region reach. */
export const awsLambdaFunctions = (client: LambdaClient): LambdaFunctions => ({
  versions: async (name) => {
    const pages = paginateListVersionsByFunction({ client }, { FunctionName: name });
    const found = await collect('lambda:ListVersionsByFunction', pages, (page) => page.Versions);
    return found.map((one) => ({
      version: one.Version ?? '',
      codeSha256: one.CodeSha256 ?? '',
      settings: JSON.stringify(settingsOf(one)),
    }));
  },

  publish: async (name, codeSha256) => {
    const command = new PublishVersionCommand({ FunctionName: name, CodeSha256: codeSha256 });
    const { Version, CodeSha256 } = await awsCall('lambda:PublishVersion', () => client.send(command));
    if (!Version || CodeSha256 !== codeSha256) {
      throw new Error(
        `AWS published version ${Version} of ${name} with the code ${CodeSha256}, not ${codeSha256}`,
      );
    }
    const version = { FunctionName: name, Qualifier: Version };
    await awsCall('lambda:GetFunction', () =>
      waitUntilFunctionActiveV2({ client, maxWaitTime: activationSeconds }, version),
    );
    return Version;
  },

  invoke: async (name, qualifier, payload) => {
    const command = new InvokeCommand({
      FunctionName: name,
      Qualifier: qualifier,
      Payload: Buffer.from(JSON.stringify(payload)),
    });
    const output = await awsCall('lambda:InvokeFunction', () => client.send(command));
    const answer: unknown = JSON.parse(output.Payload?.transformToString() || 'null');
    const told = { payload: answer, requestId: output.$metadata.requestId, version: output.ExecutedVersion };
    if (!output.FunctionError) return told;
    return {
      ...told,
      errorType: (answer as { errorType?: string })?.errorType ?? output.FunctionError,
    };
  },

  alias: async (name, alias) => {
    const command = new GetAliasCommand({ FunctionName: name, Name: alias });
    const found = await unlessMissing(awsCall('lambda:GetAlias', () => client.send(command)));
    if (!found) return undefined;
    return {
      version: found.FunctionVersion ?? '',
      description: found.Description ?? '',
      weights: found.RoutingConfig?.AdditionalVersionWeights ?? {},
      revisionId: found.RevisionId ?? '',
    };
  },

  createAlias: async (name, alias, version, description) => {
    const command = new CreateAliasCommand({
      FunctionName: name,
      Name: alias,
      FunctionVersion: version,
      Description: description,
    });
    await awsCall('lambda:CreateAlias', () => client.send(command));
  },

  updateAlias: async (name, alias, { version, description, weights, revisionId }) => {
    const command = new UpdateAliasCommand({
      FunctionName: name,
      Name: alias,
      FunctionVersion: version,
      Description: description,
      RevisionId: revisionId,
      RoutingConfig: { AdditionalVersionWeights: weights },
    });
    await awsCall('lambda:UpdateAlias', () => client.send(command));
  },

  deleteAlias: async (name, alias) => {
    const command = new DeleteAliasCommand({ FunctionName: name, Name: alias });
    await awsCall('lambda:DeleteAlias', () => client.send(command));
  },

  policy: async (name, alias) => {
    const command = new GetPolicyCommand({ FunctionName: name, Qualifier: alias });
    const output = await unlessMissing(awsCall('lambda:GetPolicy', () => client.send(command)));
    return output?.Policy ? (JSON.parse(output.Policy) as { Statement: PolicyStatement[] }).Statement : [];
  },

  allowInvoke: async (name, alias, statementId, principal) => {
    const command = new AddPermissionCommand({
      FunctionName: name,
      Qualifier: alias,
      StatementId: statementId,
      Action: 'lambda:InvokeFunction',
      Principal: principal,
    });
    await awsCall('lambda:AddPermission', () => client.send(command));
  },

  removeStatement: async (name, alias, statementId) => {
    const command = new RemovePermissionCommand({
      FunctionName: name,
      Qualifier: alias,
      StatementId: statementId,
    });
    await awsCall('lambda:RemovePermission', () => client.send(command));
  },
});
