import { describe, expect, it } from '@jest/globals';
import { apiError, broken, json, scriptedApi } from '../../../support/platform-api/scripted-api.ts';

const id = '2f3a1c7e-8d4b-4c6a-9e5f-0a1b2c3d4e5f';
const clusterAnswer = (name: string, more: object = {}) => ({ id, name, created_at: 'then', ...more });
const page = (names: string[], next_page_token?: string) =>
  json(200, { items: names.map((name) => clusterAnswer(name)), next_page_token });
const many = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `c-${from + index}`);

describe('a request', () => {
  it('is JSON for the version, signed for the API and never led elsewhere', async () => {
    const { api, requests } = scriptedApi([json(201, clusterAnswer('dev1'))], 'v0');
    await api.createCluster({ name: 'dev1', region: 'us-east-1', vpcId: 'vpc-1', subnetIds: ['subnet-1'] });
    const [request] = requests;
    expect(request).toMatchObject({
      url: 'https://api.us-east-1.example.com/prod/api/v0/clusters',
      method: 'POST',
      redirect: 'manual',
      body: { name: 'dev1' },
      headers: {
        'content-type': 'application/json',
        'user-agent': 'test/1',
        'x-amz-content-sha256': expect.stringMatching(/^[0-9a-f]{64}$/),
        authorization: expect.stringMatching(
          /\/us-east-1\/execute-api\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date,/,
        ),
      },
    });
    expect(request?.headers.host).toBeUndefined();
  });

  it('without body has no content type', async () => {
    const { api, requests } = scriptedApi([json(200, { status: 'ok' })]);
    await api.live();
    expect(requests[0]?.headers['content-type']).toBeUndefined();
    expect(requests[0]?.body).toBeUndefined();
  });
});

describe('what the platform says of itself', () => {
  it('is the role that invokes the functions', async () => {
    const { api } = scriptedApi([json(200, { arn: 'arn:aws:iam::111122223333:role/LambdaExecutor' })]);
    expect(await api.info()).toEqual({ clmRoleArn: 'arn:aws:iam::111122223333:role/LambdaExecutor' });
  });

  it('is the role and the external id with which it assumes roles of the account', async () => {
    const said = { clm_role_arn: 'arn:aws:iam::111122223333:role/CLMServiceRole', external_id: 'rosa:1' };
    const { api } = scriptedApi([json(200, said)]);
    expect(await api.info()).toEqual({ clmRoleArn: said.clm_role_arn, externalId: 'rosa:1' });
  });

  it.each([
    ['has no role', () => apiError(503, 'INFO-001', 'regional account ID is not configured')],
    ['has no role, in words', () => apiError(503, 'regional-account-unavailable', 'none')],
    ['has no role, says Kubernetes', () => json(503, { kind: 'Status', message: 'INFO-001: none' })],
    ['knows no such path', () => new Response('404 page not found\n', { status: 404 })],
    ['has an empty role', () => json(200, { arn: '' })],
  ])('is nothing when it %s, and is asked once', async (_what, answer) => {
    const { api, requests } = scriptedApi([answer()]);
    expect((await api.info()).clmRoleArn).toBeUndefined();
    expect(requests.length).toBe(1);
  });

  it('is not known when the API is out of order', async () => {
    const down = () => json(503, { message: 'Service Unavailable' });
    const { api, requests } = scriptedApi([down(), down(), down(), down()]);
    await expect(api.info()).rejects.toMatchObject({ failure: 'unavailable' });
    expect(requests.length).toBe(4);
  });
});

describe('a list of clusters', () => {
  it('is read to its end', async () => {
    const { api, requests } = scriptedApi([
      page(many(100), 'token/1'),
      page(many(100, 100), 'token 2'),
      page(many(30, 200)),
    ]);
    expect((await api.listClusters()).map(({ name }) => name)).toEqual(many(230));
    expect(requests.map(({ url }) => url.split('?')[1])).toEqual([
      'limit=100',
      'limit=100&page_token=token%2F1',
      'limit=100&page_token=token%202',
    ]);
  });

  it('is read on after a page without clusters', async () => {
    const { api } = scriptedApi([page([], 'token'), page(['dev1'])]);
    expect((await api.listClusters()).map(({ name }) => name)).toEqual(['dev1']);
  });

  it('that leads in a circle is refused', async () => {
    const { api } = scriptedApi([page(['dev1'], 'token'), page(['dev1'], 'token')]);
    await expect(api.listClusters()).rejects.toMatchObject({ failure: 'invalid-answer', code: 'WrongShape' });
  });

  it.each([
    ['the field items is not a list', {}],
    ['the field name is missing', { items: [{ id: 'a' }] }],
  ])('is refused when %s', async (problem, body) => {
    const { api } = scriptedApi([json(200, body)]);
    await expect(api.listClusters()).rejects.toMatchObject({
      failure: 'invalid-answer',
      code: 'WrongShape',
      request: 'GET /api/v1/clusters',
      reason: problem,
    });
  });
});

