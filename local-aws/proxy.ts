import { request as httpRequest, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AwsError, type AwsResponse } from './aws-errors.ts';
import type { AwsRequest } from './aws-request.ts';

const HOP_BY_HOP = ['connection', 'keep-alive', 'expect'];

/** moto closes each connection and the SDK's should stay open, so both headers have to be set anew. */
function withoutHopByHop<T extends object>(headers: T): T {
  const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name));
  return Object.fromEntries(kept) as T;
}

/** What goes on to moto. Without `body` the incoming one, which nobody read, streams through. */
export type Forwarded = { request: AwsRequest; incoming: IncomingMessage; body?: Buffer };

function send(port: number, { incoming, body }: Forwarded): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = withoutHopByHop(incoming.headers);
    const upstream = httpRequest({
      host: '127.0.0.1',
      port,
      method: incoming.method,
      path: incoming.url,
      headers,
    });
    upstream.on('response', resolve).on('error', reject);
    if (body) upstream.end(body);
    else pipeline(incoming, upstream).catch(reject);
  });
}

/**
 * Sends a request on to moto as it came, Host included.
 * @returns moto's answer, its body still unread.
 * @throws AwsError NotImplemented when moto does not have the action.
 */
export async function askMoto(port: number, forwarded: Forwarded): Promise<AwsResponse> {
  const answer = await send(port, forwarded);
  const status = answer.statusCode ?? 502;
  if (status !== 501) return { status, headers: withoutHopByHop(answer.headers), body: answer };
  answer.resume();
  const { service, action } = forwarded.request;
  const message = `the laptop AWS does not have ${service}:${action}; local-aws/README.md lists what is missing`;
  throw new AwsError('NotImplemented', 501, message);
}
