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

/** What every program needs. */
export interface Bench {
  /** Where the answer server listens. */
  endpoint: string;
  credentials: Credentials;
  python: string;
  /** For bundles and tasks. */
  folder: string;
}

/** A case with the function it is of. */
interface Assignment {
  bench: Bench;
  one: CaseToMeasure;
  packaged: PackagedFunction;
}

/** What a program is told: the module with its handler, the request, and how often to invoke it. */
interface Task {
  file: string;
  event: object;
  times: number;
}

const fileFor = ({ bench, one }: Assignment, subject: Subject, ending: string): string =>
  join(bench.folder, `${one.name.replaceAll(/\W+/g, '-')}-${subject}${ending}`);

const environmentOf = ({ bench, packaged: { version, directory } }: Assignment): Record<string, string> =>
  sandboxEnvironment(version, { ...bench, directory, logStream: 'bench' });

async function writeTask(assignment: Assignment, subject: Subject, task: Task): Promise<string> {
  const { region, accountId, name, timeoutSeconds } = assignment.packaged.version;
  const invokedArn = `arn:aws:lambda:${region}:${accountId}:function:${name}:prod`;
  const file = fileFor(assignment, subject, `-${task.times}.json`);
  await writeFile(file, JSON.stringify({ ...task, invokedArn, seconds: timeoutSeconds }));
  return file;
}

/**
 * The heap V8 gets on Lambda: a tenth of the function's memory for new objects, in two halves, the rest for old.
 * https://dev.to/wonderfulsoap/deep-dive-into-aws-lambda-3-official-nodejs-runtime-analysis-43je
 */
function heapFlags(memoryMb: number): string[] {
  const young = Math.floor(memoryMb / 10);
  return [`--max-semi-space-size=${Math.floor(young / 2)}`, `--max-old-space-size=${memoryMb - young}`];
}

async function onNode(assignment: Assignment, subject: Subject, task: Task): Promise<Program> {
  const file = await writeTask(assignment, subject, task);
  return {
    command: process.execPath,
    args: [...heapFlags(assignment.packaged.version.memoryMb), nodeRunner, file],
    environment: environmentOf(assignment),
  };
}

/** The function itself. */
export const functionProgram = (assignment: Assignment, times: number): Promise<Program> =>
  onNode(assignment, 'function', { file: assignment.packaged.file, event: assignment.one.event, times });

/** A bare handler. @param calls those the function makes */
export async function bareProgram(
  assignment: Assignment,
  times: number,
  calls: readonly Call[],
): Promise<Program> {
  const file = fileFor(assignment, 'bare', '.mjs');
  await bundleBareHandler(project, calls, file);
  return onNode(assignment, 'bare', { file, event: { listings: listingsIn(calls) }, times });
}

/** The same journey in Python, with boto3. */
export async function peerProgram(assignment: Assignment, times: number): Promise<Program> {
  const { bench, one } = assignment;
  const task = { file: one.component.replaceAll('-', '_'), event: one.event, times };
  // Python is found by the PATH, and the packages installed for a user below HOME.
  const { PATH = '', HOME = '' } = process.env;
  return {
    command: bench.python,
    args: [pythonRunner, await writeTask(assignment, 'peer', task)],
    environment: { ...environmentOf(assignment), PATH, HOME },
  };
}
