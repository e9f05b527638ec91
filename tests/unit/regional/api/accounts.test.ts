import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import {
  clusterRequest,
  customer,
  FakeApi,
  functionsOf,
  installerRole,
  operator,
  registrationOf,
  stranger,
} from '../../../support/fakes/platform-api-function.ts';

let api: FakeApi;
beforeEach(() => {
  api = new FakeApi();
});

const own = `/accounts/${customer}`;
const fieldsOf = ({ body }: { body: { errors: { field: string }[] } }) =>
  body.errors.map(({ field }) => field);

describe('registering an account', () => {
  it('tells what is registered, by whom, and the external id of its own', async () => {
    const { status, body } = await api.post('/accounts', registrationOf());
    expect(status).toBe(201);
    expect(body).toEqual({
      ...registrationOf(),
      external_id: `rosa-lambda-access:${customer}`,
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      created_by: `arn:aws:sts::${customer}:assumed-role/Admin/test`,
    });
    expect((await api.get(own)).body).toEqual(body);
  });

  it('happens once: the same registration again is refused, and changes nothing', async () => {
    await api.post('/accounts', registrationOf());
    const changed = registrationOf(customer, { access_mode: 'dual', oidc_sts_role_arn: installerRole() });
    for (const again of [registrationOf(), changed]) {
      const { status, body } = await api.post('/accounts', again);
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'ACCOUNTS-MGMT-CREATE-004' });
    }
    expect((await api.get(own)).body.access_mode).toBe('lambda');
  });

  it('is for the account itself alone, even of an operator', async () => {
    for (const as of [stranger, operator]) {
      const { status, body } = await api.post('/accounts', registrationOf(), as);
      expect({ status, code: body.code }).toEqual({ status: 403, code: 'AUTH-009' });
    }
    expect((await api.get(own)).status).toBe(404);
  });

  it('names the API of another region', async () => {
    const elsewhere = { region: 'eu-west-1', lambda_functions: functionsOf(customer, 'eu-west-1') };
    const { status, body } = await api.post('/accounts', registrationOf(customer, elsewhere));
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'ACCOUNTS-MGMT-VALIDATION-001' });
    expect(body.errors[0]).toEqual({
      field: 'region',
      reason: 'must be us-east-1, where this API works; use the Platform API of eu-west-1',
    });
  });

  it.each([
    ['functions of another account', { lambda_functions: functionsOf(stranger) }, 'lambda_functions.'],
    ['functions elsewhere', { lambda_functions: functionsOf(customer, 'eu-west-1') }, 'lambda_functions.'],
    [
      'an installer role of another account',
      { access_mode: 'dual', oidc_sts_role_arn: installerRole(stranger) },
      'oidc_sts_role_arn',
    ],
    [
      'an invocation role of another account',
      { authentication: 'assume-role', invocation_role_arn: installerRole(stranger) },
      'invocation_role_arn',
    ],
    [
      'a role of another partition',
      { access_mode: 'dual', oidc_sts_role_arn: installerRole().replace('arn:aws:', 'arn:aws-cn:') },
      'oidc_sts_role_arn',
    ],
  ])('is refused with %s', async (_what, changes, field) => {
    const answer = await api.post('/accounts', registrationOf(customer, changes));
    expect(answer.status).toBe(422);
    for (const named of fieldsOf(answer)) expect(named).toContain(field);
  });

  it.each([
    ['the functions', { lambda_functions: undefined }, 'lambda_functions'],
    ['the installer role', { access_mode: 'oidc-sts' }, 'oidc_sts_role_arn'],
    ['the invocation role', { authentication: 'assume-role' }, 'invocation_role_arn'],
  ])('asks for %s when they are needed', async (_what, changes, field) => {
    const answer = await api.post('/accounts', registrationOf(customer, changes));
    expect(answer.body.errors).toEqual([{ field, reason: 'is missing' }]);
  });
});

describe('reading accounts', () => {
  it('is for the account itself and for operators', async () => {
    await api.post('/accounts', registrationOf());
    expect((await api.get(own, operator)).status).toBe(200);
    const refused = await api.get(own, stranger);
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 403, code: 'AUTH-006' });
    expect((await api.get(`/accounts/${stranger}`, stranger)).body.code).toBe('ACCOUNTS-MGMT-GET-002');
  });

  it('lists the own account alone, with its own progress', async () => {
    await api.post('/accounts', registrationOf());
    await api.post('/accounts', registrationOf(stranger), stranger);
    await api.post('/clusters', clusterRequest());
    const { body } = await api.get('/accounts');
    expect(body.items.map(({ account_id }: { account_id: string }) => account_id)).toEqual([customer]);
    expect(body.progress.accounts).toMatchObject({ total: 1 });
    expect(body.progress.clusters).toMatchObject({ total: 1 });
    expect((await api.get('/accounts', '333333333333')).body).toEqual({ items: [] });
  });

  it('lists all for an operator, page by page, with the progress of all on the first', async () => {
    await api.post('/accounts', registrationOf());
    const dual = { access_mode: 'dual', oidc_sts_role_arn: installerRole(stranger) };
    await api.post('/accounts', registrationOf(stranger, dual), stranger);
    const first = await api.get('/accounts?limit=1', operator);
    expect(first.body.progress.accounts).toEqual({
      total: 2,
      access_modes: [
        { access_mode: 'lambda', count: 1, share: 0.5 },
        { access_mode: 'dual', count: 1, share: 0.5 },
        { access_mode: 'oidc-sts', count: 0, share: 0 },
      ],
    });
    const token = encodeURIComponent(first.body.next_page_token);
    const second = await api.get(`/accounts?limit=1&page_token=${token}`, operator);
    expect(second.body).toEqual({ items: [expect.objectContaining({ account_id: stranger })] });
    expect((await api.get(`/accounts?page_token=${token}`, customer)).status).toBe(400);
  });

  it('tells the release that answered last, and when', async () => {
    const store = new MemoryStore();
    api = new FakeApi({ store });
    await api.post('/accounts', registrationOf());
    const account = await store.get({ kind: 'CustomerAccount', namespace: 'accounts', name: customer });
    if (!account) throw new Error('the account was not stored');
    const status = { release: '0.1.0', lastAnswerAt: '2026-03-01T09:05:00Z' };
    await store.updateStatus({ ...account, status });
    expect((await api.get(own)).body).toMatchObject({
      release: '0.1.0',
      last_answer_at: '2026-03-01T09:05:00Z',
    });
  });
});

