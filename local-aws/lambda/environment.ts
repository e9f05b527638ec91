import { randomBytes } from 'node:crypto';
import { devNull } from 'node:os';
import type { FunctionVersion } from './function-version.ts';

/** Credentials of a function's execution role. */
export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken: string };

/** What a sandbox needs beside the function itself. */
export type SandboxSettings = {
  endpoint: string;
  credentials: Credentials;
  directory: string;
  logStream: string;
};

/** A log stream's name: one for each sandbox, with the day it started. */
export function logStreamName(version: string, now = new Date()): string {
  return `${now.toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${randomBytes(16).toString('hex')}`;
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
export function traceId(): string {
  const time = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${time}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}

/**
 * A sandbox's whole environment; nothing of the host's is in it.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function sandboxEnvironment(
  version: FunctionVersion,
  settings: SandboxSettings,
): Record<string, string> {
  const { credentials, directory, endpoint, logStream } = settings;
  return {
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    ...version.environment,
    // Without HOME the SDK asks the system for the user's home and would find the host's profiles there.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: version.region,
    AWS_DEFAULT_REGION: version.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: version.name,
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: version.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    LAMBDA_TASK_ROOT: directory,
    _HANDLER: version.handler,
    _X_AMZN_TRACE_ID: traceId(),
  };
}
