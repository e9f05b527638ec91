import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { LocalAws } from '../../../local-aws/local-aws.ts';
import { startLocalAws } from '../../../local-aws/local-aws.ts';
import { credentialsOf, deployRegionalPlatform } from '../../../tools/journey/regional-platform.ts';
import { eager } from '../../support/eager.ts';
import {
  clusterRequest,
  customer,
  functionsOf,
  installerRole,
  operator,
  registrationOf,
  stranger,
} from '../../support/fakes/platform-api-function.ts';
import { deployTimeoutMs } from '../../support/laptop.ts';
import {
  ContractApi,
  type ContractRequest,
  documentedAnswers,
} from '../../support/platform-api-client/contract-api.ts';
import { type ClientCredentials, PythonClient } from '../../support/platform-api-client/python-client.ts';
import { documentedOperations } from '../../support/platform-api-document.ts';
import { copyProject, type ProjectCopy } from '../../support/project-copy.ts';
import { control } from '../local-aws/support.ts';

let aws: LocalAws;
let project: ProjectCopy;
let client: PythonClient;
let api: ContractApi;
let [us, them, operators]: ClientCredentials[] = [];

beforeAll(async () => {
  [aws, project, client] = await Promise.all([
    startLocalAws({ enforceIam: true }),
    copyProject(),
    PythonClient.start(),
  ]);
  const { apiUrl } = await deployRegionalPlatform(aws, { folder: project.folder, environment: eager() });
  api = new ContractApi({ baseUrl: apiUrl, region: 'us-east-1' }, client);
  const administrators = [customer, stranger, operator].map((account) =>
    credentialsOf(aws, `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`),
  );
  [us, them, operators] = await Promise.all(administrators);
}, deployTimeoutMs);
afterAll(() => Promise.all([client?.close(), aws?.close(), project?.remove()]));

const account = { account_id: customer };
const id = '2f3a1c7e-8d4b-4c6a-9e5f-0a1b2c3d4e5f';

const ask = (operationId: string, request: ContractRequest = {}) =>
  api.ask(operationId, { as: us, ...request });

/** Asks until the answer has this status; a deletion takes its way through stream and queue. */
async function until(status: number, operationId: string, request: ContractRequest): Promise<number> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask(operationId, request);
    if (answer.status === status || Date.now() > end) return answer.status;
    await pause(100);
  }
}

/** Every call of the API's function to DynamoDB fails from now on. */
const breakTable = (code: string, status: number) =>
  Promise.all(
    ['GetItem', 'Query', 'UpdateItem', 'DeleteItem', 'PutItem', 'TransactWriteItems'].map((action) =>
      control(aws, 'POST', 'faults', {
        service: 'dynamodb',
        action,
        function: 'rosa-regional-api',
        error: { code, status, message: 'as the test wants it' },
      }),
    ),
  );
const mendTable = () => control(aws, 'DELETE', 'faults');
afterEach(mendTable);

/** A request of each operation that reaches the table. */
const requests: [string, ContractRequest][] = [
  ['registerAccount', { body: registrationOf() }],
  ['listAccounts', {}],
  ['getAccount', { parameters: account }],
  ['changeAccount', { parameters: account, body: { access_mode: 'lambda' } }],
  ['deleteAccount', { parameters: account }],
  ['createCluster', { body: clusterRequest() }],
  ['listClusters', {}],
  ['getCluster', { parameters: { id } }],
  ['deleteCluster', { parameters: { id } }],
  ['getClusterStatuses', { parameters: { id } }],
];

const oversized = JSON.stringify(clusterRequest()) + ' '.repeat(65_536);

