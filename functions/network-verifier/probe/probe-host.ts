import { isPrivateAddress } from '../../../shared/network/address-kinds.ts';
import { untilAborted } from '../../../shared/until-aborted.ts';
import type { Connection, ProbeNetwork } from './probe-network.ts';

/** The stages of a probe, in their order. */
export type Stage = 'dns' | 'tcp' | 'tls';

/** What to probe. */
export interface Target {
  host: string;
  port: number;
  /** Whether the host must have private addresses only; one that has others is then not connected to. */
  mustBePrivate: boolean;
}

/** How far a probe has come. */
export interface Probed {
  /** The last stage that was begun. */
  stage: Stage;
  /** The IPv4 addresses of the host. */
  addresses: string[];
  /** How long each stage that was begun has taken, in whole milliseconds. */
  ms: Partial<Record<Stage, number>>;
  /** Why that stage failed: one of `ownCodes` or a code of Node's. Absent when the host has answered. */
  problem?: string;
  /** Who signed a certificate that cannot be verified, by its own word. */
  issuer?: string;
}

/** Problems that Node has no code for. */
export const ownCodes = {
  /** The stage's time ran out. */
  noAnswer: 'NO_ANSWER',
  /** The time of the invocation ran out, so that nothing is known. */
  outOfTime: 'OUT_OF_TIME',
  publicAddress: 'PUBLIC_ADDRESS',
} as const;

/** What a stage may take at most, in milliseconds; for `tcp`, with each address. */
export const stageLimits: Record<Stage, number> = {
  // The VPC's resolver answers in milliseconds; what is lost is asked for again after 0.5 and 1.5 s.
  dns: 3_000,
  // Linux sends a SYN that gets no answer again after 1 and 3 s: https://www.rfc-editor.org/rfc/rfc6298#section-2
  tcp: 5_000,
  // Two round trips; the packets that are lost are sent again as above.
  tls: 5_000,
};

/** Addresses that are tried: who gets no answer from three of a host gets none from the others. */
const mostAddresses = 3;

const coded = (code: string, cause: unknown): Error => Object.assign(new Error(code, { cause }), { code });

/** Does the work of a stage for as long as the stage and the invocation may take. */
async function within<Value>(
  ms: number,
  end: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const limit = AbortSignal.timeout(ms);
  try {
    end.throwIfAborted();
    const signal = AbortSignal.any([end, limit]);
    return await untilAborted(work(signal), signal);
  } catch (error) {
    if (end.aborted) throw coded(ownCodes.outOfTime, error);
    throw limit.aborted ? coded(ownCodes.noAnswer, error) : error;
  }
}

/** Connects to the first address that takes the connection. @throws what the last one that was tried gave */
async function connectToAny(
  addresses: string[],
  connect: (address: string) => Promise<Connection>,
): Promise<Connection> {
  let refusal: unknown = new Error('the host has no address');
  for (const address of addresses.slice(0, mostAddresses)) {
    try {
      return await connect(address);
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

/**
 * Resolves a host, connects to it and does a TLS handshake, as a node would; sends no request. What the network does
 * not give is the `problem` of the result. Nothing is left open.
 * @param end ends the probe, wherever it is
 */
export async function probeHost(
  network: ProbeNetwork,
  { host, port, mustBePrivate }: Target,
  end: AbortSignal,
  limits = stageLimits,
): Promise<Probed> {
  const probed: Probed = { stage: 'dns', addresses: [], ms: {} };
  const during = async <Value>(stage: Stage, work: () => Promise<Value>): Promise<Value> => {
    const since = performance.now();
    probed.stage = stage;
    try {
      return await work();
    } finally {
      probed.ms[stage] = Math.round(performance.now() - since);
    }
  };
  let connection: Connection | undefined;
  try {
    probed.addresses = await during('dns', () =>
      within(limits.dns, end, (signal) => network.resolve(host, signal)),
    );
    if (mustBePrivate && !probed.addresses.every(isPrivateAddress)) {
      return { ...probed, problem: ownCodes.publicAddress };
    }
    const opened = await during('tcp', () =>
      connectToAny(probed.addresses, (address) =>
        within(limits.tcp, end, (signal) => network.connect(address, port, signal)),
      ),
    );
    connection = opened;
    const shown = await during('tls', () =>
      within(limits.tls, end, (signal) => opened.handshake(host, signal)),
    );
    return shown.problem === undefined ? probed : { ...probed, ...shown };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Everything the network does has a code; what has none is a fault of ours.
    if (typeof code !== 'string') throw error;
    return { ...probed, problem: code };
  } finally {
    connection?.close();
  }
}
