import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { MotoProcess } from './moto-process.ts';

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
  readonly #process: MotoProcess;

  private constructor(process: MotoProcess, ready: Ready) {
    this.#process = process;
    this.ready = ready;
  }

  /** Waits until a new moto answers. @throws Error when it ends instead, with its own output on standard error */
  static async start(process: MotoProcess, settings: { enforceIam: boolean }): Promise<Moto> {
    process.input.write(`${JSON.stringify(settings)}\n`);
    const line = await Promise.race([
      once(createInterface(process.output), 'line').then(([text]) => String(text)),
      process.ended.then(() => undefined),
    ]);
    if (line === undefined) throw new Error('moto ended before it answered; its own output above says why');
    return new Moto(process, JSON.parse(line) as Ready);
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
    const { input, ended, kill } = this.#process;
    const force = setTimeout(kill, END_WITHIN_MS);
    input.end();
    await ended;
    clearTimeout(force);
  }
}
