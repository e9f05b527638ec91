import { breaches, documentedOperations } from '../platform-api-document.ts';
import type { ClientCredentials, ClientRequest, PythonClient } from './python-client.ts';

/** Where an API is, and for which region requests are signed. */
export interface ApiAddress {
  /** Everything before `/api/v1`. */
  baseUrl: string;
  region: string;
}

/** A request for an operation. */
export interface ContractRequest
  extends Partial<Pick<ClientRequest, 'headers' | 'age' | 'sentBody' | 'replay'>> {
  /** What stands in the path in the place of `{name}`. */
  parameters?: Record<string, string>;
  /** With the question mark. */
  query?: string;
  /** Sent as JSON; a text is sent as it is. */
  body?: unknown;
  as?: ClientCredentials;
}

/** What an operation was answered. */
export interface ContractAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads of an answer, it asserts.
  body: any;
  headers: Record<string, string>;
  signed: Record<string, string>;
}

/** Any Platform API, asked through a client that is not ours; every answer is held against the OpenAPI document. */
export class ContractApi {
  readonly #address: ApiAddress;
  readonly #client: PythonClient;
  /** Such as `createCluster 201`. */
  readonly seen = new Set<string>();
  /** What was answered against the contract. */
  readonly breaches: string[] = [];

  constructor(address: ApiAddress, client: PythonClient) {
    this.#address = address;
    this.#client = client;
  }

  async ask(operationId: string, request: ContractRequest = {}): Promise<ContractAnswer> {
    const operation = documentedOperations.find((one) => one.operationId === operationId);
    if (!operation) throw new Error(`there is no operation ${operationId}`);
    const { parameters = {}, query = '', body, as, ...rest } = request;
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => parameters[name] ?? 'none');
    const { status, headers, signed, ...answer } = await this.#client.send({
      ...rest,
      method: operation.method,
      url: `${this.#address.baseUrl}/api/v1${path}${query}`,
      region: this.#address.region,
      ...(as && { credentials: as }),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const content = answer.body === '' ? undefined : JSON.parse(answer.body);
    this.seen.add(`${operationId} ${status}`);
    this.breaches.push(...breaches(operationId, status, content));
    return { status, headers, signed, body: content };
  }

  /** A request for a path that the document does not have. */
  async askPath(method: string, path: string, as: ClientCredentials): Promise<ContractAnswer> {
    const { baseUrl, region } = this.#address;
    const { body, ...answer } = await this.#client.send({
      method,
      url: `${baseUrl}${path}`,
      region,
      credentials: as,
    });
    return { ...answer, body: JSON.parse(body) };
  }
}

/** Every operation with every status it may answer, such as `createCluster 201`. */
export const documentedAnswers: string[] = documentedOperations.flatMap(({ operationId, responses }) =>
  Object.keys(responses).map((status) => `${operationId} ${status}`),
);
