import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { type Endpoint, NotComputed } from './issuer-host.ts';
import { type Served, servedBy } from './served-certificates.ts';

/** Far above a real one, which has about 1 KiB, and far below what would hurt a function of 128 MiB. */
const largestBytes = 64 * 1024;

/** Where an issuer keeps its keys, and the certificates of the server that said so. */
export interface Discovery extends Served {
  jwksUri: string;
}

/** https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest */
const documentPath = (issuerUrl: string): string =>
  `${new URL(issuerUrl).pathname.replace(/\/$/, '')}/.well-known/openid-configuration`;

async function limitedText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (bytes > largestBytes) {
      throw new NotComputed(`the issuer's discovery document has more than ${largestBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The issuer a document names must be the one that was asked: section 4.3 of the same specification. */
function jwksUriIn(text: string, issuerUrl: string): string {
  const { issuer, jwks_uri } = parsed(text);
  if (
    typeof issuer !== 'string' ||
    !URL.canParse(issuer) ||
    new URL(issuer).href !== new URL(issuerUrl).href
  ) {
    throw new NotComputed("the issuer's discovery document names another issuer");
  }
  if (typeof jwks_uri !== 'string') throw new NotComputed("the issuer's discovery document has no jwks_uri");
  return jwks_uri;
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    throw new NotComputed("the issuer's discovery document is not JSON");
  }
}

/**
 * Reads an issuer's discovery document. Unlike the server with the keys, this one must prove who it is: its word
 * decides whose certificate is trusted from then on. Redirects are not followed, proxies not used.
 * @param ca trusted CAs in place of Node's own
 * @throws NotComputed for a document that is none; Error when there is no answer before `signal` ends the wait
 */
export async function readDiscovery(
  { host, address, port }: Endpoint,
  issuerUrl: string,
  signal: AbortSignal,
  ca?: string[],
): Promise<Discovery> {
  const headers = { host, accept: 'application/json' };
  const path = documentPath(issuerUrl);
  // Only Node's global agent may be told by the environment to use a proxy: this request has an agent of its own.
  const request = get({ host: address, port, servername: host, path, headers, agent: false, signal, ca });
  // Cut off while its answer is read, a request fails too, and an error nobody listens to ends the process.
  request.on('error', () => {});
  try {
    const [response]: IncomingMessage[] = await once(request, 'response');
    if (response?.statusCode !== 200) {
      throw new NotComputed(`${host} answered ${response?.statusCode} when asked for the discovery document`);
    }
    const served = servedBy(response.socket as TLSSocket);
    return { ...served, jwksUri: jwksUriIn(await limitedText(response), issuerUrl) };
  } finally {
    request.destroy();
  }
}
