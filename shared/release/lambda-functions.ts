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

/** An alias as Lambda knows it. */
export interface Alias {
  version: string;
  description: string;
  /** Shares of the traffic, 0 to 1, that go to other versions; empty in what this product sets. */
  weights: Record<string, number>;
  /** Changes with every update; an update that names another one is refused. */
  revisionId: string;
}

/** One statement of the resource policy of an alias. */
export interface PolicyStatement {
  Sid: string;
  Effect: string;
  Principal: string | Record<string, string>;
  Action: string;
  Resource: string;
  Condition?: object;
}

/** A version of a function, or `$LATEST`. */
export interface FunctionVersion {
  version: string;
  /** Base64 of the SHA-256 of its deployment package. */
  codeSha256: string;
  /** All settings that a version keeps, in one text: equal texts are equal settings. */
  settings: string;
}

/** How an invocation ended. */
export interface InvocationOutcome {
  /** The error's name, when the function failed. */
  errorType?: string;
  /** The result, or the error's message and trace. */
  payload: unknown;
}

/** The Lambda functions of an account and region. Every call rejects with AwsCallError when AWS refuses it. */
export interface LambdaFunctions {
  /** `$LATEST` and every published version, oldest first. */
  versions(name: string): Promise<FunctionVersion[]>;
  /**
   * Publishes the code that is now deployed, provided that its hash is the given one:
   * https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html
   * Resolves when the version can be invoked.
   * @param codeSha256 base64 of the SHA-256 of the deployment package
   */
  publish(name: string, codeSha256: string): Promise<string>;
  invoke(name: string, qualifier: string, payload: unknown): Promise<InvocationOutcome>;
  alias(name: string, alias: string): Promise<Alias | undefined>;
  createAlias(name: string, alias: string, version: string, description: string): Promise<void>;
  updateAlias(name: string, alias: string, to: Alias): Promise<void>;
  deleteAlias(name: string, alias: string): Promise<void>;
  policy(name: string, alias: string): Promise<PolicyStatement[]>;
  allowInvoke(name: string, alias: string, statementId: string, principal: string): Promise<void>;
  removeStatement(name: string, alias: string, statementId: string): Promise<void>;
}

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
export const lambdaFunctions = (client: LambdaClient): LambdaFunctions => ({
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
    if (!output.FunctionError) return { payload: answer };
    return {
      errorType: (answer as { errorType?: string })?.errorType ?? output.FunctionError,
      payload: answer,
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
