import { describe, expect, it } from '@jest/globals';
import type { OidcProvider } from '../../../../functions/oidc-provisioner/oidc-providers.ts';
import { validate } from '../../../../schemas/generated/oidc-provisioner-result.js';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  type Circumstances,
  fakeProviders,
  notComputed,
  provider,
  provision,
  thumbprint,
  writes,
} from '../../../support/fakes/oidc-providers.ts';

const computed = 'c'.repeat(40);
const second = 'd'.repeat(40);

/** Provides without a thumbprint in the request, and counts how often one was computed. */
async function withoutThumbprint(
  present: OidcProvider | undefined,
  outcome: Partial<typeof notComputed>,
  request: Circumstances['request'] = {},
) {
  const providers = fakeProviders(present);
  const asked: [string, number][] = [];
  const result = await provision(providers, {
    request: { thumbprint: undefined, ...request },
    thumbprints: async (...args) => {
      asked.push(args);
      return { thumbprints: [], trusted: true, ...outcome };
    },
  });
  validate(result);
  expect(validate.errors ?? []).toEqual([]);
  return { result, providers, asked };
}

describe('a provider that has to be made without a thumbprint in the request', () => {
  it('gets the computed ones', async () => {
    const { result, providers, asked } = await withoutThumbprint(undefined, {
      thumbprints: [computed, second],
    });
    expect(result).toMatchObject({ status: 'created', thumbprint_source: 'computed' });
    expect(result.changes[0]).toEqual({ field: 'thumbprints', added: [computed, second] });
    expect(result).not.toHaveProperty('thumbprint_note');
    expect(providers.stored()?.thumbprints).toEqual([computed, second]);
    expect(asked).toEqual([['https://oidc.example.com/2f3a1c7e', 60_000]]);
  });

  it('is left to IAM when none can be computed, and the result says why', async () => {
    const { result, providers } = await withoutThumbprint(undefined, notComputed);
    expect(result).toMatchObject({
      status: 'created',
      thumbprint_source: 'iam',
      thumbprint_note: 'No thumbprint was computed: the issuer is silent. IAM fetches it itself',
    });
    expect(result.changes.map(({ field }) => field)).toEqual(['client_ids', 'tags']);
    expect(providers.stored()?.thumbprints).toEqual([]);
  });

  it('shows the computed ones in a dry run', async () => {
    const { result, providers } = await withoutThumbprint(
      undefined,
      { thumbprints: [computed] },
      { dry_run: true },
    );
    expect(result).toMatchObject({ status: 'created', thumbprint_source: 'computed' });
    expect(result).not.toHaveProperty('drift');
    expect(writes(providers)).toEqual([]);
  });

  it('has it computed once, however often IAM makes it start over', async () => {
    const providers = fakeProviders();
    let asked = 0;
    providers.fail(
      'create',
      awsError('iam:CreateOpenIDConnectProvider', 'ConcurrentModificationException'),
      2,
    );
    await provision(providers, {
      request: { thumbprint: undefined },
      thumbprints: async () => {
        asked += 1;
        return { thumbprints: [computed], trusted: true };
      },
    });
    expect(asked).toBe(1);
    expect(providers.stored()?.thumbprints).toEqual([computed]);
  });

  it('leaves the thumbprints of a faster caller as they are', async () => {
    const providers = fakeProviders(undefined, provider());
    const result = await provision(providers, {
      request: { thumbprint: undefined },
      thumbprints: async () => ({ thumbprints: [computed], trusted: true }),
    });
    expect(result).toMatchObject({ status: 'already_exists', thumbprint_source: 'unchanged' });
    expect(providers.stored()).toEqual(provider());
  });
});

describe('a thumbprint is not computed', () => {
  it.each<[string, OidcProvider | undefined, Circumstances['request'], string]>([
    ['when the request has one', undefined, { thumbprint }, 'request'],
    ['for a provider that is there', provider({ clientIds: [] }), {}, 'unchanged'],
    ['for a provider that is there and a given one', provider(), { thumbprint }, 'request'],
    ['for the drift from a given one', provider(), { thumbprint, dry_run: true }, 'request'],
  ])('%s', async (_, present, request, source) => {
    const { result, asked } = await withoutThumbprint(present, { thumbprints: [computed] }, request);
    expect(asked).toEqual([]);
    expect(result.thumbprint_source).toBe(source);
  });
});

describe('the drift a dry run reports', () => {
  const drift = async (
    present: OidcProvider,
    outcome: Partial<typeof notComputed> = { thumbprints: [thumbprint] },
    request: Circumstances['request'] = {},
  ) => {
    const { result } = await withoutThumbprint(present, outcome, { dry_run: true, ...request });
    return result;
  };
  const facts = ({ drift = [] }: Awaited<ReturnType<typeof provision>>) =>
    drift.map(({ field, missing, effect }) => [field, missing, effect]);

  it('is empty for a provider in order', async () => {
    expect((await drift(provider())).drift).toEqual([]);
  });

  it('is left out of a real run', async () => {
    const { result } = await withoutThumbprint(provider({ clientIds: [] }), {});
    expect(result).not.toHaveProperty('drift');
  });

  it.each([
    ['cosmetic', true],
    ['functional', false],
  ])(
    'calls a thumbprint %s when the CA being public is %s, and a real run leaves it',
    async (effect, trusted) => {
      const result = await drift(provider(), { thumbprints: [computed, thumbprint], trusted });
      expect(facts(result)).toEqual([['thumbprints', [computed], effect]]);
      expect(result).toMatchObject({ status: 'already_exists', changes: [], thumbprint_source: 'unchanged' });
    },
  );

  it('does not weigh a thumbprint of the request', async () => {
    const result = await drift(provider(), {}, { thumbprint: computed });
    expect(facts(result)).toEqual([['thumbprints', [computed], 'undetermined']]);
  });

  it('says that thumbprints were not compared, and nothing of their being in order', async () => {
    const result = await drift(provider(), notComputed);
    expect(result).toMatchObject({
      drift: [],
      thumbprint_source: 'unchanged',
      thumbprint_note:
        "The provider's thumbprints were not compared with those of the issuer: the issuer is silent",
    });
  });

  it('tells the client ids and tags that matter from those that do not', async () => {
    const result = await drift(provider({ clientIds: ['openshift'], tags: {} }));
    expect(facts(result)).toEqual([
      ['client_ids', ['sts.amazonaws.com'], 'functional'],
      ['tags', ['red-hat-managed=true'], 'functional'],
      ['tags', ['rosa_cluster_id=2f3a1c7e'], 'cosmetic'],
    ]);
    expect(result.drift?.map(({ message }) => message)).toEqual(
      Array(3).fill(expect.stringContaining('without dry_run')),
    );
  });
});
