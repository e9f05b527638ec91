import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';

/** AWS credentials as the SDK's credential chain gives them. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** A request to sign. */
export interface UnsignedRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

/**
 * Signs a request for API Gateway, the SHA-256 of its body included.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 * @param region of the API
 * @returns all headers to send
 */
export async function signedHeaders(
  { method, url, headers, body }: UnsignedRequest,
  region: string,
  credentials: AwsCredentials,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    body,
  });
  // The host is part of the signature, but fetch sets it itself.
  const { host: _, ...sent } = signed.headers;
  return sent;
}
