import { beforeEach, describe, expect, it } from '@jest/globals';
import { clusterKey, provisioningFinalizer } from '../../../../regional/clusters/cluster.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import {
  clusterRequest,
  customer,
  FakeApi,
  installerRole,
  registrationOf,
  stranger,
} from '../../../support/fakes/platform-api-function.ts';

let store: MemoryStore;
let api: FakeApi;
beforeEach(async () => {
  store = new MemoryStore();
  api = new FakeApi({ store });
  await api.post('/accounts', registrationOf());
});

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const stored = (id: string) => store.get(clusterKey(customer, id));

describe('creating a cluster', () => {
  it('accepts it as Pending, with an issuer of its own', async () => {
    const { status, body } = await api.post('/clusters', clusterRequest());
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...clusterRequest(),
      id: expect.stringMatching(uuid),
      account_id: customer,
      access_mode: 'lambda',
      oidc_issuer_url: `https://oidc.example.com/${body.id}`,
      status: { phase: 'Pending', conditions: [] },
      created_by: `arn:aws:sts::${customer}:assumed-role/Admin/test`,
    });
    expect((await api.get(`/clusters/${body.id}`)).body).toEqual(body);
  });

  it('stores what the controller and the fleet view need', async () => {
    const { body } = await api.post('/clusters', clusterRequest());
    expect(await stored(body.id)).toMatchObject({
      metadata: { finalizers: [provisioningFinalizer], labels: { 'access-mode': 'lambda' } },
      spec: { accessMode: 'lambda', request: clusterRequest() },
    });
  });

  it('costs one read and one write', async () => {
    const before = store.calls.length;
    await api.post('/clusters', clusterRequest({ client_token: 'a' }));
    expect(store.calls.slice(before)).toEqual(['get', 'create']);
  });

  it('gives it the mode its account has then, and for good', async () => {
    const dual = { access_mode: 'dual', oidc_sts_role_arn: installerRole() };
    await api.patch(`/accounts/${customer}`, dual);
    const { body } = await api.post('/clusters', clusterRequest());
    await api.patch(`/accounts/${customer}`, { access_mode: 'lambda' });
    expect((await api.get(`/clusters/${body.id}`)).body.access_mode).toBe('dual');
  });

  it('is refused in an account that is not registered, with what to do', async () => {
    const { status, body } = await api.post('/clusters', clusterRequest(), stranger);
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'AUTH-004' });
    expect(body.reason).toContain('Run `rosactl setup-account`');
  });

  it('names the API of another region', async () => {
    const { status, body } = await api.post('/clusters', clusterRequest({ region: 'eu-west-1' }));
    expect(status).toBe(422);
    expect(body.errors[0].reason).toContain('use the Platform API of eu-west-1');
  });

  it('refuses a name that is taken, and tells by what', async () => {
    const { body: first } = await api.post('/clusters', clusterRequest());
    const other = clusterRequest({ vpc_id: 'vpc-0fffffffffffffff0' });
    for (const again of [clusterRequest(), other, clusterRequest({ client_token: 'a' })]) {
      const { status, body } = await api.post('/clusters', again);
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'CLUSTERS-MGMT-CREATE-005' });
      expect(body.reason).toContain(first.id);
    }
    await api.delete(`/clusters/${first.id}`);
    expect((await api.post('/clusters', clusterRequest())).body.reason).toContain('which is being deleted');
  });

  it('lets two accounts use one name and one token', async () => {
    await api.post('/accounts', registrationOf(stranger), stranger);
    const request = clusterRequest({ client_token: 'a' });
    const { body: first } = await api.post('/clusters', request);
    const { status, body: second } = await api.post('/clusters', request, stranger);
    expect(status).toBe(201);
    expect(second.id).not.toBe(first.id);
  });
});

describe('creating a cluster with a client token', () => {
  const request = clusterRequest({
    client_token: 'token-1',
    cluster_config: { instance_types: ['m5.xlarge'], node_count: 3 },
  });

  it('gives the same cluster however often the request is sent', async () => {
    const first = await api.post('/clusters', request);
    expect(first.status).toBe(201);
    for (const _ of [1, 2]) {
      expect(await api.post('/clusters', request)).toMatchObject({ status: 200, body: first.body });
    }
    expect((await api.get('/clusters')).body.items).toHaveLength(1);
  });

  it('knows the request again when its fields are in another order', async () => {
    const { body } = await api.post('/clusters', request);
    const turned = Object.fromEntries(Object.entries(request).reverse());
    expect(await api.post('/clusters', turned)).toMatchObject({ status: 200, body: { id: body.id } });
  });

  it.each([
    ['another network', { vpc_id: 'vpc-0fffffffffffffff0' }],
    ['another name', { name: 'dev2' }],
    ['more in it', { version: '4.22' }],
  ])('refuses the token for a request with %s, and names the cluster', async (_what, change) => {
    const { body: first } = await api.post('/clusters', request);
    const { status, body } = await api.post('/clusters', { ...request, ...change });
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'CLUSTERS-MGMT-CREATE-009' });
    expect(body.reason).toContain(first.id);
  });

  it('does not show the token to anybody', async () => {
    const { body } = await api.post('/clusters', request);
    expect(JSON.stringify(body)).not.toContain('token-1');
  });

  it('makes one cluster of ten requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => api.post('/clusters', request)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  });

  it('makes the cluster when the one that held the name goes at that moment', async () => {
    const { body } = await api.post('/clusters', clusterRequest());
    const create = store.create.bind(store);
    store.create = async (...wanted: Parameters<typeof create>) => {
      const creation = await create(...wanted);
      const holder = await store.get(clusterKey(customer, body.id));
      if (holder) await store.removeFinalizer(holder, provisioningFinalizer);
      return creation as never;
    };
    await store.delete(clusterKey(customer, body.id));
    expect((await api.post('/clusters', request)).status).toBe(201);
  });
});

