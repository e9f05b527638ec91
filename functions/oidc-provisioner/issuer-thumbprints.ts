import { untilAborted } from '../../shared/until-aborted.ts';
import { readDiscovery } from './discovery-document.ts';
import { type Endpoint, hostOf, locatePublicHost, NotComputed } from './issuer-host.ts';
import { readCertificates } from './served-certificates.ts';

/** What was found out about an issuer's certificates. */
export interface ComputedThumbprints {
  /** Of the server with the keys first, then of the issuer's own if it is another. None when `reason` is there. */
  thumbprints: string[];
  /** Whether a CA this function trusts signed them. AWS, with a list of its own, then looks at no thumbprint. */
  trusted: boolean;
  /** Why none could be computed, as the end of a sentence. */
  reason?: string;
}

/** How hosts are found, and which CAs are believed. */
export interface Internet {
  locate(host: string): Promise<Endpoint>;
  /** In place of those Node trusts. */
  ca?: string[];
}

/** The real one. */
export const internet: Internet = { locate: (host) => locatePublicHost(host) };

/** One host is looked up, connected to and read within this time. */
const stepMs = 5_000;

/** Left for IAM: one call of up to 10 s, the answer, and a margin. */
const keptForIamMs = 15_000;

/**
 * Computes the thumbprints of an issuer as AWS describes it: of the host that serves its keys, and of its own when
 * that is another one.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 *
 * The issuer's host must show a certificate signed by a trusted CA. Where it does not, either its CA is private or
 * somebody on this function's way out intercepts TLS. The thumbprint of an interceptor must not end up in IAM, and
 * nothing tells the two apart from here: IAM, which looks from elsewhere, is left to find the thumbprint. The host
 * of the keys, once its name is certain, may be signed by anybody: for that case there are thumbprints.
 * Never rejects: what went wrong is the `reason`.
 */
export async function issuerThumbprints(
  { locate, ca }: Internet,
  issuerUrl: string,
  remainingMs: number,
): Promise<ComputedThumbprints> {
  const end = performance.now() + remainingMs - keptForIamMs;
  try {
    const issuerHost = hostOf(issuerUrl, 'the issuer');
    const discovery = await step(issuerHost, end, async (signal) =>
      readDiscovery(await locate(issuerHost), issuerUrl, signal, ca),
    );
    const { thumbprint, trusted } = discovery;
    const keysHost = hostOf(discovery.jwksUri, "the issuer's jwks_uri");
    if (keysHost === issuerHost) return { thumbprints: [thumbprint], trusted };
    const keys = await step(keysHost, end, async (signal) =>
      readCertificates(await locate(keysHost), signal, ca),
    );
    return { thumbprints: [...new Set([keys.thumbprint, thumbprint])], trusted: keys.trusted };
  } catch (error) {
    return { thumbprints: [], trusted: false, reason: (error as Error).message };
  }
}

/** Does what concerns one host, for as long as that may take, and says of a failure which host it was. */
async function step<Value>(
  host: string,
  end: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const ms = Math.min(stepMs, Math.floor(end - performance.now()));
  if (ms <= 0) throw new NotComputed('too little time was left for it');
  const signal = AbortSignal.timeout(ms);
  try {
    // A look-up of a name cannot be stopped.
    return await untilAborted(work(signal), signal);
  } catch (error) {
    throw error instanceof NotComputed ? error : new NotComputed(explanation(host, error, signal));
  }
}

function explanation(host: string, error: unknown, signal: AbortSignal): string {
  const { code = 'no code' } = error as NodeJS.ErrnoException;
  if (signal.aborted) return `${host} did not answer in time from where the function runs`;
  // Node's codes: https://nodejs.org/api/tls.html#x509-certificate-error-codes, and ERR_TLS_CERT_ALTNAME_INVALID.
  if (/CERT|SIGNATURE/.test(code)) return `the certificate of ${host} cannot be verified (${code})`;
  return `${host} cannot be read from where the function runs (${code})`;
}
