import { optional, readEnvironment } from '../environment.ts';
import { exitCodes } from './exit-codes.ts';
import { painter } from './paint.ts';
import { plainTasks } from './progress/plain-tasks.ts';
import type { Io } from './run.ts';

const environment = () =>
  readEnvironment({
    /** Any value switches colour off: https://no-color.org */
    NO_COLOR: optional,
    TERM: optional,
  });

/** Standard output is for results, standard error for everything else. */
const err = (text: string): void => void process.stderr.write(text);

/**
 * A pipe may be closed at its other end, as by `rosactl logs | head -1`: without a reader for results there is nothing
 * more to do; without one for progress, the work goes on.
 */
export function endWithoutReader(tool: string): void {
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    err(`${tool}: the result cannot be written: ${error.message}\n`);
    process.exit(exitCodes.fault);
  });
}

/** Asks where a person can answer. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  // Closed without an answer, by Ctrl-D: not a yes.
  const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
  const answer = await Promise.race([prompt.question(question), closed]);
  prompt.close();
  return answer;
}

/**
 * The process's own streams. What only some commands need is loaded by them: help comes without the AWS SDK.
 * @param context makes what a tool's commands work with
 */
export const terminalIo = <Context, Flags>(context: Io<Context, Flags>['context']): Io<Context, Flags> => ({
  out: (text) => void process.stdout.write(text),
  err,
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
  tasks: async ({ color }) => {
    const { NO_COLOR, TERM } = environment();
    // A terminal of no width shows nothing of a list that is drawn.
    if (!process.stderr.columns || TERM === 'dumb') return plainTasks(err);
    const { liveTasks } = await import('./progress/live-tasks.ts');
    return liveTasks(process.stderr, painter(color && !NO_COLOR));
  },
  paint: ({ color }) => painter(color && process.stdout.isTTY && !environment().NO_COLOR),
  interruption: () => {
    const controller = new AbortController();
    // Once: a second Ctrl-C ends the process as it always does.
    process.once('SIGINT', () => controller.abort());
    return controller.signal;
  },
  context,
});
