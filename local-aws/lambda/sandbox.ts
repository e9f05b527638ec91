import { type ChildProcess, spawn } from 'node:child_process';
import { on, once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type SandboxSettings, sandboxEnvironment, traceId } from './environment.ts';
import type { FunctionVersion } from './function-version.ts';
import { exited, type FunctionError, limited, type Outcome, timedOut } from './outcome.ts';
import { PrintedLines } from './printed-lines.ts';

const RUNNER = fileURLToPath(new URL('runner.mjs', import.meta.url));
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib
const INIT_SECONDS = 10;

/** One thing to run. `payload` is JSON text. */
export type Invocation = { requestId: string; payload: string; invokedArn: string };

/** What the runner says; `fatal` means that its process is of no use any more. */
type Message = { mark: string; memoryMb: number } & (
  | { type: 'ready' }
  | { type: 'result'; payload: string }
  | { type: 'error' | 'fatal'; error: FunctionError }
);
type Closed = { type: 'closed'; code: number | null; signal: string | null };
type Reply = Message | Closed | { type: 'timeout' };

/** A Node process that runs one version of a function, one invocation at a time: Lambda's execution environment. */
export class Sandbox {
  readonly logStream: string;
  readonly accessKeyId: string;
  readonly functionName: string;
  usable = true;
  #memoryMb = 0;
  #startedAt: number | undefined = performance.now();
  readonly #version: FunctionVersion;
  readonly #child: ChildProcess;
  readonly #messages: AsyncIterator<[Message]>;
  readonly #closed: Promise<Closed>;
  readonly #printed: PrintedLines;

  constructor(version: FunctionVersion, settings: SandboxSettings) {
    this.#version = version;
    this.logStream = settings.logStream;
    this.accessKeyId = settings.credentials.accessKeyId;
    this.functionName = version.name;
    this.#child = spawn(process.execPath, [RUNNER], {
      cwd: settings.directory,
      env: sandboxEnvironment(version, settings),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#printed = new PrintedLines(this.#child.stdout as Readable, this.#child.stderr as Readable);
    this.#messages = on(this.#child, 'message') as AsyncIterator<[Message]>;
    // A channel that breaks because the process ended is told by `close`.
    this.#child.on('error', () => undefined);
    this.#closed = once(this.#child, 'close').then(([code, signal]) => {
      this.usable = false;
      return { type: 'closed', code, signal };
    });
  }

  /** Runs one invocation; whatever the function does, this resolves. */
  async invoke(invocation: Invocation): Promise<Outcome> {
    const { requestId } = invocation;
    const cold = this.#startedAt !== undefined;
    const init = await this.#initialize();
    const initMs = cold ? init.initMs : undefined;
    const initLines = this.#printed.take();
    const startedAt = performance.now();
    const reply = init.failure ?? (await this.#serve(invocation));
    const durationMs = performance.now() - startedAt;
    const ended = await this.#conclude(requestId, reply);
    const lines = [...initLines, `START RequestId: ${requestId} Version: ${this.#version.version}`];
    return {
      requestId,
      ...ended,
      durationMs,
      initMs,
      memoryMb: this.#memoryMb,
      lines: [...lines, ...this.#printed.take()],
    };
  }

  /** Ends the process, whatever it is doing. */
  async end(): Promise<void> {
    this.usable = false;
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  async #initialize(): Promise<{ initMs: number; failure?: Reply }> {
    if (this.#startedAt === undefined) return { initMs: 0 };
    const mark = this.#printed.mark('init');
    const reply = await this.#reply(INIT_SECONDS);
    const initMs = performance.now() - this.#startedAt;
    this.#startedAt = undefined;
    if (reply.type !== 'ready') return { initMs, failure: reply };
    await mark;
    return { initMs };
  }

  async #serve(invocation: Invocation): Promise<Reply> {
    const { timeoutSeconds } = this.#version;
    const mark = this.#printed.mark(invocation.requestId);
    this.#child.send({ ...invocation, traceId: traceId(), deadline: Date.now() + timeoutSeconds * 1000 });
    const reply = await this.#reply(timeoutSeconds);
    if (reply.type === 'result' || reply.type === 'error') await mark;
    return reply;
  }

  async #reply(seconds: number): Promise<Reply> {
    const cancel = new AbortController();
    const message = this.#messages.next().then(({ value }) => (value as [Message])[0]);
    const late = wait(seconds * 1000, { type: 'timeout' } as const, { signal: cancel.signal });
    late.catch(() => undefined);
    const reply = await Promise.race([message, this.#closed, late]);
    cancel.abort();
    if ('memoryMb' in reply) this.#memoryMb = reply.memoryMb;
    return reply;
  }

  async #conclude(requestId: string, reply: Reply): Promise<Pick<Outcome, 'payload' | 'failed' | 'status'>> {
    if (reply.type === 'result') return limited(reply.payload);
    if (reply.type === 'error') return { payload: JSON.stringify(reply.error), failed: true };
    await this.end();
    const status = reply.type === 'timeout' ? 'timeout' : 'error';
    return { payload: JSON.stringify(this.#failure(requestId, reply)), failed: true, status };
  }

  #failure(requestId: string, reply: Reply): FunctionError {
    if (reply.type === 'fatal') return reply.error;
    if (reply.type === 'closed') return exited(requestId, reply.code, reply.signal);
    return timedOut(requestId, this.#version.timeoutSeconds);
  }
}
