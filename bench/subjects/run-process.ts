import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** A process to measure, all but what AWS and request are. */
export interface Program {
  command: string;
  args: string[];
  environment: Record<string, string>;
}

/** What one invocation took, in milliseconds; the CPU's of all threads together. */
interface InvocationCost {
  wallMs: number;
  cpuMs: number;
}

/** What a process told of itself, and how long its first answer took from its start. */
export interface ProcessReport {
  coldStartMs: number;
  /** CPU up to the first answer. */
  coldCpuMs: number;
  importMs: number;
  /** The first one, then the warm ones. */
  invocations: InvocationCost[];
  peakMemoryMb: number;
  answer: unknown;
}

type Message = { type: 'answered' } | ({ type: 'report' } & Omit<ProcessReport, 'coldStartMs'>);

/** Nothing that is measured takes longer; what does hangs. */
const limitMs = 120_000;

async function listen(child: ChildProcess, startedAt: number): Promise<ProcessReport | undefined> {
  let coldStartMs = 0;
  for await (const line of createInterface(child.stdio[3] as Readable)) {
    const message = JSON.parse(line) as Message;
    if (message.type === 'answered') coldStartMs = performance.now() - startedAt;
    else return { ...message, coldStartMs };
  }
  return undefined;
}

/**
 * Runs a process to its report.
 * @throws Error with what it printed when it ends without one, or AbortError when `signal` has ended it
 */
export async function runProcess(
  { command, args, environment }: Program,
  signal: AbortSignal,
): Promise<ProcessReport> {
  const startedAt = performance.now();
  const child = spawn(command, args, {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL',
    signal,
  });
  const ended = once(child, 'close');
  const [report, complaints] = await Promise.all([
    listen(child, startedAt),
    text(child.stderr as Readable),
    ended,
  ]);
  if (report) return report;
  throw new Error(`${args.join(' ')} ended without a report:\n${complaints.trim()}`);
}
