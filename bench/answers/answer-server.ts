import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { type AwsRequest, describeRequest } from '../../local-aws/aws-request.ts';
import { Answers, type Ask, type Sizes } from './answers.ts';
import type { Call } from './calls.ts';

const hopByHop = new Set(['connection', 'content-length', 'expect', 'host', 'transfer-encoding']);

/** Asks the AWS at a URL, in the caller's name. */
const askAt =
  (url: string): Ask =>
  async ({ method, path, headers }, body) => {
    const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name));
    const response = await fetch(url + path, {
      method,
      headers: Object.fromEntries(kept) as Record<string, string>,
      body,
    });
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? 'text/xml',
      body: Buffer.from(await response.arrayBuffer()),
    };
  };

/** Stands before the laptop AWS while something is measured: counts calls, delays them, and repeats its answers. */
export class AnswerServer {
  readonly #server = createServer((incoming, response) => void this.#handle(incoming, response));
  readonly #answers: Answers;
  #calls: Call[] = [];
  #latencyMs = 0;
  url = '';

  private constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** Listens on a free port of 127.0.0.1. @param laptop where the answers come from */
  static async start(laptop: string): Promise<AnswerServer> {
    const made = new AnswerServer(new Answers(askAt(laptop)));
    // A process that is busy parsing must not find its connection closed when it comes back to it.
    made.#server.keepAliveTimeout = 0;
    await new Promise<void>((resolve) => made.#server.listen(0, '127.0.0.1', resolve));
    made.url = `http://127.0.0.1:${(made.#server.address() as AddressInfo).port}`;
    return made;
  }

  /** Another account from now on: what is there is asked anew, and listings of EC2 have these sizes. */
  startOver(sizes: Sizes): void {
    this.#answers.startOver(sizes);
  }

  /**
   * Moves AWS so many milliseconds away. Pages of listings are then almost empty, and as many as before: what is
   * asked for is the number of round trips, to which the time of parsing would only add noise.
   */
  moveAway(latencyMs: number): void {
    this.#latencyMs = latencyMs;
    this.#answers.brief = latencyMs > 0;
  }

  /** The calls since the last time, oldest first. */
  takeCalls(): Call[] {
    return this.#calls.splice(0);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { method = 'GET', url = '/', headers } = incoming;
      const request = describeRequest({ method, url, headers, body: await buffer(incoming) });
      this.#note(request);
      if (this.#latencyMs > 0) await wait(this.#latencyMs);
      const answer = await this.#answers.to(request);
      response.writeHead(answer.status, {
        'content-type': answer.contentType,
        'content-length': answer.body.length,
      });
      response.end(answer.body);
    } catch (error) {
      response.writeHead(501).end(`${error}`);
    }
  }

  #note({ service, region, action, body }: AwsRequest): void {
    this.#calls.push({ service, region, action, body: body.toString('base64') });
  }
}
