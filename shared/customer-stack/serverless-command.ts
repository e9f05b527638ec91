import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/** A run of `serverless`. */
export interface ServerlessCommand {
  /** Such as `['deploy', '--stage', 'prod']`. */
  words: string[];
  /** The service's folder. */
  folder: string;
  environment: NodeJS.ProcessEnv;
  /** Told each line it prints. */
  onLine?(line: string): void;
  /** Told each message its plugins send. */
  onMessage?(message: unknown): void;
}

/** A call to AWS that failed in a plugin of this product: its IAM action, and AWS's error code and sentence. */
export interface AwsFailureReport {
  action: string;
  code: string;
  said: string;
}

/** The message by which a plugin tells of it. */
export interface TellsAwsFailure {
  awsFailure: AwsFailureReport;
}

/** What a message tells of a failed call to AWS; any plugin may send anything. */
function reportIn(message: unknown): AwsFailureReport | undefined {
  const { action, code, said } = (message as Partial<TellsAwsFailure> | null)?.awsFailure ?? {};
  return action && code && said !== undefined ? { action, code, said } : undefined;
}

/** `serverless` ended with an error. */
export class ServerlessError extends Error {
  override readonly name = 'ServerlessError';
  /** All it printed. */
  readonly output: string;
  /** The call to AWS that failed, when it was one of this product's plugin. */
  readonly awsFailure?: AwsFailureReport;

  constructor(words: string[], exit: number | null, output: string, awsFailure?: AwsFailureReport) {
    super(`serverless ${words.join(' ')} failed (exit ${exit}):\n${output}`);
    this.output = output;
    this.awsFailure = awsFailure;
  }
}

const executable = createRequire(import.meta.url).resolve('osls/bin/serverless.js');

/**
 * Runs `serverless` as a person would. It is told when this process ends, by the channel between them closing.
 * @returns what it printed
 * @throws ServerlessError
 */
export function serverless({
  words,
  folder,
  environment,
  onLine = () => {},
  onMessage = () => {},
}: ServerlessCommand): Promise<string> {
  const child = spawn(process.execPath, [executable, ...words], {
    cwd: folder,
    env: {
      ...environment,
      // The Node that runs this comes first, as npx would put it; no settings are kept, nothing is reported.
      PATH: `${dirname(process.execPath)}:${environment.PATH}`,
      SLS_TELEMETRY_DISABLED: '1',
      SLS_NOTIFICATIONS_MODE: 'off',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    if (!input) continue;
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      onLine(line);
    });
  }
  let awsFailure: AwsFailureReport | undefined;
  child.on('message', (message) => {
    awsFailure ??= reportIn(message);
    onMessage(message);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const output = lines.join('\n');
      if (code === 0) resolve(output);
      else reject(new ServerlessError(words, code, output, awsFailure));
    });
  });
}
