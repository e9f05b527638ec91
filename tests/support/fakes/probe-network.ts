import type {
  ProbeNetwork,
  ShownCertificate,
} from '../../../functions/network-verifier/probe/probe-network.ts';

/** What a fake network does at each stage of a probe. */
interface Steps {
  resolve(host: string): Promise<string[]>;
  connect(address: string): Promise<void>;
  handshake(host: string): Promise<ShownCertificate>;
}

/** An answer that never comes, to whatever signal. */
export const never = (): Promise<never> => new Promise(() => {});

/** A refusal as Node gives it. */
export const refuse = (code: string) => (): Promise<never> =>
  Promise.reject(Object.assign(new Error(code), { code }));

/** A network in which every host answers at a private address, but for what is given. */
export function fakeProbeNetwork(differences: Partial<Steps> = {}) {
  const steps: Steps = {
    resolve: async () => ['10.0.0.10'],
    connect: async () => {},
    handshake: async () => ({ issuer: 'Amazon RSA 2048 M02' }),
    ...differences,
  };
  const asked = { hosts: [] as string[], addresses: [] as string[], open: 0 };
  const network: ProbeNetwork = {
    resolve: (host) => {
      asked.hosts.push(host);
      return steps.resolve(host);
    },
    connect: async (address) => {
      asked.addresses.push(address);
      await steps.connect(address);
      asked.open += 1;
      return {
        handshake: (host) => steps.handshake(host),
        close: () => {
          asked.open -= 1;
        },
      };
    },
  };
  return { network, asked };
}
