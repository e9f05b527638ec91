import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';

/** Whose key signs, what is sent, and what its signature is for. */
export interface SignedRequest {
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  region?: string;
  signingDate?: Date;
}

/** Sends a request to a REST API, signed as AWS asks: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
export async function signedFetch(address: string, request: SignedRequest): Promise<Response> {
  const { credentials, method = 'GET', body, region = 'us-east-1', signingDate } = request;
  const url = new URL(address);
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const unsigned = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(
      [...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)]),
    ),
    headers: { host: url.host, ...request.headers },
    body,
  };
  const { headers } = await signer.sign(unsigned, { signingDate });
  return fetch(url, { method, headers, body });
}
