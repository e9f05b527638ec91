import type { AwsResponse } from '../aws-errors.ts';
import type { Outcome } from '../lambda/outcome.ts';
import { refusals } from './gateway-answers.ts';

type Scalar = string | number | boolean;
type ProxyAnswer = {
  statusCode?: unknown;
  headers?: Record<string, Scalar> | null;
  multiValueHeaders?: Record<string, Scalar[]> | null;
  body?: unknown;
  isBase64Encoded?: boolean;
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'date',
  'expect',
  'host',
  'server',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);

const isScalar = (value: unknown): value is Scalar => ['string', 'number', 'boolean'].includes(typeof value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function statusOf({ statusCode }: ProxyAnswer): number {
  const status = typeof statusCode === 'string' ? Number(statusCode) : statusCode;
  if (!Number.isInteger(status) || (status as number) < 100 || (status as number) > 599)
    throw refusals.failed();
  return status as number;
}

function headersOf({ headers, multiValueHeaders }: ProxyAnswer): Record<string, string | string[]> {
  if (![headers ?? {}, multiValueHeaders ?? {}].every(isObject)) throw refusals.failed();
  const single = Object.entries(headers ?? {}).map(([name, value]) => [name, [value]] as const);
  // A header that is in both has the several values.
  const all = [...single, ...Object.entries(multiValueHeaders ?? {})];
  const written = all.map(([name, values]) => {
    if (!Array.isArray(values) || !values.every(isScalar)) throw refusals.failed();
    const lower = name.toLowerCase();
    return [REMAPPED.has(lower) ? `x-amzn-remapped-${lower}` : lower, values.map(String)] as const;
  });
  return Object.fromEntries(
    written.map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

function parse(payload: string): ProxyAnswer {
  const answer: unknown = JSON.parse(payload);
  if (!isObject(answer)) throw refusals.failed();
  return answer;
}

/**
 * What the client gets of a function's answer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 * @throws GatewayRefusal 502 when the function failed or its answer is not of that form
 */
export function proxyAnswer({ failed, payload }: Pick<Outcome, 'failed' | 'payload'>): AwsResponse {
  if (failed) throw refusals.failed();
  const answer = parse(payload);
  const { body = '', isBase64Encoded } = answer;
  if (body !== null && typeof body !== 'string') throw refusals.failed();
  const headers = { 'content-type': 'application/json', ...headersOf(answer) };
  const text = body ?? '';
  return {
    status: statusOf(answer),
    headers,
    body: isBase64Encoded ? Buffer.from(text, 'base64') : text,
  };
}