describe('reading clusters', () => {
  it('finds none of another account, in all that reads or removes them', async () => {
    const { body } = await api.post('/clusters', clusterRequest());
    const one = `/clusters/${body.id}`;
    for (const answer of [
      await api.get(one, stranger),
      await api.get(`${one}/statuses`, stranger),
      await api.delete(one, stranger),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { reason: 'Cluster not found' } });
    }
    expect((await api.get('/clusters', stranger)).body).toEqual({ items: [] });
    expect((await api.get(one)).body.status.phase).toBe('Pending');
  });

  it('gives them page by page, each once', async () => {
    for (const name of ['one', 'two', 'three']) await api.post('/clusters', clusterRequest({ name }));
    const names: string[] = [];
    let query = '?limit=2';
    do {
      const { body } = await api.get(`/clusters${query}`);
      names.push(...body.items.map(({ name }: { name: string }) => name));
      query = body.next_page_token && `?limit=2&page_token=${encodeURIComponent(body.next_page_token)}`;
    } while (query);
    expect(names.sort()).toEqual(['one', 'three', 'two']);
  });

  it('refuses the page token of another account', async () => {
    await api.post('/clusters', clusterRequest());
    await api.post('/clusters', clusterRequest({ name: 'dev2' }));
    const { body } = await api.get('/clusters?limit=1');
    const path = `/clusters?page_token=${encodeURIComponent(body.next_page_token)}`;
    expect((await api.get(path, stranger)).body.errors[0].field).toBe('page_token');
  });

  it('shows what the controller found, in the words of the API', async () => {
    const { body } = await api.post('/clusters', clusterRequest());
    const cluster = await stored(body.id);
    if (!cluster) throw new Error('the cluster was not stored');
    const operation = {
      operation: 'preflight-checker',
      outcome: 'failed',
      via: 'lambda',
      attempts: 1,
      at: '2026-03-01T09:05:00Z',
      findings: [{ check_name: 'quota-ec2-standard-vcpu', status: 'failed', message: 'too few' }],
    };
    const condition = { type: 'PreflightPassed', status: 'False', reason: 'Failed', message: 'one failed' };
    const status = {
      phase: 'Failed',
      message: 'the account cannot hold the cluster',
      conditions: [{ ...condition, lastTransitionTime: '2026-03-01T09:05:00Z' }],
      operations: [operation],
      oidcProviderArn: `arn:aws:iam::${customer}:oidc-provider/oidc.example.com/x`,
    };
    await store.updateStatus({ ...cluster, status });
    const shown = {
      phase: 'Failed',
      message: 'the account cannot hold the cluster',
      conditions: [{ ...condition, last_transition_time: '2026-03-01T09:05:00Z' }],
      operations: [operation],
    };
    expect((await api.get(`/clusters/${body.id}`)).body).toMatchObject({
      status: shown,
      oidc_provider_arn: status.oidcProviderArn,
    });
    expect((await api.get(`/clusters/${body.id}/statuses`)).body).toEqual({
      cluster_id: body.id,
      status: shown,
    });
  });
});

describe('deleting a cluster', () => {
  it('begins at once, may be asked for again, and ends with the last finalizer', async () => {
    const { body } = await api.post('/clusters', clusterRequest());
    const one = `/clusters/${body.id}`;
    for (const _ of [1, 2]) {
      expect(await api.delete(one)).toMatchObject({ status: 202, body: { cluster_id: body.id } });
    }
    expect((await api.get(`${one}/statuses`)).body.status.phase).toBe('Deleting');
    const cluster = await stored(body.id);
    if (cluster) await store.removeFinalizer(cluster, provisioningFinalizer);
    expect((await api.get(one)).status).toBe(404);
    expect((await api.delete(one)).status).toBe(404);
    expect((await api.post('/clusters', clusterRequest())).status).toBe(201);
  });
});
