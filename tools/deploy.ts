import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where, to which stage and with what the customer's service is deployed. */
export interface Deployment {
  stage: string;
  /** AWS_ENDPOINT_URL and credentials, such as those of the laptop AWS. */
  environment: Record<string, string>;
  /** Values for the service's parameters: docs/parameters.md. */
  parameters?: Record<string, string>;
  /** The project's folder; this one by default. */
  folder?: string;
}

const project = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const serverless = require.resolve('osls/bin/serverless.js');

/** The variables a command needs of the machine; everything of AWS comes from the deployment. */
const inherited = ['PATH', 'HOME', 'TMPDIR'];

/**
 * Runs `serverless <command>` as a person would.
 * @returns what it printed
 * @throws Error with what it printed when it fails
 */
export function runServerless(
  command: string[],
  { stage, environment, parameters = {}, folder = project }: Deployment,
) {
  const values = Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`);
  const machine = Object.fromEntries(
    inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  const child = spawn(process.execPath, [serverless, ...command, '--stage', stage, ...values], {
    cwd: folder,
    env: {
      ...machine,
      ...environment,
      // The project's Node comes first, as npx would put it; the laptop's `serverless` keeps no settings.
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      SLS_TELEMETRY_DISABLED: '1',
      SLS_NOTIFICATIONS_MODE: 'off',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  return new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(`serverless ${command.join(' ')} --stage ${stage} failed (exit ${code}):\n${output}`),
        );
    });
  });
}

/** Runs `serverless deploy --stage <stage>`; see `runServerless`. */
export const deploy = (deployment: Deployment): Promise<string> => runServerless(['deploy'], deployment);
