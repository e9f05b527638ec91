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
  /** The version that ran, which an alias had led to. */
  version?: string;
  /** Lambda's id of the invocation; the function's log records carry it. */
  requestId?: string;
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
  /** The statements of an alias's policy, or of the function's own without an alias; none when there is no such. */
  policy(name: string, alias?: string): Promise<PolicyStatement[]>;
  allowInvoke(name: string, alias: string, statementId: string, principal: string): Promise<void>;
  removeStatement(name: string, alias: string | undefined, statementId: string): Promise<void>;
}
