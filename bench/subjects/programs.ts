import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Credentials, sandboxEnvironment } from '../../local-aws/lambda/environment.ts';
import { type Call, listingsIn } from '../answers/calls.ts';
import type { CaseToMeasure } from '../cases.ts';
import type { Subject } from '../document.ts';
import { bundleBareHandler } from './bare-bundle.ts';
import type { PackagedFunction } from './packages.ts';
import type { Program } from './run-process.ts';

const nodeRunner = fileURLToPath(new URL('runner.mjs', import.meta.url));
const pythonRunner = fileURLToPath(new URL('../peer/runner.py', import.meta.url));
const project = fileURLToPath(new URL('../..', import.meta.url));

/** What every program of a case needs. */
export interface Bench {
  /** Where the answer server listens. */
  endpoint: string;
  credentials: Credentials;
  python: string;
  /** For bundles and tasks. */
  folder: string;
}

/**
 * The heap V8 gets on Lambda: a tenth of the function's memory for new objects, in two halves, the rest for old.
 * https://dev.to/wonderfulsoap/deep-dive-into-aws-lambda-3-official-nodejs-runtime-analysis-43je
 */
function heapFlags(memoryMb: number): string[] {
  const young = Math.floor(memoryMb / 10);
  return [`--max-semi-space-size=${Math.floor(young / 2)}`, `--max-old-space-size=${memoryMb - young}`];
}

/** Makes programs that do a case, each of them so often in one process. */
export function programsOf(bench: Bench, one: CaseToMeasure, packaged: PackagedFunction) {
  const { version, directory } = packaged;
  const environment = sandboxEnvironment(version, { ...bench, directory, logStream: 'bench' });
  const slug = one.name.replaceAll(/\W+/g, '-');

  async function task(subject: Subject, invocations: number, rest: { file: string; event: object }) {
    const file = join(bench.folder, `${slug}-${subject}-${invocations}.json`);
    const { region, accountId, name } = version;
    const invokedArn = `arn:aws:lambda:${region}:${accountId}:function:${name}:prod`;
    const content = { ...rest, invokedArn, seconds: version.timeoutSeconds, times: invocations };
    await writeFile(file, JSON.stringify(content));
    return file;
  }

  // Python is found by the PATH, and the packages installed for a user below HOME.
  const { PATH = '', HOME = '' } = process.env;
  const pythonEnvironment = { ...environment, PATH, HOME };

  const node = (file: string): Program => ({
    command: process.execPath,
    args: [...heapFlags(version.memoryMb), nodeRunner, file],
    environment,
  });

  return {
    ours: async (invocations: number): Promise<Program> =>
      node(await task('function', invocations, { file: packaged.file, event: one.event })),

    peer: async (invocations: number): Promise<Program> => {
      const rest = { file: one.component.replaceAll('-', '_'), event: one.event };
      return {
        command: bench.python,
        args: [pythonRunner, await task('peer', invocations, rest)],
        environment: pythonEnvironment,
      };
    },

    /** @param calls those the function makes */
    bare: async (invocations: number, calls: readonly Call[]): Promise<Program> => {
      const file = join(bench.folder, `${slug}-bare.mjs`);
      await bundleBareHandler(project, calls, file);
      return node(await task('bare', invocations, { file, event: { listings: listingsIn(calls) } }));
    },
  };
}