describe('a request that is not signed as it should be', () => {
  it.each(documentedOperations.map(({ operationId }) => operationId))(
    'does not reach %s without a signature',
    async (operationId) => {
      const answer = await api.ask(operationId);
      expect(answer).toMatchObject({ status: 403, body: { message: 'Missing Authentication Token' } });
    },
  );

  it('is refused with the wrong secret', async () => {
    const as = { ...(us as ClientCredentials), secretAccessKey: 'wrong' };
    expect(await api.ask('listAccounts', { as })).toMatchObject({ status: 403, body: { message: /./ } });
  });

  it('is refused after five minutes, and before they begin', async () => {
    for (const age of [301, -301]) {
      const answer = await ask('listAccounts', { age });
      expect(answer.status).toBe(403);
      expect(answer.headers['x-amzn-errortype']).toContain('InvalidSignature');
    }
  });

  it('is refused when its body was changed after it was signed', async () => {
    const sentBody = JSON.stringify(registrationOf(customer, { access_mode: 'dual' }));
    const answer = await ask('registerAccount', { body: registrationOf(), sentBody });
    expect(answer.status).toBe(403);
    expect((await ask('getAccount', { parameters: account })).status).toBe(404);
  });

  it('is not for another account, whatever its headers say', async () => {
    const headers = {
      'X-Amz-Account-Id': customer,
      'X-Amz-Caller-Arn': `arn:aws:iam::${customer}:root`,
      'X-Amz-User-Id': customer,
    };
    const answer = await ask('registerAccount', { body: registrationOf(), headers, as: them });
    expect(answer).toMatchObject({ status: 403, body: { code: 'AUTH-009' } });
    const info = await ask('getInfo', { headers, as: them });
    expect(info.body.external_id).toBe(`rosa-lambda-access:${stranger}`);
  });
});

