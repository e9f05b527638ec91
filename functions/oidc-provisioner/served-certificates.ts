import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { addAbortSignal } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import type { Endpoint } from './issuer-host.ts';

/** What a server's certificates say. */
export interface Served {
  /** SHA-1 of the top intermediate certificate: 40 hexadecimal digits, lower case. */
  thumbprint: string;
  /** Whether the chain leads to a CA this function trusts, and names the host. */
  trusted: boolean;
}

/**
 * The certificates as the server sent them, its own first. `getPeerCertificate(true)` will not do: it goes on from
 * the last one sent into the store of trusted CAs. This call empties the list that Node keeps: one call only.
 */
function sentCertificates(socket: TLSSocket): X509Certificate[] {
  const sent: X509Certificate[] = [];
  for (let one = socket.getPeerX509Certificate(); one; one = one.issuerCertificate) sent.push(one);
  return sent;
}

const isSelfSigned = (certificate: X509Certificate): boolean =>
  certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);

/**
 * The thumbprint AWS asks for: of the last certificate the server sends, which is the top intermediate CA's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
 * A root that is sent along does not count; a lone self-signed certificate does, there being no other.
 * @throws Error when the server sent none
 */
export function servedBy(socket: TLSSocket): Served {
  const trusted = socket.authorized;
  const sent = sentCertificates(socket);
  const top = sent.findLast((certificate) => !isSelfSigned(certificate)) ?? sent[0];
  if (!top) throw new Error('the server sent no certificate');
  return { thumbprint: top.fingerprint.replaceAll(':', '').toLowerCase(), trusted };
}

/**
 * Connects to a server, whoever signed its certificates, and hangs up once it has shown them.
 * @param ca trusted CAs in place of Node's own
 * @throws Error when there is no TLS connection before `signal` ends the wait
 */
export async function readCertificates(
  { host, address, port }: Endpoint,
  signal: AbortSignal,
  ca?: string[],
): Promise<Served> {
  const socket = connect({ host: address, port, servername: host, rejectUnauthorized: false, ca });
  addAbortSignal(signal, socket);
  try {
    await once(socket, 'secureConnect');
    return servedBy(socket);
  } finally {
    socket.destroy();
  }
}
