import { parseCidr } from '../../shared/network/cidr.ts';
import type { Direction } from '../../shared/network/network-acl.ts';
import {
  addressesOf,
  type Flow,
  internet,
  port,
  protocols,
  type Range,
} from '../../shared/network/traffic.ts';
import type { Question } from './network-acls.ts';

/** Those at the other end of a subnet's traffic. */
export interface Peers {
  ranges: Range[];
  /** Who they are, for messages: `the internet`. */
  name: string;
  /** The range to allow in a rule for them. */
  cidr: string;
  /** How much of the traffic with them can be dropped before the cluster fails: a share from 0 to 1. */
  tolerance: number;
}

const httpsPort = port(443);

/**
 * Ports that answers come to: those of nodes (Linux's net.ipv4.ip_local_port_range), and those of NAT gateways,
 * load balancers and others. https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
 */
const nodePorts = port(32768, 60999);
export const ephemeralPorts = port(1024, 65535);

/** Closing about a /8 of the internet closes a few networks, closing more closes it. */
const tolerance = 1 / 256;

export const theInternet: Peers = { ranges: internet, name: 'the internet', cidr: '0.0.0.0/0', tolerance };

/** Every address of a subnet, each of which may be a node's. */
export const everyAddressOf = (cidr: string): Peers => ({
  ranges: [addressesOf(parseCidr(cidr))],
  name: cidr,
  cidr,
  tolerance,
});

/** One address of a subnet, and nobody knows which: that some are closed says little. */
export const someAddressOf = (cidr: string): Peers => ({ ...everyAddressOf(cidr), tolerance: 1 });

const tcp = (ports: Range, { ranges }: Peers): Flow => ({ protocol: protocols.tcp, ports, peers: ranges });

/** Whether requests over TLS pass. */
export function https(direction: Direction, peers: Peers): Question {
  const flow = tcp(httpsPort, peers);
  const what = `HTTPS ${direction === 'outbound' ? 'to' : 'from'} ${peers.name}`;
  return { direction, essential: flow, desired: flow, peers, what };
}

/** Whether answers pass. @param essential the ports without which the cluster fails. Default: those of nodes */
export function answers(direction: Direction, peers: Peers, essential: Range = nodePorts): Question {
  const what = `answers ${direction === 'outbound' ? 'to' : 'from'} ${peers.name} (TCP ports 1024-65535)`;
  return {
    direction,
    essential: tcp(essential, peers),
    desired: tcp(ephemeralPorts, peers),
    peers,
    what,
  };
}

/** Whether visitors from the internet pass, to one port. A part may be closed on purpose. */
export function visitors(to: number): Question {
  const flow = tcp(port(to), theInternet);
  const peers = { ...theInternet, tolerance: 1 };
  return {
    direction: 'inbound',
    essential: flow,
    desired: flow,
    peers,
    what: `TCP port ${to} from the internet`,
  };
}
