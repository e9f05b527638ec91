import { generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';

/** A certificate made for a test, with its key. */
export interface TestCertificate {
  name: string;
  pem: string;
  key: KeyObject;
  /** SHA-1 in lower case, as IAM writes a thumbprint. */
  thumbprint: string;
}

/** DER: tag, length, content. https://www.itu.int/rec/T-REC-X.690 */
function der(tag: number, ...parts: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const yes = der(0x01, Buffer.from([0xff]));

const commonName = oid('550403');
const basicConstraints = oid('551d13');
const subjectAltName = oid('551d11');
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));

const nameOf = (name: string) => sequence(der(0x31, sequence(commonName, der(0x0c, name))));
const caExtension = sequence(basicConstraints, yes, der(0x04, sequence(yes)));
const hostExtension = (host: string) => sequence(subjectAltName, der(0x04, sequence(der(0x82, host))));

let serial = 1;

/**
 * Makes an X.509 certificate (RFC 5280, section 4.1), valid until 2049: no file that runs out, no program that a
 * machine may lack.
 * @param name the common name; of a server's certificate also its host name
 * @param issuer signs it; without one it is self-signed
 */
export function certificate(name: string, kind: 'ca' | 'server', issuer?: TestCertificate): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([serial++])),
    ecdsaWithSha256,
    nameOf(issuer?.name ?? name),
    sequence(der(0x17, '200101000000Z'), der(0x17, '491231235959Z')),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(kind === 'ca' ? caExtension : hostExtension(name))),
  );
  const signature = sign('sha256', content, issuer?.key ?? privateKey);
  const x509 = new X509Certificate(
    sequence(content, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature)),
  );
  return {
    name,
    pem: x509.toString(),
    key: privateKey,
    thumbprint: x509.fingerprint.replaceAll(':', '').toLowerCase(),
  };
}
