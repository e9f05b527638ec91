import { describe, expect, it } from '@jest/globals';
import { PageTokenError } from '../../../../shared/resources/resource-store.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import {
  clusterRequest,
  customer,
  FakeApi,
  functionsOf,
  registrationOf,
  stranger,
} from '../../../support/fakes/platform-api-function.ts';

const api = new FakeApi();
const one = '/clusters/2f3a1c7e-8d4b-4c6a-9e5f-0a1b2c3d4e5f';

describe('the API itself', () => {
  it('is live and ready', async () => {
    for (const path of ['/live', '/ready'])
      expect(await api.get(path)).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('tells whom to let in, and the external id of who asks', async () => {
    expect((await api.get('/info')).body).toEqual({
      clm_role_arn: 'arn:aws:iam::111122223333:role/CLMServiceRole',
      external_id: `rosa-lambda-access:${customer}`,
    });
    expect((await api.get('/info', stranger)).body.external_id).toBe(`rosa-lambda-access:${stranger}`);
  });
});

describe('identity', () => {
  it('is not taken from headers', async () => {
    const headers = {
      'X-Amz-Account-Id': customer,
      'X-Amz-Caller-Arn': `arn:aws:iam::${customer}:root`,
      'x-amz-account-id': customer,
      'X-Forwarded-For': '10.0.0.1',
    };
    const body = registrationOf();
    const { status } = await api.ask({ method: 'POST', path: '/accounts', body, as: stranger, headers });
    expect(status).toBe(403);
    const info = await api.ask({ path: '/info', as: stranger, headers });
    expect(info.body.external_id).toContain(stranger);
  });

  it('is not taken from the body', async () => {
    const fresh = new FakeApi();
    await fresh.post('/accounts', registrationOf(stranger), stranger);
    const claimed = { ...clusterRequest(), account_id: customer };
    expect((await fresh.post('/clusters', claimed, stranger)).status).toBe(422);
  });

  it('must be there', async () => {
    for (const path of ['/accounts', '/clusters', '/info', one]) {
      expect(await api.get(path, null)).toMatchObject({ status: 403, body: { code: 'AUTH-001' } });
    }
  });
});

describe('a path', () => {
  it.each(['/nothing', '/clusters/', '/accounts//', `${one}/nodepools`, '/../v0/clusters', '/__proto__'])(
    'that is none is not found: %s',
    async (path) => {
      expect(await api.get(path)).toMatchObject({ status: 404, body: { code: 'ROUTE-001' } });
    },
  );

  it('with a method it does not take tells those it takes', async () => {
    expect(await api.ask({ method: 'PUT', path: one })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, DELETE' },
      body: { code: 'ROUTE-002' },
    });
  });

  it.each(['/clusters/constructor', '/clusters/..%2F', '/clusters/%00', '/clusters/*'])(
    'with an odd id finds nothing: %s',
    async (path) => {
      expect((await api.get(path)).status).toBe(404);
    },
  );
});

describe('a query', () => {
  it.each([
    ['/clusters?limit=0', 'limit'],
    ['/clusters?limit=101', 'limit'],
    ['/clusters?limit=-1', 'limit'],
    ['/clusters?limit=1e1', 'limit'],
    ['/clusters?limit=', 'limit'],
    ['/clusters?limit=1&limit=2', 'limit'],
    ['/clusters?page_token=nonsense', 'page_token'],
    ['/clusters?offset=100', 'offset'],
    ['/accounts?limit=1000', 'limit'],
    ['/live?verbose=1', 'verbose'],
    [`${one}?limit=1`, 'limit'],
    ['/clusters?__proto__=1', '__proto__'],
  ])('that is wrong is not overlooked: %s', async (path, field) => {
    expect(await api.get(path)).toMatchObject({
      status: 400,
      body: { code: 'REQUEST-001', errors: [{ field }] },
    });
  });

  it.each([1, 100])('takes a limit of %d', async (limit) => {
    expect((await api.get(`/clusters?limit=${limit}`)).status).toBe(200);
  });
});

describe('a body', () => {
  it.each([
    ['', 'nothing'],
    ['{', 'half an object'],
    ['{"name":}', 'no value'],
    ['name=dev1', 'a form'],
    ['{"name":"a"} {"name":"b"}', 'two objects'],
  ])('that is no JSON is refused: %j (%s)', async (body) => {
    expect(await api.post('/clusters', body)).toMatchObject({
      status: 400,
      body: { code: 'CLUSTERS-MGMT-CREATE-001' },
    });
  });

  it.each([
    ['{"name":"dev1","name":"dev2"}', 'name'],
    ['{"name":"dev1","\\u006eame":"dev2"}', 'name'],
    ['{"cluster_config":{"node_count":1,"node_count":2}}', 'node_count'],
    ['{"a":[{"b":1},{"b":1,"b":2}]}', 'b'],
  ])('with a key twice is refused: %s', async (body, field) => {
    expect(await api.post('/clusters', body)).toMatchObject({
      status: 400,
      body: { errors: [{ field, reason: 'is there twice in one object' }] },
    });
  });

  it('may have one key in several objects, and brackets in texts', async () => {
    const body = '{"name":"{\\"name\\":[","cluster_config":{"name":"]}"},"requirements":{"name":1}}';
    expect((await api.post('/clusters', body)).status).toBe(422);
  });

  it.each([
    ['null'],
    ['[]'],
    ['"dev1"'],
    ['7'],
    ['true'],
    [`[${JSON.stringify(clusterRequest())}]`],
    ['['.repeat(5_000) + ']'.repeat(5_000)],
  ])('must be an object: %.40s', async (body) => {
    expect(await api.post('/clusters', body)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'request', reason: 'must be a JSON object' }] },
    });
  });

  it('that is wrong in many ways is told all of them at once, without its values', async () => {
    const body = { name: 'A!', region: 5, subnet_ids: ['sn-1', 'subnet-0a1b2c3d'], secret: 'hunter2' };
    const answer = await api.post('/clusters', body);
    expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(
      ['name', 'region', 'secret', 'subnet_ids[0]', 'vpc_id'].sort(),
    );
    expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|A!|sn-1/);
  });

  it.each([
    ['a name in other letters', { name: 'dév1' }, 'name'],
    ['a name with a zero-width space', { name: 'dev\u200b1' }, 'name'],
    ['a name with half a character', { name: 'dev\ud83d' }, 'name'],
    ['an object for a text', { name: { $gt: '' } }, 'name'],
    ['a list for a text', { name: ['dev1'] }, 'name'],
    ['nothing for a text', { vpc_id: null }, 'vpc_id'],
    ['a long token', { client_token: 'a'.repeat(65) }, 'client_token'],
    ['too many subnets', { subnet_ids: Array.from({ length: 100 }, (_, i) => `subnet-${i}`) }, 'subnet_ids'],
  ])('is refused with %s', async (_what, change, field) => {
    const { status, body } = await api.post('/clusters', clusterRequest(change));
    expect(status).toBe(422);
    expect(body.errors.map((error: { field: string }) => error.field).join()).toContain(field);
  });

  it('cannot change what objects are', async () => {
    const body = '{"__proto__":{"name":"dev1","region":"us-east-1"},"constructor":{"prototype":{"x":1}}}';
    const { status, body: answer } = await api.post('/clusters', body);
    expect(status).toBe(422);
    expect(answer.errors.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(['__proto__', 'constructor']),
    );
    expect(({} as { name?: string }).name).toBeUndefined();
  });

  it('is no larger than 64 KiB', async () => {
    const padded = (bytes: number) => {
      const text = JSON.stringify(clusterRequest());
      return text + ' '.repeat(bytes - text.length);
    };
    expect((await api.post('/clusters', padded(65_536))).status).toBe(403);
    expect(await api.post('/clusters', padded(65_537))).toMatchObject({
      status: 413,
      body: { code: 'REQUEST-002', reason: 'the body has 65537 bytes and at most 65536 are allowed' },
    });
    const letters = `{"name":"${'é'.repeat(33_000)}"}`;
    expect((await api.post('/clusters', letters)).status).toBe(413);
  });

  it('lists a hundred offences and counts the rest', async () => {
    const fields = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`field${index}`, 1]));
    const { body } = await api.post('/clusters', clusterRequest(fields));
    expect(body.errors).toHaveLength(100);
    expect(body.reason).toContain('1900 more are not listed');
  });

  it('may come as Base64', async () => {
    const { respond } = await import('../../../../regional/api/respond.ts');
    const { apiEvent } = await import('../../../support/fakes/platform-api-function.ts');
    const body = Buffer.from(JSON.stringify(registrationOf('444444444444'))).toString('base64');
    const event = { ...apiEvent({ method: 'POST', path: '/accounts', as: '444444444444' }), body };
    const { answer } = await respond(api.dependencies, { ...event, isBase64Encoded: true });
    expect(answer.status).toBe(201);
  });
});

