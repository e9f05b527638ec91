import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A header: the id of the query, an answer with recursion, a code, one question, so many records. RFC 1035, 4.1.1 */
const header = (query: Buffer, code: number, records: number): Buffer =>
  Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80 | code, 0, 1, 0, records, 0, 0, 0, 0]);

/** The question as it was asked: name, type and class, from byte 12 on. */
const question = (query: Buffer): Buffer => query.subarray(12, query.indexOf(0, 12) + 5);

/** The name in the question. */
function nameOf(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at]; at += (query[at] ?? 0) + 1)
    labels.push(query.toString('latin1', at + 1, at + 1 + (query[at] ?? 0)));
  return labels.join('.');
}

/** An A record of the name in the question, good for a minute. RFC 1035, 3.2.1 */
const record = (address: string): Buffer =>
  Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]);

const noSuchName = 3;

/** A DNS server on this machine. */
export interface DnsServer {
  /** `address:port`. */
  address: string;
  /** How often it was asked. */
  queries(): number;
  stop(): void;
}

/** @param names the addresses by name; no address: it does not answer. Any other name does not exist */
export async function startDnsServer(names: Record<string, string[]>): Promise<DnsServer> {
  const socket = createSocket('udp4');
  let queries = 0;
  socket.on('message', (query, { port, address }) => {
    queries += 1;
    const addresses = names[nameOf(query)];
    if (addresses?.length === 0) return;
    const head = header(query, addresses ? 0 : noSuchName, addresses?.length ?? 0);
    const answer = Buffer.concat([head, question(query), ...(addresses ?? []).map(record)]);
    socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { address, port } = socket.address();
  return { address: `${address}:${port}`, queries: () => queries, stop: () => void socket.close() };
}