describe('a list of clusters of v0', () => {
  const pageOfV0 = (names: string[], total: number) =>
    json(200, { items: names.map((name) => clusterAnswer(name)), total, limit: 100, offset: 0 });

  it('is read to its end', async () => {
    const { api, requests } = scriptedApi(
      [pageOfV0(many(100), 230), pageOfV0(many(100, 100), 230), pageOfV0(many(30, 200), 230)],
      'v0',
    );
    expect((await api.listClusters()).map(({ name }) => name)).toEqual(many(230));
    expect(requests.map(({ url }) => url.split('?')[1])).toEqual([
      'limit=100&offset=0',
      'limit=100&offset=100',
      'limit=100&offset=200',
    ]);
  });

  it('is read on when pages are shorter than asked for', async () => {
    const { api, requests } = scriptedApi([pageOfV0(many(50), 60), pageOfV0(many(10, 50), 60)], 'v0');
    expect((await api.listClusters()).length).toBe(60);
    expect(requests[1]?.url).toContain('offset=50');
  });

  it('ends early when clusters are deleted meanwhile', async () => {
    const { api } = scriptedApi([pageOfV0(many(100), 120), pageOfV0([], 90)], 'v0');
    expect((await api.listClusters()).length).toBe(100);
  });

  it('is refused without its total', async () => {
    const { api } = scriptedApi([json(200, { items: [] })], 'v0');
    await expect(api.listClusters()).rejects.toMatchObject({
      reason: 'the field total is missing or no number',
    });
  });
});

describe('a cluster', () => {
  it('is found by its id', async () => {
    const { api, requests } = scriptedApi([json(200, clusterAnswer('dev1'))]);
    expect(await api.describeCluster(id)).toMatchObject({ id, name: 'dev1' });
    expect(requests[0]?.url).toMatch(new RegExp(`/clusters/${id}$`));
  });

  it('is found by its name, on whichever page', async () => {
    const { api } = scriptedApi([page(many(100), 'token'), page(['dev1'])]);
    expect(await api.describeCluster('dev1')).toMatchObject({ id, name: 'dev1' });
  });

  it('may not be there', async () => {
    const gone = () => apiError(404, 'CLUSTERS-MGMT-GET-001', 'Cluster not found');
    expect(await scriptedApi([gone()]).api.describeCluster(id)).toBeUndefined();
    expect(await scriptedApi([apiError(410, 'X-001', 'gone')]).api.describeCluster(id)).toBeUndefined();
    expect(await scriptedApi([page(['other'])]).api.describeCluster('dev1')).toBeUndefined();
    expect(await scriptedApi([gone()]).api.clusterStatus(id)).toBeUndefined();
    expect(await scriptedApi([gone()]).api.deleteCluster(id)).toBe('not there');
  });

  it('is not taken to be gone because the path is', async () => {
    const { api } = scriptedApi([new Response('404 page not found\n', { status: 404 })]);
    await expect(api.describeCluster(id)).rejects.toMatchObject({ failure: 'invalid-answer' });
  });

  it('cannot lead to another path by its id', async () => {
    const { api, requests } = scriptedApi([json(202, { message: 'Cluster deletion initiated' })]);
    expect(await api.deleteCluster('../accounts/1?x')).toBe('deleting');
    expect(requests[0]?.url).toMatch(/\/clusters\/\.\.%2Faccounts%2F1%3Fx$/);
  });
});

const wanted = { name: 'dev1', region: 'us-east-1', vpcId: 'vpc-0a1b2c3d', subnetIds: ['subnet-0a1b2c3d'] };
const exists = () => apiError(409, 'CLUSTERS-MGMT-CREATE-005', 'a cluster named "dev1" already exists');

describe('creating a cluster', () => {
  it('that is there already is refused', async () => {
    const { api, requests } = scriptedApi([exists()]);
    await expect(api.createCluster(wanted)).rejects.toMatchObject({
      failure: 'exists',
      message:
        'POST /api/v1/clusters collided with what is there: a cluster named "dev1" already exists (CLUSTERS-MGMT-CREATE-005)',
    });
    expect(requests.length).toBe(1);
  });

  it('sends one token however often it has to be sent, so that there is one cluster', async () => {
    const { api, requests } = scriptedApi([broken('ECONNRESET'), json(201, clusterAnswer('dev1'))]);
    expect(await api.createCluster(wanted)).toMatchObject({ id, name: 'dev1' });
    const [first, second] = requests.map(({ body }) => (body as { client_token: string }).client_token);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toBe(first);
  });

  it('sends another token for another cluster', async () => {
    const { api, requests } = scriptedApi([json(201, clusterAnswer('a')), json(201, clusterAnswer('b'))]);
    await api.createCluster(wanted);
    await api.createCluster({ ...wanted, name: 'dev2' });
    const tokens = requests.map(({ body }) => (body as { client_token: string }).client_token);
    expect(new Set(tokens).size).toBe(2);
  });
});

