import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ApiDependencies } from '../../../regional/api/dependencies.ts';
import { respond } from '../../../regional/api/respond.ts';
import { breaches } from '../platform-api-document.ts';
import { MemoryStore } from './memory-store.ts';

export const customer = '123456789012';
export const stranger = '210987654321';
export const operator = '111122223333';

/** A request, and who signed it. */
export interface AskedApi {
  method?: string;
  /** After `/api/v1`, with a query if any. */
  path: string;
  /** Sent as JSON; a text is sent as it is. */
  body?: unknown;
  /** Default: the customer; null for a request without identity. */
  as?: string | null;
  headers?: Record<string, string>;
}

/** What came back. */
export interface ApiAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of an answer, it asserts.
  body: any;
  headers: Record<string, string>;
  cause?: unknown;
}

/** A request as API Gateway passes it on. */
export function apiEvent({ method = 'GET', path, body, as = customer, headers = {} }: AskedApi) {
  const url = new URL(`/api/v1${path}`, 'https://example.com');
  const names = [...new Set(url.searchParams.keys())];
  const query = Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name)]));
  const hasQuery = names.length > 0;
  const identity = as
    ? { accountId: as, userArn: `arn:aws:sts::${as}:assumed-role/Admin/test` }
    : { accountId: null, userArn: null };
  return {
    httpMethod: method,
    path: url.pathname,
    pathParameters: { proxy: url.pathname.slice(1) },
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    multiValueQueryStringParameters: hasQuery ? query : null,
    queryStringParameters: hasQuery ? Object.fromEntries(url.searchParams) : null,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { identity, requestId: 'c0ffee00-0000-4000-8000-000000000000' },
  } as unknown as APIGatewayProxyEvent;
}

/** The API's function in memory. Every answer of an operation is held against the OpenAPI document. */
export class FakeApi {
  readonly dependencies: ApiDependencies;

  constructor(overrides: Partial<ApiDependencies> = {}) {
    this.dependencies = {
      store: new MemoryStore(),
      region: 'us-east-1',
      clmRoleArn: `arn:aws:iam::${operator}:role/CLMServiceRole`,
      operatorAccounts: [operator],
      oidcIssuerBaseUrl: 'https://oidc.example.com',
      newId: randomUUID,
      ...overrides,
    };
  }

  async ask(asked: AskedApi): Promise<ApiAnswer> {
    const { answer, operationId, cause } = await respond(this.dependencies, apiEvent(asked));
    const { status, headers = {} } = answer;
    const body = answer.body && JSON.parse(JSON.stringify(answer.body));
    const offences = operationId ? breaches(operationId, status, body) : [];
    if (offences.length > 0) throw new Error(`the answer breaks the contract: ${offences.join('; ')}`);
    return { status, body, headers, cause };
  }

  get = (path: string, as?: string | null) => this.ask({ path, as });
  post = (path: string, body: unknown, as?: string) => this.ask({ method: 'POST', path, body, as });
  patch = (path: string, body: unknown, as?: string) => this.ask({ method: 'PATCH', path, body, as });
  delete = (path: string, as?: string) => this.ask({ method: 'DELETE', path, as });
}

const arn = (component: string, account: string, region = 'us-east-1') =>
  `arn:aws:lambda:${region}:${account}:function:rosa-${component}:prod`;

/** The ARNs of an account's functions. */
export const functionsOf = (account: string, region?: string) => ({
  oidc_provisioner: arn('oidc-provisioner', account, region),
  preflight_checker: arn('preflight-checker', account, region),
  network_verifier: arn('network-verifier', account, region),
});

/** A registration as `rosactl setup-account` sends it. */
export const registrationOf = (account = customer, changes: object = {}) => ({
  account_id: account,
  region: 'us-east-1',
  lambda_functions: functionsOf(account),
  authentication: 'resource-policy',
  access_mode: 'lambda',
  ...changes,
});

/** The installer role of an account. */
export const installerRole = (account = customer) =>
  `arn:aws:iam::${account}:role/ManagedOpenShift-HCP-ROSA-Installer-Role`;

/** A cluster as it is asked for. */
export const clusterRequest = (changes: object = {}) => ({
  name: 'dev1',
  region: 'us-east-1',
  vpc_id: 'vpc-0a1b2c3d4e5f60718',
  subnet_ids: ['subnet-0a1b2c3d4e5f60718'],
  ...changes,
});
