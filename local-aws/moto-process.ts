import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { findPython } from './python.ts';

const SERVER = fileURLToPath(new URL('moto-server/main.py', import.meta.url));

/** A process with moto, which ends when `input` does. */
export interface MotoProcess {
  input: Writable;
  output: Readable;
  ended: Promise<unknown>;
  /** Ends it, whatever it is doing; to the one that was forked it only hangs up. */
  kill(): void;
}

/** The host's AWS settings would point moto's own clients somewhere real; its MOTO settings would bend moto. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|MOTO)_/.test(name));
  return Object.fromEntries(kept);
}

/** Starts Python with `moto-server/main.py`. */
export function spawnMoto(python: string, ...flags: string[]): MotoProcess {
  const child = spawn(python, ['-B', '-W', 'ignore', SERVER, ...flags], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environment(),
  });
  // What moto complains about is for the person to see, while it starts and later.
  child.stderr.pipe(process.stderr, { end: false });
  const { stdin: input, stdout: output } = child;
  return { input, output, ended: once(child, 'close'), kill: () => child.kill('SIGKILL') };
}

/** Has one forked that waits at a socket: `moto-server/warm.py`. */
function forkMoto(path: string): MotoProcess {
  const socket = createConnection(path);
  const ended = once(socket, 'close').catch(() => undefined);
  return { input: socket, output: socket, ended, kill: () => socket.destroy() };
}

/**
 * A new moto: forked from the one that waits at the socket LOCAL_AWS_WARM_MOTO, or started.
 * @throws PythonError
 */
export async function newMoto(log: (line: string) => void): Promise<MotoProcess> {
  const warm = process.env.LOCAL_AWS_WARM_MOTO;
  if (warm) return forkMoto(warm);
  const python = await findPython(log);
  log('Starting moto.');
  return spawnMoto(python);
}
