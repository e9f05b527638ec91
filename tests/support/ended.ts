import type { ChildProcess } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** How a process ended. */
export interface Ended {
  /** The exit status, or the signal that ended it. */
  status: number | string;
  stdout: string;
  stderr: string;
}

const read = (stream: ChildProcess['stdout']): Promise<string> =>
  stream ? text(stream) : Promise.resolve('');

/** Waits for the end of a process, while this one goes on: the laptop AWS is in it. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  const closed = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const [status, stdout, stderr] = await Promise.all([closed, read(child.stdout), read(child.stderr)]);
  return { status, stdout, stderr };
}
