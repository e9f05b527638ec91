import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findPython } from '../../../local-aws/python.ts';

const script = fileURLToPath(new URL('client.py', import.meta.url));

/** AWS credentials. */
export interface ClientCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** A request: client.py says what its fields mean. */
export interface ClientRequest {
  method: string;
  url: string;
  region: string;
  /** None: the request is not signed. */
  credentials?: ClientCredentials;
  body?: string;
  sentBody?: string;
  headers?: Record<string, string>;
  /** Seconds. */
  age?: number;
  replay?: Record<string, string>;
}

/** What came back. */
export interface ClientAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** The headers that were sent. */
  signed: Record<string, string>;
}

const wireCredentials = ({ accessKeyId, secretAccessKey, sessionToken }: ClientCredentials) => ({
  access_key: accessKeyId,
  secret_key: secretAccessKey,
  token: sessionToken,
});

/** Sends requests with Python's botocore and urllib3, one at a time. */
export class PythonClient {
  readonly #process: ChildProcessWithoutNullStreams;
  /** Its lines, one for each request. */
  readonly #answers: AsyncIterator<string>;
  #trouble = '';

  private constructor(python: string) {
    // Nothing of AWS comes from this machine: a request has its credentials with it.
    this.#process = spawn(python, [script], { env: { PATH: process.env.PATH } });
    this.#process.stderr.on('data', (chunk) => {
      this.#trouble += chunk;
    });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  static async start(): Promise<PythonClient> {
    return new PythonClient(await findPython(() => {}));
  }

  /** @throws Error with what Python said when the client has ended */
  async send({ credentials, sentBody, ...request }: ClientRequest): Promise<ClientAnswer> {
    const line = {
      ...request,
      ...(credentials && { credentials: wireCredentials(credentials) }),
      ...(sentBody !== undefined && { sent_body: sentBody }),
    };
    const answered = this.#answers.next();
    this.#process.stdin.write(`${JSON.stringify(line)}\n`);
    const answer = await answered;
    if (answer.done) throw new Error(`the client has ended: ${this.#trouble}`);
    return JSON.parse(answer.value);
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'close');
    this.#process.stdin.end();
    await ended;
  }
}