describe('creating a cluster with v0, which knows no token', () => {
  const found = (more: object) => json(200, { items: [clusterAnswer('dev1', more)], total: 1 });
  const justNow = () => new Date().toISOString();
  const inVpc = (vpc: string) => ({
    spec: { hostedCluster: { platform: { aws: { cloudProviderConfig: { vpc } } } } },
  });

  it('gives the one that a try made whose answer was lost', async () => {
    const made = { ...inVpc('vpc-0a1b2c3d'), created_at: justNow() };
    const { api } = scriptedApi([broken('ECONNRESET'), exists(), found(made)], 'v0');
    expect(await api.createCluster(wanted)).toMatchObject({ id, name: 'dev1', vpcId: 'vpc-0a1b2c3d' });
  });

  it.each([
    ['is in another VPC', () => found({ ...inVpc('vpc-other'), created_at: justNow() })],
    ['is older', () => found({ ...inVpc('vpc-0a1b2c3d'), created_at: '2026-01-01T00:00:00Z' })],
    ['does not tell its VPC', () => found({ created_at: justNow() })],
    ['does not tell its age', () => found({ ...inVpc('vpc-0a1b2c3d'), created_at: 'some day' })],
    ['is not found', () => json(200, { items: [], total: 0 })],
    ['cannot be looked up', () => apiError(403, 'AUTH-009', 'no')],
  ])('does not take the one that is there for its own when it %s', async (_what, lookedUp) => {
    const { api } = scriptedApi([broken('ECONNRESET'), exists(), lookedUp()], 'v0');
    await expect(api.createCluster(wanted)).rejects.toMatchObject({
      failure: 'exists',
      code: 'CLUSTERS-MGMT-CREATE-005',
      reason:
        'a cluster named "dev1" already exists; it is not certain whether an earlier try of this request, the answer to which was lost, made it',
    });
  });
});

describe('an account', () => {
  const registration = {
    accountId: '123456789012',
    region: 'us-east-1',
    functions: { oidcProvisioner: 'a', preflightChecker: 'b', networkVerifier: 'c' },
    authentication: 'resource-policy',
    accessMode: 'lambda',
  } as const;

  it.each(['v0', 'v1'] as const)('registers with %s, or is registered already', async (version) => {
    const exists = apiError(409, 'ACCOUNTS-MGMT-CREATE-004', 'Account is already enabled');
    const { api } = scriptedApi([json(201, {}), exists], version);
    expect(await api.registerAccount(registration)).toBe('registered');
    expect(await api.registerAccount(registration)).toBe('already registered');
  });

  it('may be unknown', async () => {
    const unknown = () => apiError(404, 'ACCOUNTS-MGMT-GET-002', 'Account not found');
    const { api } = scriptedApi([unknown(), unknown(), new Response(null, { status: 204 })]);
    expect(await api.describeAccount('123456789012')).toBeUndefined();
    expect(await api.unregisterAccount('123456789012')).toBe('not registered');
    expect(await api.unregisterAccount('123456789012')).toBe('unregistered');
  });

  it('is changed by what is different about it', async () => {
    const { api, requests } = scriptedApi([json(200, {})]);
    expect(await api.changeAccount('123456789012', { accessMode: 'oidc-sts' })).toBe('changed');
    expect(requests[0]).toMatchObject({
      method: 'PATCH',
      url: 'https://api.us-east-1.example.com/prod/api/v1/accounts/123456789012',
      body: { access_mode: 'oidc-sts' },
    });
  });

  it('that is not registered cannot be changed', async () => {
    const { api } = scriptedApi([apiError(404, 'ACCOUNTS-MGMT-GET-002', 'Account not found')]);
    expect(await api.changeAccount('123456789012', { accessMode: 'dual' })).toBe('not registered');
  });

  it('cannot be changed with v0, which is not asked', async () => {
    const { api, requests } = scriptedApi([], 'v0');
    expect(await api.changeAccount('123456789012', { accessMode: 'dual' })).toBe('not offered');
    expect(requests).toEqual([]);
  });
});