describe('a table that fails', () => {
  const failing = (error: Error) => {
    const beforeCall = () => {
      throw error;
    };
    return new FakeApi({ store: new MemoryStore({ beforeCall }) });
  };
  const requests = (fake: FakeApi) => [
    () => fake.get('/accounts'),
    () => fake.get('/clusters'),
    () => fake.get(one),
    () => fake.get(`${one}/statuses`),
    () => fake.delete(one),
    () => fake.post('/clusters', clusterRequest()),
    () => fake.post('/accounts', registrationOf()),
    () => fake.patch(`/accounts/${customer}`, { lambda_functions: functionsOf(customer) }),
    () => fake.delete(`/accounts/${customer}`),
  ];

  it.each([
    'ProvisionedThroughputExceededException',
    'ThrottlingException',
    'InternalServerError',
    'ECONNRESET',
  ])('for a moment (%s) has the caller come back', async (code) => {
    for (const ask of requests(failing(awsError('dynamodb:GetItem', code)))) {
      expect(await ask()).toMatchObject({
        status: 503,
        headers: { 'retry-after': '1' },
        body: { code: 'SERVICE-001' },
      });
    }
  });

  it('for good is a fault, which tells the request id and nothing of the inside', async () => {
    const error = awsError('dynamodb:GetItem', 'AccessDeniedException');
    for (const ask of requests(failing(error))) {
      const { status, body, cause } = await ask();
      expect({ status, code: body.code }).toEqual({ status: 500, code: 'INTERNAL-001' });
      expect(body.reason).toContain('c0ffee00-0000-4000-8000-000000000000');
      expect(JSON.stringify(body)).not.toMatch(/dynamodb|AccessDenied|\.ts/);
      expect(cause).toBe(error);
    }
  });

  it('makes the API live, but not ready', async () => {
    const fake = failing(awsError('dynamodb:GetItem', 'AccessDeniedException'));
    expect((await fake.get('/live')).status).toBe(200);
    expect(await fake.get('/ready')).toMatchObject({ status: 503, body: { status: 'unavailable' } });
  });

  it('does not make a page token wrong that is right, nor the other way', async () => {
    const fake = failing(new PageTokenError('of another list'));
    expect((await fake.get('/clusters?page_token=x')).body.errors[0].field).toBe('page_token');
  });
});
