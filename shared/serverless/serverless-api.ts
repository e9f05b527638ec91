/** The part of the Serverless Framework's plugin interface that is used here; osls and version 4 share it. */
export interface Serverless {
  /** Classes of the framework; an Error of its own is shown without a stack trace. */
  classes: { Error: new (message: string) => Error };
  configSchemaHandler: {
    schema: { properties: Record<string, unknown> };
    defineTopLevelProperty(name: string, schema: object): void;
  };
  serviceDir: string;
  service: {
    functions: Record<string, ServerlessFunction>;
    provider: { stackName: string; shouldNotDeploy?: boolean; tags?: Record<string, string> };
    custom: { sharedParameters: string };
  };
  getProvider(name: 'aws'): {
    getStage(): string;
    getRegion(): string;
    getServerlessDeploymentBucketName(): Promise<string>;
    getAccountInfo(): Promise<{ accountId: string; partition: string }>;
    /** Region and credentials for an SDK client, as osls offers them. */
    getAwsSdkV3Config?(): Promise<SdkConfig>;
  };
}

export interface ServerlessFunction {
  name: string;
  handler: string;
  tags?: Record<string, string>;
  package?: { artifact?: string };
}

export type SdkConfig = { region: string; profile?: string };

/** Options of a command that are looked at here. */
export interface CommandOptions {
  function?: string;
  /** Each `name=value`. */
  param?: string[];
}

/** What the framework hands a plugin for talking to the person. */
export interface PluginUtils {
  log: {
    notice: ((text?: string) => void) & { success(text: string): void };
    warning(text: string): void;
  };
  progress: { create(options: { message: string }): { update(message: string): void; remove(): void } };
}
