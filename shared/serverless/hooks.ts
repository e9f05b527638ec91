import { AwsCallError } from '../aws/aws-call-error.ts';
import type { TellsAwsFailure } from '../customer-stack/serverless-command.ts';
import type { SdkConfig, Serverless } from './serverless-api.ts';

/** What a plugin does at the framework's lifecycle events. */
export type Hooks = Record<string, () => Promise<void> | void>;

/** The failed call to AWS behind an error, if it was one. */
function awsCallBehind(error: unknown): AwsCallError | undefined {
  if (error instanceof AwsCallError) return error;
  return error instanceof Error ? awsCallBehind(error.cause) : undefined;
}

/** Tells rosactl, if it started this command, which call to AWS failed: it can say what to do about it. */
function tellParent({ action, code, said }: AwsCallError): void {
  const message: TellsAwsFailure = { awsFailure: { action, code, said } };
  // Whoever ended meanwhile need not know.
  process.send?.(message, undefined, undefined, () => {});
}

/** Stops the command; an error of the framework's own kind is shown without a stack trace. */
export function fail(serverless: Serverless, message: string, cause?: unknown): never {
  const call = awsCallBehind(cause);
  if (call) tellParent(call);
  throw Object.assign(new serverless.classes.Error(message), { cause });
}

/** The same hooks; a call to AWS that fails in one stops the command with a sentence that names its IAM action. */
export function sayingFailures(serverless: Serverless, hooks: Hooks): Record<string, () => Promise<void>> {
  const saying = (hook: Hooks[string]) => async () => {
    try {
      await hook();
    } catch (error) {
      if (error instanceof AwsCallError) fail(serverless, error.message, error);
      throw error;
    }
  };
  return Object.fromEntries(Object.entries(hooks).map(([event, hook]) => [event, saying(hook)]));
}

/** Region and credentials for the SDK clients of a plugin. */
export function sdkConfig(serverless: Serverless): Promise<SdkConfig> {
  const provider = serverless.getProvider('aws');
  return provider.getAwsSdkV3Config?.() ?? Promise.resolve({ region: provider.getRegion() });
}

/** Values of the parameters that all stages share. */
export const sharedParameters = ({ service }: Serverless): Record<string, string> =>
  JSON.parse(service.custom.sharedParameters) as Record<string, string>;
