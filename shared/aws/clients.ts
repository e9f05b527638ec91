/** Wraps an SDK client so that its calls are traced; the identity when tracing is off. */
export type Instrument = <Client extends object>(client: Client) => Client;

/** Credentials of a session, such as those of an assumed role. */
export interface TemporaryCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

/** Credentials of a session, or an access key, which has no token. */
export type ClientCredentials =
  | TemporaryCredentials
  | Pick<TemporaryCredentials, 'accessKeyId' | 'secretAccessKey'>;

/** What every SDK client is made with. */
export interface ClientConfig {
  region: string;
  /** Absent: the SDK finds those of its surroundings. */
  credentials?: ClientCredentials;
  maxAttempts: number;
  requestHandler: { connectionTimeout: number; requestTimeout: number; throwOnRequestTimeout: boolean };
}

/**
 * Settings of every SDK client. Four attempts with the SDK's exponential backoff ride out a throttle; a single
 * attempt may take 10 s, well below the shortest function timeout of 60 s.
 */
const clientConfig = (region: string, credentials?: ClientCredentials): ClientConfig => ({
  region,
  ...(credentials && { credentials }),
  maxAttempts: 4,
  // Without throwOnRequestTimeout the SDK only warns of a call that hangs, and waits on.
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
});

/**
 * A source of SDK clients, one per region, each made once and kept for the life of the execution environment.
 * @param make makes a client from its settings, such as `(config) => new EC2Client(config)`
 * @param credentials to call AWS with, in place of those of the surroundings
 */
export function clientPerRegion<Client extends object>(
  make: (config: ClientConfig) => Client,
  instrument: Instrument,
  credentials?: ClientCredentials,
): (region: string) => Client {
  const clients = new Map<string, Client>();
  return (region) => {
    const client = clients.get(region) ?? instrument(make(clientConfig(region, credentials)));
    clients.set(region, client);
    return client;
  };
}
