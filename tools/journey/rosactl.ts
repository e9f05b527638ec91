import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Runs a command of rosactl as a customer would, output and all. @returns its exit status */
export type Rosactl = (...argv: string[]) => Promise<number>;

/** How a command is printed: words with blanks in quotes. */
const typed = (argv: string[]): string =>
  argv.map((word) => (/^[\w.,:/=-]+$/.test(word) ? word : `"${word}"`)).join(' ');

/** The rosactl that was built in the project's folder, for who has these variables in the environment. */
export const rosactlIn =
  (folder: string, environment: Record<string, string>): Rosactl =>
  async (...argv) => {
    console.log(`\n$ rosactl ${typed(argv)}`);
    const child = spawn(process.execPath, [join(folder, 'dist/rosactl.mjs'), ...argv], {
      // A configuration that somebody has on this machine is not the laptop's.
      env: { PATH: process.env.PATH, HOME: '/nonexistent', ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [status] = await once(child, 'exit');
    return status ?? 1;
  };
