import { describe, expect, it } from '@jest/globals';
import type { OidcProvider, OidcProviders } from '../../../../functions/oidc-provisioner/oidc-providers.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import {
  arn,
  fakeProviders,
  provider,
  provision,
  thumbprint,
  writes,
} from '../../../support/fakes/oidc-providers.ts';

const names = (calls: { name: keyof OidcProviders }[]) => calls.map(({ name }) => name);
const busy = (action: string) => awsError(action, 'ConcurrentModificationException');
const empty: OidcProvider = { thumbprints: [], clientIds: [], tags: {} };

describe('a dry run', () => {
  it.each<[string, OidcProvider | undefined, string[]]>([
    ['created', undefined, ['thumbprints', 'client_ids', 'tags']],
    ['updated', empty, ['thumbprints', 'client_ids', 'tags']],
    ['updated', provider({ thumbprints: [] }), ['thumbprints']],
    ['updated', provider({ clientIds: [] }), ['client_ids']],
    ['updated', provider({ tags: {} }), ['tags']],
    ['already_exists', provider(), []],
  ])('says %s and writes nothing', async (status, present, fields) => {
    const providers = fakeProviders(present);
    const result = await provision(providers, { request: { dry_run: true } });
    expect(result).toMatchObject({ status, dry_run: true });
    expect(result.changes.map(({ field }) => field)).toEqual(fields);
    expect(names(providers.calls)).toEqual(['get']);
  });
});

describe('given another caller who makes the provider first', () => {
  it('finds it in order', async () => {
    const providers = fakeProviders(undefined, provider());
    expect(await provision(providers)).toMatchObject({ status: 'already_exists', changes: [] });
    expect(names(providers.calls)).toEqual(['get', 'create', 'get']);
  });

  it('completes it', async () => {
    const providers = fakeProviders(undefined, provider({ clientIds: ['openshift'] }));
    const result = await provision(providers);
    expect(result).toMatchObject({
      status: 'updated',
      changes: [{ field: 'client_ids', added: ['sts.amazonaws.com'] }],
    });
    expect(providers.stored()).toEqual(provider());
  });

  it('asks to try again when IAM does not show it yet', async () => {
    await expect(provision(fakeProviders(undefined, 'invisible'))).rejects.toMatchObject({
      name: 'DependencyError',
      message: expect.stringContaining(arn),
    });
  });
});

describe('given another change under way', () => {
  it('looks again and makes what is still missing', async () => {
    const providers = fakeProviders();
    providers.fail('create', busy('iam:CreateOpenIDConnectProvider'));
    expect(await provision(providers)).toMatchObject({ status: 'created' });
    expect(names(providers.calls)).toEqual(['get', 'create', 'get', 'create']);
  });

  it.each(['replaceThumbprints', 'addClientId', 'tag'] as const)(
    'insists when %s is refused',
    async (name) => {
      const providers = fakeProviders(empty);
      providers.fail(name, busy('iam:Change'));
      await provision(providers);
      expect(providers.stored()).toEqual(provider());
    },
  );

  it('reports also the changes made before the one that was refused', async () => {
    const providers = fakeProviders(provider({ thumbprints: [], tags: {} }));
    providers.fail('tag', busy('iam:TagOpenIDConnectProvider'));
    const { changes } = await provision(providers);
    expect(changes).toEqual([
      { field: 'thumbprints', added: [thumbprint] },
      { field: 'tags', added: ['red-hat-managed=true', 'rosa_cluster_id=2f3a1c7e'] },
    ]);
  });

  it('pauses longer each time, with jitter', async () => {
    const pauses: number[] = [];
    const sleep = async (ms: number) => void pauses.push(ms);
    const providers = fakeProviders();
    providers.fail('create', busy('iam:CreateOpenIDConnectProvider'), 3);
    await provision(providers, { retryPolicy: { attempts: 4, sleep } });
    expect(pauses).toEqual([100, 200, 400]);
  });

  it('gives up after the last attempt', async () => {
    const providers = fakeProviders();
    providers.fail('create', busy('iam:CreateOpenIDConnectProvider'), 3);
    await expect(provision(providers)).rejects.toMatchObject({
      name: 'AwsCallError',
      failure: 'concurrent-change',
    });
    expect(names(writes(providers))).toEqual(['create', 'create', 'create']);
    expect(providers.stored()).toBeUndefined();
  });
});

describe('given a role that lacks a permission', () => {
  it.each<[keyof OidcProviders, string, OidcProvider | undefined]>([
    ['get', 'iam:GetOpenIDConnectProvider', undefined],
    ['create', 'iam:CreateOpenIDConnectProvider', undefined],
    ['replaceThumbprints', 'iam:UpdateOpenIDConnectProviderThumbprint', empty],
    ['addClientId', 'iam:AddClientIDToOpenIDConnectProvider', empty],
    ['tag', 'iam:TagOpenIDConnectProvider', empty],
  ])('fails at %s, names the action and does not insist', async (name, action, present) => {
    const providers = fakeProviders(present);
    providers.fail(name, awsError(action, 'AccessDenied'));
    await expect(provision(providers)).rejects.toMatchObject({
      name: 'AwsCallError',
      action,
      failure: 'denied',
    });
    expect(providers.calls.filter((call) => call.name === name)).toHaveLength(1);
  });
});

describe('given an account without room for a provider', () => {
  it('fails as a limit, which trying again does not mend', async () => {
    const providers = fakeProviders();
    providers.fail('create', awsError('iam:CreateOpenIDConnectProvider', 'LimitExceededException'));
    await expect(provision(providers)).rejects.toMatchObject({ name: 'ConflictError' });
    expect(writes(providers)).toHaveLength(1);
  });
});
