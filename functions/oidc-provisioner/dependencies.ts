import { setTimeout as sleep } from 'node:timers/promises';
import { IAMClient } from '@aws-sdk/client-iam';
import { clientPerRegion, type Instrument, type TemporaryCredentials } from '../../shared/aws/clients.ts';
import { controlPlaneRegion } from '../../shared/aws/partition.ts';
import type { RetryPolicy } from '../../shared/retry.ts';
import { type ComputedThumbprints, internet, issuerThumbprints } from './issuer-thumbprints.ts';
import { iamOidcProviders, type OidcProviders } from './oidc-providers.ts';

/** What providing an OIDC provider needs of the world. */
export interface OidcDependencies {
  /** The OIDC providers of the account the function runs in. */
  providersIn(partition: string): OidcProviders;
  /** Computes the thumbprints of an issuer, or says why it cannot; never rejects. */
  thumbprints(issuerUrl: string, remainingMs: number): Promise<ComputedThumbprints>;
  /** How long to insist when another change to the same provider is under way. */
  retryPolicy: RetryPolicy;
}

/** The real ones. @param credentials in place of the function's own */
export function dependencies(instrument: Instrument, credentials?: TemporaryCredentials): OidcDependencies {
  const iam = clientPerRegion((config) => new IAMClient(config), instrument, credentials);
  return {
    providersIn: (partition) => iamOidcProviders(iam(controlPlaneRegion(partition))),
    thumbprints: (issuerUrl, remainingMs) => issuerThumbprints(internet, issuerUrl, remainingMs),
    retryPolicy: { attempts: 6, firstPauseMs: 200, sleep, random: Math.random },
  };
}
