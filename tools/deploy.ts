import { fileURLToPath } from 'node:url';
import { serverless } from '../shared/customer-stack/serverless-command.ts';

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

/** The variables a command needs of the machine, its caches among them; everything of AWS comes from the deployment. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE', 'SLS_SCHEMA_CACHE_BASE_DIR'];

/**
 * Runs `serverless <command>` on the sources as a person would.
 * @returns what it printed
 * @throws ServerlessError with what it printed when it fails
 */
export function runServerless(
  command: string[],
  { stage, environment, parameters = {}, folder = project }: Deployment,
): Promise<string> {
  const values = Object.entries(parameters).map(([name, value]) => `--param=${name}=${value}`);
  const machine = inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  return serverless({
    words: [...command, '--stage', stage, ...values],
    folder,
    environment: { ...Object.fromEntries(machine), ...environment },
  });
}

/** Runs `serverless deploy --stage <stage>`; see `runServerless`. */
export const deploy = (deployment: Deployment): Promise<string> => runServerless(['deploy'], deployment);
