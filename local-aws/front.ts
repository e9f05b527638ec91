import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { AwsError, type AwsResponse, errorResponse } from './aws-errors.ts';
import { type AwsRequest, credentialScope, describeRequest } from './aws-request.ts';
import type { CallLog } from './call-log.ts';
import type { Caller, Callers } from './callers.ts';
import { answerControl, CONTROL_PATH, type Controls } from './control.ts';
import { suffer } from './fault-book.ts';
import type { Enforcer } from './iam/enforce.ts';
import { type InvokeDependencies, invoke } from './lambda/invoke.ts';
import { refuseOtherAccounts } from './lambda/other-accounts.ts';
import { askMoto } from './proxy.ts';
import { answerServiceQuotas } from './service-quotas/service-quotas.ts';
import { SIGN_IN_PATH, SignIn } from './sign-in.ts';

/** Everything the front puts together. */
export type FrontDependencies = Controls & InvokeDependencies & { enforcer: Enforcer; callers: Callers };

type Arrival = { incoming: IncomingMessage; request: AwsRequest; streamed: boolean };

function write(response: ServerResponse, { status, headers, body }: AwsResponse): void {
  if (body instanceof Readable) {
    response.writeHead(status, headers);
    pipeline(body, response).catch(() => response.destroy());
    return;
  }
  response.writeHead(status, {
    ...headers,
    ...(body.length > 0 && { 'content-length': Buffer.byteLength(body) }),
  });
  response.end(body);
}

/** S3's bodies can be large and are nobody's business here, so they stay unread and stream through. */
async function readRequest(incoming: IncomingMessage): Promise<Arrival> {
  const url = incoming.url ?? '/';
  const scope = credentialScope(incoming.headers, new URL(url, 'http://localhost').searchParams);
  const streamed = scope?.service === 's3';
  const body = streamed ? Buffer.alloc(0) : await buffer(incoming);
  const request = describeRequest({ method: incoming.method ?? 'GET', url, headers: incoming.headers, body });
  return { incoming, request, streamed };
}

/** The one door to the laptop AWS: counts, delays, refuses, answers or passes on every call. */
export class Front {
  readonly #server: Server = createServer((incoming, response) => void this.#handle(incoming, response));
  readonly #dependencies: FrontDependencies;
  readonly #signIn: SignIn;

  constructor(dependencies: FrontDependencies) {
    this.#dependencies = dependencies;
    this.#signIn = new SignIn(dependencies.callers);
  }

  /** Starts listening on 127.0.0.1. @returns the port, which is a free one for 0. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return (this.#server.address() as { port: number }).port;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const [path = '/', query = ''] = (incoming.url ?? '/').split('?');
      if (path === SIGN_IN_PATH) {
        write(response, await this.#signIn.answer(new URLSearchParams(query)));
        return;
      }
      if (path.startsWith(CONTROL_PATH)) {
        write(
          response,
          answerControl(this.#dependencies, incoming.method ?? 'GET', path, await buffer(incoming)),
        );
        return;
      }
      write(response, await this.#answerCall(await readRequest(incoming)));
    } catch (error) {
      console.error(error);
      if (response.headersSent) response.destroy();
      else write(response, { status: 500, headers: {}, body: 'the laptop AWS failed; its output says why' });
    }
  }

  async #answerCall(arrival: Arrival): Promise<AwsResponse> {
    const { callers, calls, enforcer } = this.#dependencies;
    const { incoming, request } = arrival;
    let caller = callers.stranger();
    let answer: AwsResponse;
    try {
      caller = await enforcer.identify(request);
      answer = await this.#answer(arrival, caller);
    } catch (error) {
      // A body that nobody read would be taken for the next request on this connection.
      incoming.resume();
      answer = errorResponse(request, asAwsError(error));
    }
    // Before the answer is written, so that its receiver finds the call in the list.
    record(calls, request, caller, answer.status);
    return answer;
  }

  async #answer(arrival: Arrival, caller: Caller): Promise<AwsResponse> {
    const { request } = arrival;
    const dependencies = this.#dependencies;
    await suffer(dependencies.faults.take(request.service, request.action));
    if (request.service === 'lambda' && request.action === 'Invoke')
      return invoke(request, caller, dependencies);
    await dependencies.enforcer.authorize(request, caller);
    if (request.service === 'servicequotas') return answerServiceQuotas(request, caller, dependencies);
    return this.#forward(arrival, caller);
  }

  async #forward({ incoming, request, streamed }: Arrival, caller: Caller): Promise<AwsResponse> {
    refuseOtherAccounts(request, caller);
    const { moto, callers } = this.#dependencies;
    const body = streamed ? undefined : request.body;
    const answer = await askMoto(moto.ready.port, { request, incoming, body });
    callers.noticeCall(request.service, request.action);
    return answer;
  }
}

/** Whatever else goes wrong is the laptop AWS's own fault, and says so in the caller's protocol. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  console.error(error);
  return new AwsError('InternalFailure', 500, `the laptop AWS failed: ${(error as Error).message}`);
}

function record(
  calls: CallLog,
  { service, action, region }: AwsRequest,
  caller: Caller,
  status: number,
): void {
  calls.add({ service, action, region, account: caller.accountId, principalArn: caller.arn, status });
}
