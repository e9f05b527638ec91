import type { CodeStore } from './code-store.ts';
import { type Credentials, logStreamName } from './environment.ts';
import type { FunctionVersion } from './function-version.ts';
import type { Outcome } from './outcome.ts';
import { type Invocation, Sandbox } from './sandbox.ts';

const IDLE_MS = 60_000;

/** What the pool needs of the rest. */
export type PoolSettings = {
  code: CodeStore;
  endpoint: () => string;
  credentials: (version: FunctionVersion) => Promise<Credentials>;
};

type Idle = { key: string; owner: string; sandbox: Sandbox; timer: NodeJS.Timeout };

const ownerOf = ({ accountId, region, name, version }: FunctionVersion) =>
  [accountId, region, name, version].join(':');

/** Keeps sandboxes warm: one for each invocation under way, reused when the next finds the very same version idle. */
export class SandboxPool {
  readonly #settings: PoolSettings;
  readonly #running = new Set<Sandbox>();
  #idle: Idle[] = [];
  #closed = false;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  /** Runs one invocation and hands its outcome, and the sandbox it ran in, to `finish` before the sandbox is free. */
  async run<T>(
    version: FunctionVersion,
    invocation: Invocation,
    finish: (outcome: Outcome, sandbox: Sandbox) => Promise<T>,
  ): Promise<T> {
    const sandbox = await this.#take(version);
    try {
      return await finish(await sandbox.invoke(invocation), sandbox);
    } finally {
      this.#running.delete(sandbox);
      if (sandbox.usable) this.#keep(version, sandbox);
    }
  }

  /** The sandbox that is running with these credentials, and so makes the calls that they sign. */
  runningWith(accessKeyId: string | undefined): Sandbox | undefined {
    return [...this.#running].find((sandbox) => sandbox.accessKeyId === accessKeyId);
  }

  /** Ends every sandbox, running ones too. */
  async close(): Promise<void> {
    this.#closed = true;
    const idle = this.#idle.splice(0);
    for (const { timer } of idle) clearTimeout(timer);
    await Promise.all(
      [...idle.map(({ sandbox }) => sandbox), ...this.#running].map((sandbox) => sandbox.end()),
    );
  }

  async #take(version: FunctionVersion): Promise<Sandbox> {
    const key = JSON.stringify(version);
    const owner = ownerOf(version);
    const outdated = (idle: Idle) => idle.owner === owner && (idle.key !== key || !idle.sandbox.usable);
    await Promise.all(this.#remove(outdated).map((sandbox) => sandbox.end()));
    const warm = this.#idle.findIndex((idle) => idle.key === key);
    const [found] = warm < 0 ? [] : this.#idle.splice(warm, 1);
    clearTimeout(found?.timer);
    const sandbox = found?.sandbox ?? (await this.#start(version));
    this.#running.add(sandbox);
    return sandbox;
  }

  async #start(version: FunctionVersion): Promise<Sandbox> {
    const [credentials, directory] = await Promise.all([
      this.#settings.credentials(version),
      this.#settings.code.directory(version),
    ]);
    if (this.#closed) throw new Error('the laptop AWS is ending');
    const logStream = logStreamName(version.version);
    return new Sandbox(version, { credentials, directory, logStream, endpoint: this.#settings.endpoint() });
  }

  #keep(version: FunctionVersion, sandbox: Sandbox): void {
    const timer = setTimeout(() => {
      for (const old of this.#remove((idle) => idle.sandbox === sandbox)) void old.end();
    }, IDLE_MS);
    timer.unref();
    this.#idle.push({ key: JSON.stringify(version), owner: ownerOf(version), sandbox, timer });
  }

  #remove(unwanted: (idle: Idle) => boolean): Sandbox[] {
    const removed = this.#idle.filter(unwanted);
    this.#idle = this.#idle.filter((idle) => !removed.includes(idle));
    for (const { timer } of removed) clearTimeout(timer);
    return removed.map(({ sandbox }) => sandbox);
  }
}
