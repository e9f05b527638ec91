import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eager } from './eager.ts';
import { type Ended, endOf } from './ended.ts';

/** The program. */
export const accountctlMain = fileURLToPath(new URL('../../accounts/accountctl/main.ts', import.meta.url));

/** Starts accountctl as a process of its own: the laptop AWS is in this one, which has to go on. */
export function startAccountctl(
  environment: Record<string, string>,
  argv: readonly string[],
  input = '',
): { process: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [accountctlMain, ...argv], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...eager(), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  return { process: child, ended: endOf(child) };
}
