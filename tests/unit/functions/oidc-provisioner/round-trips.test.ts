import { describe, expect, it } from '@jest/globals';
import type { OidcProvider } from '../../../../functions/oidc-provisioner/oidc-providers.ts';
import { fakeProviders, provider, provision } from '../../../support/fakes/oidc-providers.ts';

// Calls go one after the other, so that their number is that of the round trips.
describe('the calls to AWS', () => {
  it.each<[number, string, OidcProvider | undefined, boolean]>([
    [1, 'for a provider in order', provider(), false],
    [2, 'to make one with a given thumbprint', undefined, false],
    [1, 'for a dry run of one that is absent', undefined, true],
    [1, 'for a dry run of one that lacks everything', { thumbprints: [], clientIds: [], tags: {} }, true],
    [2, 'to add one thing', provider({ tags: {} }), false],
    [5, 'to add everything', { thumbprints: [], clientIds: [], tags: {} }, false],
  ])('are %i %s', async (count, _, present, dry_run) => {
    const providers = fakeProviders(present);
    await provision(providers, { request: { dry_run } });
    expect(providers.calls).toHaveLength(count);
  });
});
