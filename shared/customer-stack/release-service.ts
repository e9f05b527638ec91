import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsCallError } from '../aws/aws-call-error.ts';
import type { Stage } from '../release/stages.ts';
import type { Say } from '../tasks.ts';
import { copyPrefix } from './copy-prefix.ts';
import type { Release } from './release-manifest.ts';
import { ServerlessError, serverless } from './serverless-command.ts';
import { awsFailureOf } from './serverless-failure.ts';
import { StackFailure } from './stack-state.ts';
import type { Template } from './template.ts';

/** Where and as whom `serverless` works. */
export interface ServerlessPlace {
  region: string;
  environment: NodeJS.ProcessEnv;
  /** Those that everything else of this run is done with. */
  credentials(): Promise<AwsCredentials>;
  /** Told each line `serverless` prints. */
  verbose(line: string): void;
}

/** Credentials of AWS; temporary ones have a token. */
interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/**
 * Where the framework would look for credentials before and beside those it is given, so that it might work in
 * another account: lib/aws/credentials.js of osls.
 */
const otherCredentials =
  /^AWS_((PROD|STAGING|DEV)_.*|(DEFAULT_)?PROFILE|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/;

/** The environment with these credentials and no other way to some. */
function withCredentials(environment: NodeJS.ProcessEnv, credentials: AwsCredentials): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => !otherCredentials.test(name))),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken && { AWS_SESSION_TOKEN: sessionToken }),
  };
}

/** What of a release goes to which stage, with which parameters. */
export interface ServiceRequest {
  release: Release;
  stage: Stage;
  /** Values of the stack's parameters by name. */
  parameters: Record<string, string>;
}

/** What `serverless` does with the service of a release. */
export interface ReleaseService {
  /** Deploys the stack; no version is published and no alias moves. @throws StackFailure */
  deploy(request: ServiceRequest, say: Say): Promise<void>;
  /** The CloudFormation template as it would be deployed; makes no call to AWS. @throws StackFailure */
  template(request: ServiceRequest): Promise<Template>;
}

/** Does something with a copy of the release: `serverless` writes beside what it deploys. */
async function inCopy<Value>(folder: string, work: (copy: string) => Promise<Value>): Promise<Value> {
  const copy = await mkdtemp(join(tmpdir(), copyPrefix));
  try {
    await cp(folder, copy, { recursive: true });
    return await work(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** A configuration that cannot be resolved is reported once for each place it is used in. */
const longestReason = 600;

/** What the framework says beside the reason; on another stream, so that it may come after it. */
const besideTheReason = /^(?:View the full error|Environment:|Docs:)/m;

/** What the framework has to say about a failure, without its banner and links. */
export function reasonOf(output: string): string {
  const [, said = output] = output.split(/^Error:$/m);
  const [reason = said] = said.split(besideTheReason);
  return reason
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .slice(0, longestReason);
}

/** The framework takes no empty value; those that are empty are so by default. */
const paramWords = (parameters: Record<string, string>): string[] =>
  Object.entries(parameters).flatMap(([name, value]) => (value ? [`--param=${name}=${value}`] : []));

/** Lines of the framework's log that show how a deploy gets on. */
const notable = /^(Uploading|Executing|Waiting|Removing old)|_COMPLETE|_FAILED/;

/** A denial or an expired token is told as such: another try with the same credentials will not help. */
function failureOf([command]: string[], error: ServerlessError): Error {
  const message = `serverless ${command} failed: ${reasonOf(error.output)}`;
  const refusal = awsFailureOf(error);
  if (!refusal) return new StackFailure(message, { cause: error });
  const name = refusal.failure === 'denied' ? 'AccessDeniedException' : 'ExpiredTokenException';
  const cause = Object.assign(new Error(message, { cause: error }), { name });
  return new AwsCallError(refusal.action ?? 'cloudformation', cause);
}

/** `serverless`, in the account of the credentials and the region of the place. */
export function releaseService(place: ServerlessPlace): ReleaseService {
  const { region, credentials, verbose } = place;
  const run = async (
    command: string[],
    { stage, parameters, release }: ServiceRequest,
    folder: string,
    say: Say,
  ) => {
    // The framework keeps a cache in the person's home unless it is given another place; a person may give one.
    const environment = { SLS_SCHEMA_CACHE_BASE_DIR: folder, ...place.environment };
    return serverless({
      words: [
        ...command,
        ...['--stage', stage, '--region', region],
        ...paramWords({ ...parameters, release: release.id }),
      ],
      folder,
      environment: withCredentials(environment, await credentials()),
      onLine: (line) => {
        verbose(line);
        if (notable.test(line.trim())) say(line.trim());
      },
    }).catch((error: unknown) => {
      if (!(error instanceof ServerlessError)) throw error;
      throw failureOf(command, error);
    });
  };
  return {
    deploy: (request, say) =>
      inCopy(request.release.folder, async (copy) => {
        // What is deployed is compared before; the framework's own comparison takes an interrupted upload for a deploy.
        await run(['deploy', '--force', '--verbose'], request, copy, say);
      }),
    template: (request) =>
      inCopy(request.release.folder, async (copy) => {
        await run(['package'], request, copy, () => {});
        const file = join(copy, '.serverless', 'cloudformation-template-update-stack.json');
        return JSON.parse(await readFile(file, 'utf8')) as Template;
      }),
  };
}
