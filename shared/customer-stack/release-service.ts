import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stage } from '../release/stages.ts';
import type { Say } from '../tasks.ts';
import { copyPrefix } from './copy-prefix.ts';
import type { Release } from './release-manifest.ts';
import { ServerlessError, serverless } from './serverless-command.ts';
import { StackFailure } from './stack-state.ts';
import type { Template } from './template.ts';

/** Where and as whom `serverless` works. */
export interface ServerlessPlace {
  region: string;
  profile?: string;
  environment: NodeJS.ProcessEnv;
  /** Told each line `serverless` prints. */
  verbose(line: string): void;
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

/** `serverless`, with the credentials and the region of the place. */
export function releaseService({ region, profile, environment, verbose }: ServerlessPlace): ReleaseService {
  const run = (command: string[], { stage, parameters, release }: ServiceRequest, folder: string, say: Say) =>
    serverless({
      words: [
        ...command,
        ...['--stage', stage, '--region', region],
        ...(profile ? ['--aws-profile', profile] : []),
        ...paramWords({ ...parameters, release: release.id }),
      ],
      folder,
      environment,
      onLine: (line) => {
        verbose(line);
        if (notable.test(line.trim())) say(line.trim());
      },
    }).catch((error: unknown) => {
      if (!(error instanceof ServerlessError)) throw error;
      throw new StackFailure(`serverless ${command[0]} failed: ${reasonOf(error.output)}`, { cause: error });
    });
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
