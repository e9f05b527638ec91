import type { OidcProvisionerResult } from '../../schemas/generated/oidc-provisioner-result.js';
import type { ComputedThumbprints } from './issuer-thumbprints.ts';
import type { OidcProvider } from './oidc-providers.ts';
import { driftOf } from './provider-drift.ts';
import type { Missing } from './wanted-provider.ts';

/** What the result says of thumbprints and, in a dry run, of drift. */
export type Told = Pick<OidcProvisionerResult, 'thumbprint_source' | 'thumbprint_note' | 'drift'>;

/** Computes the issuer's thumbprints; asked only when they are needed. */
type Compute = () => Promise<ComputedThumbprints>;

/** The thumbprints a new provider is made with: those of the request, else computed ones, else IAM's own. */
export async function thumbprintsOfNew(
  wanted: OidcProvider,
  compute: Compute,
): Promise<{ thumbprints: string[]; told: Told }> {
  if (wanted.thumbprints.length > 0) {
    return { thumbprints: wanted.thumbprints, told: { thumbprint_source: 'request' } };
  }
  const { thumbprints, reason } = await compute();
  if (reason === undefined) return { thumbprints, told: { thumbprint_source: 'computed' } };
  const note = `No thumbprint was computed: ${reason}. IAM fetches it itself`;
  return { thumbprints: [], told: { thumbprint_source: 'iam', thumbprint_note: note } };
}

/** What is told of a provider that is there: its thumbprints stay unless the request has one. */
export const toldOfPresent = (wanted: OidcProvider): Told => ({
  thumbprint_source: wanted.thumbprints.length > 0 ? 'request' : 'unchanged',
});

/** The same in a dry run, with what differs; a thumbprint is computed for it when the request has none. */
export async function previewOfPresent(
  wanted: OidcProvider,
  provider: OidcProvider,
  missing: Missing,
  compute: Compute,
): Promise<Told> {
  const computed = wanted.thumbprints.length > 0 ? undefined : await compute();
  const note = `The provider's thumbprints were not compared with those of the issuer: ${computed?.reason}`;
  return {
    ...toldOfPresent(wanted),
    ...(computed?.reason !== undefined && { thumbprint_note: note }),
    drift: driftOf(provider, missing, computed),
  };
}
