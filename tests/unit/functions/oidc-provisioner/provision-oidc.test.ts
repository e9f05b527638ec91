import { describe, expect, it } from '@jest/globals';
import { measure } from '../../../../functions/oidc-provisioner/provision-oidc.ts';
import { validate } from '../../../../schemas/generated/oidc-provisioner-result.js';
import {
  arn,
  fakeProviders,
  provider,
  provision,
  thumbprint,
  writes,
} from '../../../support/fakes/oidc-providers.ts';

const newThumbprint = 'a'.repeat(40);
const old = [1, 2, 3, 4, 5].map((digit) => String(digit).repeat(40));

describe('providing the OIDC provider', () => {
  describe('given no provider', () => {
    it('makes it with thumbprint, client ids and tags', async () => {
      const providers = fakeProviders();
      const result = await provision(providers);
      expect(result).toEqual({
        oidc_provider_arn: arn,
        status: 'created',
        changes: [
          { field: 'thumbprints', added: [thumbprint] },
          { field: 'client_ids', added: ['openshift', 'sts.amazonaws.com'] },
          { field: 'tags', added: ['red-hat-managed=true', 'rosa_cluster_id=2f3a1c7e'] },
        ],
        dry_run: false,
        thumbprint_source: 'request',
      });
      expect(writes(providers)).toEqual([
        { name: 'create', args: ['https://oidc.example.com/2f3a1c7e', provider()] },
      ]);
    });

    it('takes the client ids that are asked for', async () => {
      const providers = fakeProviders();
      await provision(providers, { request: { client_ids: ['openshift'] } });
      expect(providers.stored()?.clientIds).toEqual(['openshift']);
    });

    it('gives IAM a client id that is asked for twice once', async () => {
      const providers = fakeProviders();
      await provision(providers, { request: { client_ids: ['openshift', 'openshift'] } });
      expect(providers.stored()?.clientIds).toEqual(['openshift']);
    });
  });

  describe('given a provider in order', () => {
    it('changes nothing', async () => {
      const providers = fakeProviders(provider());
      expect(await provision(providers)).toMatchObject({ status: 'already_exists', changes: [] });
      expect(writes(providers)).toEqual([]);
    });

    it('finds a thumbprint whatever its case', async () => {
      const providers = fakeProviders(provider());
      const upperCase = { request: { thumbprint: thumbprint.toUpperCase() } };
      expect(await provision(providers, upperCase)).toMatchObject({ status: 'already_exists' });
      expect(writes(providers)).toEqual([]);
    });

    it('does not mind its thumbprints when none is given', async () => {
      const providers = fakeProviders(provider({ thumbprints: old }));
      const result = await provision(providers, { request: { thumbprint: undefined } });
      expect(result.status).toBe('already_exists');
    });
  });

  describe('given a provider that lacks something', () => {
    it('adds the thumbprint in front of the others', async () => {
      const providers = fakeProviders(provider({ thumbprints: [thumbprint] }));
      const result = await provision(providers, { request: { thumbprint: newThumbprint } });
      expect(result).toMatchObject({
        status: 'updated',
        changes: [{ field: 'thumbprints', added: [newThumbprint] }],
      });
      expect(writes(providers)).toEqual([
        { name: 'replaceThumbprints', args: [arn, [newThumbprint, thumbprint]] },
      ]);
    });

    it('drops the last of five thumbprints for the new one', async () => {
      const providers = fakeProviders(provider({ thumbprints: old }));
      await provision(providers, { request: { thumbprint: newThumbprint } });
      expect(providers.stored()?.thumbprints).toEqual([newThumbprint, ...old.slice(0, 4)]);
    });

    it('adds just the missing client id and keeps the unknown one', async () => {
      const providers = fakeProviders(provider({ clientIds: ['mine', 'openshift'] }));
      const result = await provision(providers);
      expect(result).toMatchObject({
        status: 'updated',
        changes: [{ field: 'client_ids', added: ['sts.amazonaws.com'] }],
      });
      expect(writes(providers)).toEqual([{ name: 'addClientId', args: [arn, 'sts.amazonaws.com'] }]);
      expect(providers.stored()?.clientIds).toEqual(['mine', 'openshift', 'sts.amazonaws.com']);
    });

    it.each([
      ['is missing', {}],
      ['says something else', { 'red-hat-managed': 'no' }],
    ])('sets the Red Hat tag when it %s and keeps the others', async (_, tag) => {
      const tags = { rosa_cluster_id: '2f3a1c7e', owner: 'me' };
      const providers = fakeProviders(provider({ tags: { ...tags, ...tag } }));
      const result = await provision(providers);
      expect(result).toMatchObject({
        status: 'updated',
        changes: [{ field: 'tags', added: ['red-hat-managed=true'] }],
      });
      expect(providers.stored()?.tags).toEqual({ ...tags, 'red-hat-managed': 'true' });
    });

    it('sends the Red Hat tag along with the cluster tag, as its role demands, and reports the latter', async () => {
      const providers = fakeProviders(provider({ tags: { 'red-hat-managed': 'true' } }));
      const { changes } = await provision(providers);
      expect(changes).toEqual([{ field: 'tags', added: ['rosa_cluster_id=2f3a1c7e'] }]);
      expect(writes(providers)).toEqual([
        { name: 'tag', args: [arn, { 'red-hat-managed': 'true', rosa_cluster_id: '2f3a1c7e' }] },
      ]);
    });

    it('adds everything at once when all is missing', async () => {
      const providers = fakeProviders({ thumbprints: [], clientIds: [], tags: {} });
      const { changes } = await provision(providers);
      expect(changes.map(({ field }) => field)).toEqual(['thumbprints', 'client_ids', 'tags']);
      expect(providers.stored()).toEqual(provider());
    });
  });

  it('leaves the tag of another cluster alone', async () => {
    const tags = { 'red-hat-managed': 'true', rosa_cluster_id: 'another' };
    const providers = fakeProviders(provider({ tags }));
    expect((await provision(providers)).status).toBe('already_exists');
    expect(providers.stored()?.tags).toEqual(tags);
  });

  it.each([
    ['created', undefined],
    ['updated', provider({ clientIds: [] })],
    ['already_exists', provider()],
  ])('answers %s as its schema says and measures it', async (status, present) => {
    const result = await provision(fakeProviders(present));
    validate(result);
    expect(validate.errors ?? []).toEqual([]);
    expect(measure(result)).toEqual({ [`oidc_provider_${status}`]: 1 });
  });
});
