import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { describeRequest } from '../../local-aws/aws-request.ts';
import { close, listen, urlOf } from './loopback-server.ts';

/** Told of each call that changes something, once it was carried out and before its caller hears of it. */
export type OnChange = (action: string) => void;

/** Names of actions that change nothing. */
export const readOnly = /^(Describe|List|Get|Head|Filter|Validate)/;

/** What a request asks for, such as `lambda:PublishVersion`; undefined when it only reads. */
function changeOf({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): string | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (url.includes('/api/v')) return `${method} ${url}`;
  const { service, action } = describeRequest({ method, url, headers, body });
  return readOnly.test(action) ? undefined : `${service}:${action}`;
}

/** An address that passes every request on to another one, headers and all, and tells of the changes it makes. */
export class ObservedEndpoint {
  readonly #target: URL;
  readonly #onChange: OnChange;
  readonly #server: Server;

  private constructor(target: string, onChange: OnChange) {
    this.#target = new URL(target);
    this.#onChange = onChange;
    this.#server = createServer((incoming, response) => void this.#pass(incoming, response));
  }

  static async start(target: string, onChange: OnChange): Promise<ObservedEndpoint> {
    const endpoint = new ObservedEndpoint(target, onChange);
    await listen(endpoint.#server);
    return endpoint;
  }

  get url(): string {
    return urlOf(this.#server);
  }

  /** Cuts every connection; whoever still holds this address reaches nothing by it any more. */
  close(): Promise<void> {
    return close(this.#server);
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await buffer(incoming);
      const answer = await this.#forward(incoming, body);
      const content = await buffer(answer);
      const change = changeOf(incoming, body);
      if (change) this.#onChange(change);
      response.writeHead(answer.statusCode ?? 500, answer.headers).end(content);
    } catch {
      response.destroy();
    }
  }

  #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const { hostname, port } = this.#target;
    return new Promise((resolve, reject) => {
      request({ hostname, port, method, path: url, headers }, resolve).on('error', reject).end(body);
    });
  }
}
