import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { close, listen, urlOf } from '../loopback-server.ts';
import { type AccountRules, accountRoutes, externalIdFor, type TestAccount } from './accounts.ts';
import { refusal, type TestAnswer } from './answers.ts';
import { type ClusterRules, clusterRoutes } from './cluster-routes.ts';
import type { TestCluster } from './clusters.ts';
import { type Route, route } from './router.ts';
import { type Caller, verify, type WireRequest } from './signature.ts';

/** How the test API is to behave. */
export interface TestPlatformApiOptions
  extends AccountRules,
    Omit<ClusterRules, 'isProvisioned' | 'accessModeOf'> {
  /** Who is known, by access key id. */
  callers: Record<string, Caller>;
  /** Region signatures must be for. Default us-east-1 */
  region?: string;
  /** What /info tells; without it, 503 INFO-001. */
  clmRoleArn?: string;
  /** The API's clock. */
  now?(): Date;
}

/**
 * How a request fails: with this answer, by a closed connection, by no answer at all or half a one, with a page for
 * people, or by a closed connection after it was carried out.
 */
export type TestFault = TestAnswer | 'close' | 'hang' | 'hang-midway' | 'html' | 'close-after-doing-it';

const page: TestAnswer = { status: 200, body: '<!doctype html>\n<html><title>Welcome</title></html>' };

const healthRoutes = (clmRoleArn?: string): Route[] => [
  { method: 'GET', path: /^\/live$/, answer: () => ({ status: 200, body: { status: 'ok' } }) },
  {
    method: 'GET',
    path: /^\/info$/,
    answer: ({ version, accountId }) => {
      if (!clmRoleArn) return refusal(503, 'INFO-001', 'regional account ID is not configured');
      const v1 = { clm_role_arn: clmRoleArn, external_id: externalIdFor(accountId) };
      return { status: 200, body: version === 'v1' ? v1 : { arn: clmRoleArn } };
    },
  },
];

function write(response: ServerResponse, { status, body, headers }: TestAnswer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
  response.end(isText || body === undefined ? body : JSON.stringify(body));
}

/** A Platform API on this machine, v0 and v1, for tests: it believes only in right signatures, and fails on request. */
export class TestPlatformApi {
  /** Every request, failed ones included, in order. */
  readonly requests: WireRequest[] = [];
  readonly accounts = new Map<string, TestAccount>();
  readonly clusters = new Map<string, TestCluster>();
  readonly #options: TestPlatformApiOptions;
  readonly #routes: Route[];
  readonly #faults: TestFault[] = [];
  readonly #server: Server;

  private constructor(options: TestPlatformApiOptions) {
    const isProvisioned = (accountId: string): boolean =>
      this.accounts.has(accountId) || (options.privilegedAccounts ?? []).includes(accountId);
    const accessModeOf = (accountId: string) => this.accounts.get(accountId)?.registration?.access_mode;
    this.#options = options;
    this.#routes = [
      ...healthRoutes(options.clmRoleArn),
      ...accountRoutes(this.accounts, options),
      ...clusterRoutes(this.clusters, { ...options, isProvisioned, accessModeOf }),
    ];
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** Resolves when the API can be asked. */
  static async start(options: TestPlatformApiOptions): Promise<TestPlatformApi> {
    const api = new TestPlatformApi(options);
    await listen(api.#server);
    return api;
  }

  /** The base URL, without the stage `/prod`; both work. */
  get url(): string {
    return urlOf(this.#server);
  }

  /** Ends all connections, hanging ones too. */
  close(): Promise<void> {
    return close(this.#server);
  }

  /** Makes the next requests fail, after those that are to fail already. */
  failNext(times: number, fault: TestFault): void {
    this.#faults.push(...Array.from({ length: times }, () => fault));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = incoming;
    const headers = incoming.headers as Record<string, string>;
    const request = { method, path, headers, body: await text(incoming) };
    this.requests.push(request);
    const fault = this.#faults.shift();
    if (fault === 'hang') return;
    if (fault === 'hang-midway') return void response.writeHead(200).write('{"status":');
    if (fault === 'close') return void incoming.socket.destroy();
    if (fault === 'html') return write(response, page);
    if (typeof fault === 'object') return write(response, fault);
    const answer = await this.#answer(request);
    if (fault === 'close-after-doing-it') return void incoming.socket.destroy();
    write(response, answer);
  }

  async #answer(request: WireRequest): Promise<TestAnswer> {
    const { callers, region = 'us-east-1', now = () => new Date() } = this.#options;
    const caller = await verify(request, { callers, region, now });
    return 'status' in caller ? caller : route(this.#routes, request, caller.accountId);
  }
}