describe('changing an account', () => {
  beforeEach(() => api.post('/accounts', registrationOf()));

  it('replaces what is named and keeps the rest', async () => {
    const change = { access_mode: 'dual', oidc_sts_role_arn: installerRole() };
    const { status, body } = await api.patch(own, change);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...registrationOf(), ...change });
    expect((await api.patch(own, { access_mode: 'lambda' })).body).toMatchObject({
      access_mode: 'lambda',
      oidc_sts_role_arn: installerRole(),
    });
  });

  it('is counted in the progress at once', async () => {
    await api.patch(own, { access_mode: 'dual', oidc_sts_role_arn: installerRole() });
    const { body } = await api.get('/accounts', operator);
    expect(body.progress.accounts.access_modes).toContainEqual({
      access_mode: 'dual',
      count: 1,
      share: 1,
    });
  });

  it('is refused when the whole would not be a registration, and changes nothing', async () => {
    const answer = await api.patch(own, { access_mode: 'oidc-sts' });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual(['oidc_sts_role_arn']);
    expect((await api.get(own)).body.access_mode).toBe('lambda');
  });

  it.each([
    ['another account', { account_id: stranger }, 'account_id'],
    ['another region', { region: 'eu-west-1' }, 'region'],
    ['foreign functions', { lambda_functions: functionsOf(stranger) }, 'lambda_functions.oidc_provisioner'],
    ['a field that is none', { colour: 'red' }, 'colour'],
  ])('cannot bring %s in', async (_what, change, field) => {
    const answer = await api.patch(own, change);
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toContain(field);
  });

  it('is for the account itself, and one that is registered', async () => {
    expect((await api.patch(own, { access_mode: 'lambda' }, stranger)).body.code).toBe('AUTH-009');
    const unknown = await api.patch(`/accounts/${stranger}`, { access_mode: 'lambda' }, stranger);
    expect(unknown.status).toBe(404);
  });

  it('does not lose a change that somebody else makes at the same time', async () => {
    const store = new MemoryStore({
      beforeCall: async (name) => {
        if (name !== 'update' || meanwhile === 0) return;
        meanwhile -= 1;
        await api.patch(own, { oidc_sts_role_arn: installerRole() });
      },
    });
    let meanwhile = 1;
    api = new FakeApi({ store });
    await api.post('/accounts', registrationOf());
    const versions = { oidc_provisioner: { version: '2', code_sha256: `${'a'.repeat(43)}=` } };
    const { body } = await api.patch(own, { lambda_versions: versions });
    expect(body).toMatchObject({ oidc_sts_role_arn: installerRole(), lambda_versions: versions });
  });
});

describe('removing an account', () => {
  beforeEach(() => api.post('/accounts', registrationOf()));

  it('leaves nothing of it', async () => {
    expect(await api.delete(own)).toMatchObject({ status: 204, body: undefined });
    expect((await api.get(own)).status).toBe(404);
    expect((await api.delete(own)).status).toBe(404);
    expect((await api.post('/accounts', registrationOf())).status).toBe(201);
  });

  it('is refused while it has clusters, which are named', async () => {
    await api.post('/clusters', clusterRequest());
    await api.post('/clusters', clusterRequest({ name: 'dev2' }));
    const { status, body } = await api.delete(own);
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'ACCOUNTS-MGMT-DELETE-003' });
    expect(body.reason).toMatch(/has 2 clusters: (dev1, dev2|dev2, dev1)\. Delete them/);
    expect((await api.get(own)).status).toBe(200);
  });

  it('counts many clusters instead of naming them all', async () => {
    for (let index = 10; index < 35; index++)
      await api.post('/clusters', clusterRequest({ name: `dev${index}` }));
    const { body } = await api.delete(own);
    expect(body.reason).toMatch(/has 25 clusters: .*, and 5 more\. Delete/);
  });

  it('is for the account itself alone', async () => {
    expect((await api.delete(own, stranger)).body.code).toBe('AUTH-009');
    expect((await api.delete(own, operator)).body.code).toBe('AUTH-009');
  });
});
