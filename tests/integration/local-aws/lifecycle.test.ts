import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startLocalAws } from '../../../local-aws/local-aws.ts';
import { eventually } from '../../support/eventually.ts';
import { clientsFor, createFunction, createRole, invoke } from './support.ts';

const MAIN = fileURLToPath(new URL('../../../local-aws/main.ts', import.meta.url));
type Program = ChildProcessByStdio<null, Readable, Readable>;

// Here moto is started as it is outside of tests, and not forked.
delete process.env.LOCAL_AWS_WARM_MOTO;

const started: Program[] = [];

function start(...args: string[]): Program {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

/** The processes whose parent is this one, by id. */
const childrenOf = (pid: number | undefined) =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='])
    .toString()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child ?? 0);

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function readyLine(child: Program): Promise<{ line: string; printed: string[] }> {
  const printed: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    printed.push(line);
    if (line.startsWith('ready')) return { line, printed };
  }
  throw new Error(`it never was ready: ${printed.join('\n')}`);
}

const untilGone = (pids: number[]) =>
  eventually(
    async () => pids.some(alive),
    (any) => !any,
  );

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

describe('close()', () => {
  it('leaves no process behind', async () => {
    const before = childrenOf(process.pid);
    const aws = await startLocalAws();
    const clients = clientsFor(aws);
    const role = await createRole(clients, 'role');
    await createFunction(clients, { name: 'idle', role, code: 'export const handler = () => process.pid;' });
    const sandbox = Number((await invoke(clients, 'idle')).json);
    const during = childrenOf(process.pid).filter((pid) => !before.includes(pid));
    expect(during).toContain(sandbox);
    await aws.close();
    expect(during.filter(alive)).toEqual([]);
  });
});

describe('the program', () => {
  it('prints what to export, then that it is ready, and ends with everything on SIGTERM', async () => {
    const child = start('--port', '0', '--enforce-iam');
    const { line, printed } = await readyLine(child);
    expect(line).toMatch(/^ready at http:\/\/127\.0\.0\.1:\d+, IAM is enforced$/);
    expect(printed).toContainEqual(
      expect.stringMatching(/^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+$/),
    );
    const unset = printed.indexOf('unset AWS_PROFILE AWS_SESSION_TOKEN');
    expect(unset).toBeGreaterThan(-1);
    expect(unset).toBeLessThan(printed.findIndex((text) => text.startsWith('export ')));
    const children = childrenOf(child.pid);
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(children.filter(alive)).toEqual([]);
  });

  it('takes moto with it even when it is killed', async () => {
    const child = start('--port', '0');
    await readyLine(child);
    const children = childrenOf(child.pid);
    expect(children).not.toEqual([]);
    child.kill('SIGKILL');
    await untilGone(children);
  });

  it('says in one sentence that a port is taken', async () => {
    const aws = await startLocalAws();
    const child = start('--port', new URL(aws.url).port);
    const errors: string[] = [];
    child.stderr.on('data', (text: Buffer) => errors.push(String(text)));
    const [code] = await once(child, 'close');
    await aws.close();
    expect(code).toBe(1);
    expect(errors.join('').trim().split('\n').at(-1)).toMatch(/^port \d+ is taken/);
  });

  it.each([[['--nonsense']], [['--port', 'x']]])('explains its usage for %j', async (args) => {
    const child = start(...args);
    const [code] = await once(child, 'close');
    expect(code).toBe(2);
  });
});
