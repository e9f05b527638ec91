import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { tenths } from '../shared/operation/tenths.ts';
import { isChange } from './aws-actions.ts';
import { AwsError, type AwsResponse, errorResponse } from './aws-errors.ts';
import { type AwsRequest, credentialScope, describeRequest } from './aws-request.ts';
import type { Call } from './call-log.ts';
import type { Caller, Callers } from './callers.ts';
import { answerControl, CONTROL_PATH, type Controls } from './control.ts';
import type { EventSources } from './events/event-sources.ts';
import { EXECUTE_API_PATH, type ExecuteApiDependencies, executeApi } from './execute-api/execute-api.ts';
import { type Fault, suffer } from './fault-book.ts';
import type { Enforcer } from './iam/enforce.ts';
import { type InvokeDependencies, invoke } from './lambda/invoke.ts';
import { refuseOtherAccounts } from './lambda/other-accounts.ts';
import type { Sandbox } from './lambda/sandbox.ts';
import { askMoto } from './proxy.ts';
import { answerServiceQuotas } from './service-quotas/service-quotas.ts';
import { SIGN_IN_PATH, SignIn } from './sign-in.ts';

/** Everything the front puts together. */
export type FrontDependencies = Controls &
  InvokeDependencies &
  ExecuteApiDependencies & { enforcer: Enforcer; callers: Callers; sources: EventSources };

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
      const answer = await this.#answerAny(incoming);
      if (answer) write(response, answer);
      else response.destroy();
    } catch (error) {
      console.error(error);
      if (response.headersSent) response.destroy();
      else write(response, { status: 500, headers: {}, body: 'the laptop AWS failed; its output says why' });
    }
  }

  /** @returns undefined when the caller is gone, and nobody would read an answer */
  async #answerAny(incoming: IncomingMessage): Promise<AwsResponse | undefined> {
    const { method = 'GET', url = '/', headers } = incoming;
    const [path = '/', query = ''] = url.split('?');
    if (path === SIGN_IN_PATH) return this.#signIn.answer(new URLSearchParams(query));
    if (path.startsWith(CONTROL_PATH))
      return answerControl(this.#dependencies, method, path, await buffer(incoming));
    if (path.startsWith(EXECUTE_API_PATH)) {
      const sourceIp = incoming.socket.remoteAddress ?? '127.0.0.1';
      const request = { method, url, headers, rawHeaders: incoming.rawHeaders, sourceIp };
      return executeApi({ ...request, body: await buffer(incoming) }, this.#dependencies);
    }
    return this.#answerCall(await readRequest(incoming));
  }

  async #answerCall(arrival: Arrival): Promise<AwsResponse | undefined> {
    const { callers, calls, enforcer, faults, pool } = this.#dependencies;
    const { incoming, request } = arrival;
    const cameAt = performance.now();
    const sandbox = pool.runningWith(request.accessKeyId);
    let caller = callers.stranger();
    let fault: Fault | undefined;
    let answer: AwsResponse;
    try {
      caller = await enforcer.identify(request);
      fault = faults.take({ ...request, function: sandbox?.functionName });
      answer = await this.#answer(arrival, caller, fault);
    } catch (error) {
      // A body that nobody read would be taken for the next request on this connection.
      incoming.resume();
      answer = errorResponse(request, asAwsError(error));
    }
    // Before the answer is written, so that its receiver finds the call in the list.
    const ms = tenths(performance.now() - cameAt);
    calls.add({ ...callOf(request, caller, sandbox), status: answer.status, ms });
    if (fault?.effect !== 'crash' || !sandbox) return answer;
    if (answer.body instanceof Readable) answer.body.resume();
    await sandbox.end();
    return undefined;
  }

  async #answer(arrival: Arrival, caller: Caller, fault: Fault | undefined): Promise<AwsResponse> {
    const { request } = arrival;
    const dependencies = this.#dependencies;
    await suffer(fault);
    if (request.service === 'lambda' && request.action === 'Invoke')
      return invoke(request, caller, dependencies);
    await dependencies.enforcer.authorize(request, caller);
    if (request.service === 'servicequotas') return answerServiceQuotas(request, caller, dependencies);
    return this.#forward(arrival, caller);
  }

  async #forward({ incoming, request, streamed }: Arrival, caller: Caller): Promise<AwsResponse> {
    refuseOtherAccounts(request, caller);
    const { moto, callers, sources, schedules } = this.#dependencies;
    const body = streamed ? undefined : request.body;
    const answer = await askMoto(moto.ready.port, { request, incoming, body });
    callers.noticeCall(request.service, request.action);
    await Promise.all([sources.notice(request), schedules.notice(request)]);
    return answer;
  }
}

/** Whatever else goes wrong is the laptop AWS's own fault, and says so in the caller's protocol. */
function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  console.error(error);
  return new AwsError('InternalFailure', 500, `the laptop AWS failed: ${(error as Error).message}`);
}

function callOf(
  { service, action, region }: AwsRequest,
  { accountId: account, arn: principalArn }: Caller,
  sandbox: Sandbox | undefined,
): Omit<Call, 'status' | 'ms'> {
  const changes = isChange(service, action);
  return { service, action, region, account, principalArn, changes, function: sandbox?.functionName };
}