describe('the operations', () => {
  it('answer about the platform itself', async () => {
    expect((await ask('getLive')).body).toEqual({ status: 'ok' });
    expect((await ask('getReady')).body).toEqual({ status: 'ok' });
    expect((await ask('getInfo')).body.clm_role_arn).toBe(`arn:aws:iam::${operator}:role/CLMServiceRole`);
  });

  it('refuse a query that they do not know, each', async () => {
    for (const { operationId } of documentedOperations) {
      const asked = requests.find(([name]) => name === operationId)?.[1] ?? {};
      const answer = await ask(operationId, { ...asked, query: '?verbose=1' });
      expect({ operationId, status: answer.status }).toEqual({ operationId, status: 400 });
    }
  });

  it('know no account that is not registered', async () => {
    for (const operationId of ['getAccount', 'changeAccount', 'deleteAccount']) {
      const body = operationId === 'changeAccount' ? { access_mode: 'lambda' } : undefined;
      expect((await ask(operationId, { parameters: account, body })).status).toBe(404);
    }
    expect((await ask('createCluster', { body: clusterRequest() })).body.code).toBe('AUTH-004');
    expect((await ask('listAccounts')).body).toEqual({ items: [] });
  });

  it('lead an account through its life', async () => {
    for (const [operationId, rest] of [
      ['registerAccount', {}],
      ['changeAccount', { parameters: account }],
    ] as const) {
      expect((await ask(operationId, { ...rest, body: '{"region":' })).status).toBe(400);
      expect((await ask(operationId, { ...rest, body: oversized })).status).toBe(413);
      expect((await ask(operationId, { ...rest, body: { colour: 'red' } })).status).toBe(422);
    }
    expect((await ask('registerAccount', { body: registrationOf(stranger) })).status).toBe(403);
    const foreign = registrationOf(customer, { lambda_functions: functionsOf(stranger) });
    expect((await ask('registerAccount', { body: foreign })).status).toBe(422);
    expect((await ask('registerAccount', { body: registrationOf() })).status).toBe(201);
    expect((await ask('registerAccount', { body: registrationOf() })).status).toBe(409);
    const change = { access_mode: 'dual', oidc_sts_role_arn: installerRole() };
    expect((await ask('changeAccount', { parameters: account, body: change })).status).toBe(200);
    const { body } = await ask('getAccount', { parameters: account });
    expect(body).toMatchObject({ ...registrationOf(), ...change });
  });

  it('keep accounts apart', async () => {
    for (const operationId of ['getAccount', 'changeAccount', 'deleteAccount']) {
      const body = operationId === 'changeAccount' ? { access_mode: 'lambda' } : undefined;
      expect((await ask(operationId, { parameters: account, body, as: them })).status).toBe(403);
    }
    expect((await ask('getAccount', { parameters: account, as: operators })).status).toBe(200);
    expect((await ask('listAccounts', { as: them })).body).toEqual({ items: [] });
    expect((await ask('listAccounts', { as: operators })).body.progress.accounts.total).toBe(1);
  });

  it('refuse a request for a cluster that is wrong', async () => {
    expect((await ask('createCluster', { body: '[' })).status).toBe(400);
    expect((await ask('createCluster', { body: oversized })).status).toBe(413);
    expect((await ask('createCluster', { body: [] })).status).toBe(422);
    const elsewhere = clusterRequest({ region: 'eu-west-1' });
    expect((await ask('createCluster', { body: elsewhere })).body.errors[0].field).toBe('region');
    for (const operationId of ['getCluster', 'getClusterStatuses', 'deleteCluster']) {
      expect((await ask(operationId, { parameters: { id } })).status).toBe(404);
    }
  });

  it('make one cluster of a request that is replayed, and none of it after five minutes', async () => {
    const body = clusterRequest({ client_token: 'replayed' });
    const first = await ask('createCluster', { body });
    expect(first.status).toBe(201);
    const again = await ask('createCluster', { body, replay: first.signed });
    expect({ status: again.status, id: again.body.id }).toEqual({ status: 200, id: first.body.id });
    const late = await ask('createCluster', { body, age: 301 });
    expect(late.status).toBe(403);
    expect((await ask('listClusters')).body.items).toHaveLength(1);
  });

  it('show a cluster to its account alone, page by page', async () => {
    const second = await ask('createCluster', { body: clusterRequest({ name: 'dev2' }) });
    expect((await ask('createCluster', { body: clusterRequest({ name: 'dev2' }) })).status).toBe(409);
    const first = await ask('listClusters', { query: '?limit=1' });
    const query = `?limit=1&page_token=${encodeURIComponent(first.body.next_page_token)}`;
    const rest = await ask('listClusters', { query });
    expect(rest.body.next_page_token).toBeUndefined();
    const names = [first, rest].map(({ body }) => body.items[0].name);
    expect(names.toSorted()).toEqual(['dev1', 'dev2']);
    expect((await ask('listClusters', { query, as: them })).status).toBe(400);
    const parameters = { id: second.body.id };
    for (const operationId of ['getCluster', 'getClusterStatuses', 'deleteCluster']) {
      expect((await ask(operationId, { parameters, as: them })).status).toBe(404);
    }
    expect((await ask('getCluster', { parameters })).body.name).toBe('dev2');
    expect((await ask('getClusterStatuses', { parameters })).body.cluster_id).toBe(second.body.id);
  });

  it('say so when the table fails, and do not say how', async () => {
    await breakTable('InternalServerError', 500);
    expect((await ask('getReady')).status).toBe(503);
    for (const [operationId, request] of requests) {
      const answer = await ask(operationId, request);
      expect({ operationId, status: answer.status }).toEqual({ operationId, status: 503 });
      expect(answer.headers['retry-after']).toBe('1');
    }
    await mendTable();
    await breakTable('AccessDeniedException', 400);
    for (const [operationId, request] of requests) {
      const { status, body, headers } = await ask(operationId, request);
      expect({ operationId, status }).toEqual({ operationId, status: 500 });
      expect(body.reason).toContain(headers['x-amzn-requestid']);
      expect(JSON.stringify(body)).not.toContain('as the test wants it');
    }
  }, 120_000);

  it('take clusters and the account away again', async () => {
    expect((await ask('deleteAccount', { parameters: account })).status).toBe(409);
    const { body } = await ask('listClusters');
    for (const { id } of body.items) {
      expect((await ask('deleteCluster', { parameters: { id } })).status).toBe(202);
      expect(await until(404, 'getCluster', { parameters: { id } })).toBe(404);
    }
    expect((await ask('deleteAccount', { parameters: account })).status).toBe(204);
    expect((await ask('getAccount', { parameters: account })).status).toBe(404);
  }, 150_000);
});

describe('what is not an operation', () => {
  it.each([
    ['GET', '/api/v1/nodepools', 404, 'ROUTE-001'],
    ['GET', '/api/v0/accounts', 404, 'ROUTE-001'],
    ['PUT', `/api/v1/clusters/${id}`, 405, 'ROUTE-002'],
    ['POST', '/api/v1/live', 405, 'ROUTE-002'],
  ])('is refused: %s %s', async (method, path, status, code) => {
    expect(await api.askPath(method, path, us as ClientCredentials)).toMatchObject({
      status,
      body: { kind: 'Error', code },
    });
  });
});

describe('the contract', () => {
  it('was never broken', () => {
    expect(api.breaches).toEqual([]);
  });

  it('was seen in full: every operation with every status, and no other', () => {
    expect([...api.seen].toSorted()).toEqual(documentedAnswers.toSorted());
  });
});
