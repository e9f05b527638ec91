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
}

/** `serverless` ended with an error. */
export class ServerlessError extends Error {
  override readonly name = 'ServerlessError';
  /** All it printed. */
  readonly output: string;

  constructor(words: string[], exit: number | null, output: string) {
    super(`serverless ${words.join(' ')} failed (exit ${exit}):\n${output}`);
    this.output = output;
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
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const output = lines.join('\n');
      if (code === 0) resolve(output);
      else reject(new ServerlessError(words, code, output));
    });
  });
}
