import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { eager } from './eager.ts';
import { type Ended, endOf } from './ended.ts';

/** A run of rosactl as a process of its own. This one has to go on: the laptop AWS is in it. */
interface Running {
  process: ChildProcess;
  ended: Promise<Ended>;
}

/** Where rosactl runs and what it knows of its surroundings. */
export interface Surroundings {
  /** The folder that has `dist/rosactl.mjs`. */
  folder: string;
  environment: Record<string, string>;
  /** A home without a configuration, unless the test wants one. */
  home?: string;
}

/** Starts the built rosactl. */
export function startRosactl({ folder, environment, home = '/nonexistent' }: Surroundings, argv: string[]) {
  const child = spawn(process.execPath, [join(folder, 'dist/rosactl.mjs'), ...argv], {
    env: { PATH: process.env.PATH, HOME: home, ...eager(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { process: child, ended: endOf(child) } satisfies Running;
}

/** Runs the built rosactl to its end. */
export const runRosactl = (surroundings: Surroundings, ...argv: string[]): Promise<Ended> =>
  startRosactl(surroundings, argv).ended;

/** Runs the built rosactl to its end and reads its JSON; null when it printed none. */
export async function askRosactl(surroundings: Surroundings, ...argv: string[]) {
  const ended = await runRosactl(surroundings, ...argv, '--output', 'json');
  return { ...ended, answer: JSON.parse(ended.stdout || 'null') };
}
