import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as organizations from '@aws-sdk/client-organizations';
import * as tagging from '@aws-sdk/client-resource-groups-tagging-api';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as quotas from '@aws-sdk/client-service-quotas';
import * as sts from '@aws-sdk/client-sts';
import * as support from '@aws-sdk/client-support';
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { NormalizedSchema } from '@smithy/core/schema';
import { describeRequest } from '../../../local-aws/aws-request.ts';
import type { Instrument } from '../../../shared/aws/clients.ts';
import { answerBody, errorBody, type Operation, type Output, type Protocol } from './answer-body.ts';

/** The services a fake AWS has, by their signing names. */
const services: Record<string, { protocol: Protocol; operations: Record<string, unknown> }> = {
  ec2: { protocol: 'ec2', operations: ec2 },
  iam: { protocol: 'query', operations: iam },
  organizations: { protocol: 'json', operations: organizations },
  secretsmanager: { protocol: 'json', operations: secrets },
  servicequotas: { protocol: 'json', operations: quotas },
  dynamodb: { protocol: 'json', operations: dynamodb },
  // Its requests name what they are about in their path; its answers are JSON all the same, but for those of Invoke.
  lambda: { protocol: 'json', operations: lambda },
  sts: { protocol: 'query', operations: sts },
  tagging: { protocol: 'json', operations: tagging },
  support: { protocol: 'json', operations: support },
};

/** One request as it came over the wire. */
export interface Call {
  /** The IAM action, such as `ec2:DescribeVpcs`. */
  action: string;
  /** Its fields as the protocol writes them, such as `Filter.1.Value.1`. */
  input: Record<string, string>;
  region: string;
  /** Of the URL, without the query. */
  path: string;
  /** The field that asks for the next page, where the answer may come in pages. */
  pageToken?: string;
}

/** What an account answers, by IAM action. @throws Refusal */
export type Answers = Record<string, (input: Call['input']) => Output>;

/** An error of the service. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message = `${code} for a test`) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** An answer that is not written as the service writes its own. */
export class OddAnswer extends Error {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, string>;

  constructor(status: number, body: string, headers: Record<string, string> = {}) {
    super('not an answer of the service');
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** A call, and what the account would answer it. @throws Refusal */
export interface Exchange {
  call: Call;
  answer(): Output;
}

/** What becomes of a call. An error that is neither a Refusal nor an OddAnswer is one of the network. */
export type Behaviour = (exchange: Exchange) => Output | Promise<Output>;

const asTold: Behaviour = ({ answer }) => answer();

/** Retries at once, as often as the client is set to; what others have used up does not count. */
async function withoutPauses(maxAttempts: () => Promise<number>) {
  const backoff = { setDelayBase: () => {}, computeNextBackoffDelay: () => 0 };
  return new StandardRetryStrategy({ maxAttempts: await maxAttempts(), backoff });
}

type Send = (args: { input: object }) => Promise<object>;

interface Client {
  config: {
    credentials: unknown;
    requestHandler: unknown;
    retryStrategy: unknown;
    maxAttempts(): Promise<number>;
  };
  middlewareStack: {
    add(
      middleware: (next: Send, context: { commandName: string }) => Send,
      options: { step: 'initialize' },
    ): void;
  };
}

/**
 * AWS at the far end of real SDK clients: they write, sign, retry and read as they do in production, and instead of
 * a connection there is a function. Nothing waits, unless a behaviour does.
 */
export class FakeAws {
  readonly calls: Call[] = [];
  readonly #answers: Answers;
  readonly #bodies = new Map<string, string>();
  #behaviour = asTold;
  #touched?: string;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  /** What becomes of calls from now on; those that were made are forgotten. */
  behave(behaviour: Behaviour = asTold): void {
    this.#behaviour = behaviour;
    this.#touched = undefined;
    this.calls.length = 0;
  }

  /**
   * The same for the calls of one action. All others are answered as they were before, without going over the wire
   * again, which is most of what a run costs.
   */
  touch(action: string, behaviour: Behaviour): void {
    this.behave((exchange) => (exchange.call.action === action ? behaviour(exchange) : exchange.answer()));
    this.#touched = `${action.split(':')[1]}Command`;
  }

  /** Connects a client with this AWS, after an operation has had a look at it. */
  seenBy(instrument: Instrument): Instrument {
    return (client) => this.instrument(instrument(client));
  }

  /** Connects a client with this AWS. */
  readonly instrument: Instrument = (client) => {
    const { config, middlewareStack } = client as unknown as Client;
    // Made up, so that the SDK looks for none on this machine.
    config.credentials = async () => ({ accessKeyId: 'none', secretAccessKey: 'none' });
    config.requestHandler = { handle: (request: HttpRequest) => this.#handle(request) };
    config.retryStrategy = () => withoutPauses(config.maxAttempts);
    const memory = new Map<string, object>();
    const remember =
      (next: Send, { commandName }: { commandName: string }) =>
      async (args: { input: object }) => {
        const key = commandName + JSON.stringify(args.input);
        const known = memory.get(key);
        if (known && this.#touched && this.#touched !== commandName) return known;
        const answer = await next(args);
        if (!this.#touched) memory.set(key, answer);
        return answer;
      };
    middlewareStack.add(remember, { step: 'initialize' });
    return client;
  };

  async #handle(request: HttpRequest): Promise<{ response: HttpResponse }> {
    const { call, protocol, operation } = readCall(request);
    this.calls.push(call);
    const answer = () => {
      const known = this.#answers[call.action];
      if (!known) throw new Error(`the fake AWS has no answer to ${call.action}: give it one`);
      return known(call.input);
    };
    const answered = await this.#answer(protocol, operation, { call, answer });
    const { status, body, headers = {} } = answered as OddAnswer;
    return { response: new HttpResponse({ statusCode: status, headers, body: Buffer.from(body) }) };
  }

  #bodyOf(protocol: Protocol, operation: Operation, output: Output): string {
    const key = operation[2] + JSON.stringify(output);
    const body = this.#bodies.get(key) ?? answerBody(protocol, operation, output);
    this.#bodies.set(key, body);
    return body;
  }

  async #answer(protocol: Protocol, operation: Operation, exchange: Exchange) {
    try {
      const output = await this.#behaviour(exchange);
      return { status: 200, body: this.#bodyOf(protocol, operation, output) };
    } catch (error) {
      if (error instanceof OddAnswer) return error;
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: errorBody(protocol, error.code, error.message) };
    }
  }
}

const tokens = ['NextToken', 'nextToken', 'Marker'];

const pageTokenOf = ([, , , , input]: Operation): string | undefined =>
  [...NormalizedSchema.of(input).structIterator()]
    .map(([name]) => name)
    .find((name) => tokens.includes(name));

function fieldsIn(protocol: Protocol, body: string): Record<string, string> {
  return protocol === 'json' ? JSON.parse(body || '{}') : Object.fromEntries(new URLSearchParams(body));
}

function readCall({ method, path, headers, body, query }: HttpRequest) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.concat([body ?? Buffer.of()]);
  const {
    service,
    action,
    region,
    path: pathname,
  } = describeRequest({ method, url: path, headers, body: bytes });
  const { protocol, operations } = services[service] ?? {};
  if (!protocol) throw new Error(`the fake AWS has no service ${service}`);
  const operation = operations?.[`${action}$`] as Operation;
  const call: Call = {
    action: `${service}:${action}`,
    input: { ...fieldsIn(protocol, bytes.toString('utf8')), ...(query as Record<string, string>) },
    region,
    path: decodeURIComponent(pathname),
    pageToken: pageTokenOf(operation),
  };
  return { call, protocol, operation };
}
