import type { SdkConfig, Serverless } from './serverless-api.ts';

/** What a plugin does at the framework's lifecycle events. */
export type Hooks = Record<string, () => Promise<void> | void>;

/** Stops the command; an error of the framework's own kind is shown without a stack trace. */
export function fail(serverless: Serverless, message: string, cause?: unknown): never {
  throw Object.assign(new serverless.classes.Error(message), { cause });
}

/** Region and credentials for the SDK clients of a plugin. */
export function sdkConfig(serverless: Serverless): Promise<SdkConfig> {
  const provider = serverless.getProvider('aws');
  return provider.getAwsSdkV3Config?.() ?? Promise.resolve({ region: provider.getRegion() });
}

/** Values of the parameters that all stages share. */
export const sharedParameters = ({ service }: Serverless): Record<string, string> =>
  JSON.parse(service.custom.sharedParameters) as Record<string, string>;
