import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('moto-server/main.py', import.meta.url));
const END_WITHIN_MS = 3000;

/** What moto says once it answers: where it listens and who its administrator is. */
type Ready = { port: number; accountId: string; accessKeyId: string; secretAccessKey: string };

/** An internal endpoint's "there is no such thing"; the message is AWS's own where AWS has one. */
export class NotInMoto extends Error {
  override name = 'NotInMoto';
}

/** The running moto server, which only the front talks to. */
export class Moto {
  readonly ready: Ready;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, ready: Ready) {
    this.#process = child;
    this.ready = ready;
  }

  /** Starts moto and waits until it answers. @throws Error with moto's own output when it ends instead. */
  static async start(python: string, enforceIam: boolean): Promise<Moto> {
    const flags = enforceIam ? ['--enforce-iam'] : [];
    const child = spawn(python, ['-B', '-W', 'ignore', SERVER, ...flags], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: environment(),
    });
    // What moto complains about is for the person to see, while it starts and later.
    child.stderr.pipe(process.stderr, { end: false });
    const line = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
      once(child, 'close').then(() => undefined),
    ]);
    if (line === undefined) throw new Error('moto ended before it answered; its own output above says why');
    return new Moto(child, JSON.parse(line) as Ready);
  }

  /** Asks one of the endpoints in `moto-server/internal_api.py`. @throws NotInMoto */
  async ask<T>(endpoint: string, query: Record<string, string>): Promise<T> {
    return (await this.#get(endpoint, query)).json() as Promise<T>;
  }

  /** The same for an endpoint that answers with bytes. @throws NotInMoto */
  async askBytes(endpoint: string, query: Record<string, string>): Promise<Uint8Array> {
    return new Uint8Array(await (await this.#get(endpoint, query)).arrayBuffer());
  }

  async #get(endpoint: string, query: Record<string, string>): Promise<Response> {
    const url = `http://127.0.0.1:${this.ready.port}/_local-aws/${endpoint}?${new URLSearchParams(query)}`;
    const response = await fetch(url);
    if (response.status === 404)
      throw new NotInMoto(((await response.json()) as { message: string }).message);
    if (!response.ok)
      throw new Error(`moto answered ${response.status} to ${endpoint}: ${await response.text()}`);
    return response;
  }

  /** Ends the server, at the latest after a few seconds by force. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const closed = once(this.#process, 'close');
    const force = setTimeout(() => this.#process.kill('SIGKILL'), END_WITHIN_MS);
    this.#process.stdin?.end();
    await closed;
    clearTimeout(force);
  }
}

/** The host's AWS settings would point moto's own clients somewhere real; its MOTO settings would bend moto. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|MOTO)_/.test(name));
  return Object.fromEntries(kept);
}
