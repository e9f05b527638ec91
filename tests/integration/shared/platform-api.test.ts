import { afterEach, describe, expect, it } from '@jest/globals';
import type { PlatformApiDependencies } from '../../../shared/platform-api/ask.ts';
import { parseBaseUrl } from '../../../shared/platform-api/base-url.ts';
import { httpPlatformApi } from '../../../shared/platform-api/http-platform-api.ts';
import { nextStep } from '../../../shared/platform-api/next-step.ts';
import type { PlatformApiError } from '../../../shared/platform-api/platform-api-error.ts';
import { apiVersions } from '../../../shared/platform-api/versions.ts';
import { cluster, registration } from '../../support/platform-api/examples.ts';
import {
  TestPlatformApi,
  type TestPlatformApiOptions,
} from '../../support/platform-api/test-platform-api.ts';

const accountId = '123456789012';
const callers = {
  AKIDCUSTOMER: { secretAccessKey: 'secret', accountId },
  ASIASESSION: { secretAccessKey: 'secret', sessionToken: 'token/+=', accountId },
  AKIDOPERATOR: { secretAccessKey: 'secret', accountId: '111122223333' },
};
const customer = { accessKeyId: 'AKIDCUSTOMER', secretAccessKey: 'secret' };

let servers: TestPlatformApi[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

/** A Platform API and a client of it, as the customer unless other credentials are given. */
async function platform(
  options: Partial<TestPlatformApiOptions> = {},
  dependencies: Partial<PlatformApiDependencies> = {},
) {
  const server = await TestPlatformApi.start({ callers, ...options });
  servers.push(server);
  const pauses: number[] = [];
  const api = httpPlatformApi({
    baseUrl: parseBaseUrl(server.url).url,
    region: 'us-east-1',
    version: 'v1',
    credentials: async () => customer,
    retryPolicy: {
      attempts: 4,
      firstPauseMs: 100,
      random: () => 1,
      sleep: async (ms) => void pauses.push(ms),
    },
    timeoutMs: 10_000,
    userAgent: 'rosactl/test',
    ...dependencies,
  });
  return { server, api, pauses };
}

const failed = (call: Promise<unknown>): Promise<PlatformApiError> =>
  call.then(
    () => {
      throw new Error('did not fail');
    },
    (error: PlatformApiError) => error,
  );

describe.each(apiVersions)('the journey with %s', (version) => {
  const clmRoleArn = 'arn:aws:iam::111122223333:role/LambdaExecutor';
  const start = (options: Partial<TestPlatformApiOptions> = {}) =>
    platform({ clmRoleArn, ...options }, { version });

  it('reaches the API and learns the role', async () => {
    const { api } = await start();
    await api.live();
    const externalId = version === 'v1' ? `rosa-lambda-access:${accountId}` : undefined;
    expect(await api.info()).toEqual({ clmRoleArn, externalId });
  });

  it('does without the role', async () => {
    const { api } = await start({ clmRoleArn: undefined });
    expect(await api.info()).toEqual({});
  });

  it('registers an account, and removes it', async () => {
    const { api } = await start();
    expect(await api.describeAccount(accountId)).toBeUndefined();
    expect(await api.registerAccount(registration)).toBe('registered');
    expect(await api.registerAccount(registration)).toBe('already registered');
    expect(await api.describeAccount(accountId)).toMatchObject({
      ...(version === 'v1' ? registration : { accountId }),
      createdBy: expect.stringContaining(accountId),
    });
    expect(await api.unregisterAccount(accountId)).toBe('unregistered');
    expect(await api.unregisterAccount(accountId)).toBe('not registered');
  });

  it('creates a cluster, waits for it, and deletes it', async () => {
    const { api } = await start();
    await api.registerAccount(registration);
    const made = await api.createCluster({ ...cluster, version: '4.22' });
    expect(made).toMatchObject({
      name: 'dev1',
      phase: 'Provisioning',
      region: 'us-east-1',
      vpcId: 'vpc-0a1b2c3d',
      version: '4.22',
      oidcIssuerUrl: `https://oidc.example.com/${made.id}`,
    });
    expect(await api.clusterStatus(made.id)).toMatchObject({ phase: 'Provisioning' });
    expect(await api.clusterStatus(made.id)).toMatchObject({
      phase: 'Ready',
      conditions: [{ type: 'Available', status: 'True', lastTransitionTime: made.createdAt }],
    });
    expect(await api.describeCluster('dev1')).toMatchObject({ id: made.id, phase: 'Ready' });
    expect(await api.describeCluster('dev2')).toBeUndefined();
    expect(await api.deleteCluster(made.id)).toBe('deleting');
    expect(await api.describeCluster(made.id)).toMatchObject({ phase: 'Deleting' });
    expect(await api.describeCluster(made.id)).toBeUndefined();
    expect(await api.deleteCluster(made.id)).toBe('not there');
    expect(await api.clusterStatus(made.id)).toBeUndefined();
  });

  it('lists more clusters than fit a page', async () => {
    const { api } = await start({ privilegedAccounts: [accountId] });
    const names = Array.from({ length: 205 }, (_, index) => `c-${index}`);
    for (const name of names) await api.createCluster({ ...cluster, name });
    expect((await api.listClusters()).map(({ name }) => name)).toEqual(names);
    expect(await api.describeCluster('c-204')).toMatchObject({ name: 'c-204' });
  });

  it('is refused a second cluster of the name', async () => {
    const { api } = await start({ privilegedAccounts: [accountId] });
    await api.createCluster(cluster);
    expect(await failed(api.createCluster(cluster))).toMatchObject({
      failure: 'exists',
      code: 'CLUSTERS-MGMT-CREATE-005',
      status: 409,
    });
  });
});

describe('a signature', () => {
  const session = { accessKeyId: 'ASIASESSION', secretAccessKey: 'secret', sessionToken: 'token/+=' };

  it('holds with the stage in the path and temporary credentials', async () => {
    const { server } = await platform();
    const baseUrl = parseBaseUrl(`${server.url}/prod/`).url;
    const { api } = await platform({}, { baseUrl, credentials: async () => session });
    await api.live();
    await api.registerAccount(registration);
    expect(await api.clusterStatus('a b/+')).toBeUndefined();
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/prod/api/v1/live',
      '/prod/api/v1/accounts',
      '/prod/api/v1/clusters/a%20b%2F%2B/statuses',
    ]);
    expect(server.requests[0]?.headers['user-agent']).toBe('rosactl/test');
  });

  it.each([
    ['another secret', { ...customer, secretAccessKey: 'other' }, 'InvalidSignatureException'],
    ['an unknown key', { ...customer, accessKeyId: 'AKIDNOBODY' }, 'UnrecognizedClientException'],
    ['another session', { ...session, sessionToken: 'other' }, 'UnrecognizedClientException'],
    ['no session', { ...session, sessionToken: undefined }, 'UnrecognizedClientException'],
  ])('with %s is refused', async (_what, credentials, code) => {
    const { api, server } = await platform({}, { credentials: async () => credentials });
    expect(await failed(api.live())).toMatchObject({ failure: 'denied', status: 403, code });
    expect(server.requests.length).toBe(1);
  });

  it('for another region is refused', async () => {
    const { api } = await platform({ region: 'eu-west-1' });
    const error = await failed(api.live());
    expect(error.message).toBe(
      "GET /api/v1/live was refused: Credential should be scoped to a valid region, not 'us-east-1' (InvalidSignatureException)",
    );
    expect(nextStep(error)).toContain("Check the API's region");
  });

  it.each([
    [10, 'Signature expired'],
    [-10, 'Signature not yet current'],
  ])('by a clock that is %d minutes late is refused', async (minutes, reason) => {
    const { api } = await platform({ now: () => new Date(Date.now() + minutes * 60_000) });
    const error = await failed(api.live());
    expect(error.reason).toContain(reason);
    expect(nextStep(error)).toContain('clock');
  });

  it('is for this body, path and query alone', async () => {
    const { server } = await platform();
    const swapped = (url: string, body?: string): typeof fetch => {
      return async (_url, init) => fetch(server.url + url, { ...init, body: body ?? init?.body });
    };
    for (const other of [
      swapped('/api/v1/accounts', '{}'),
      swapped('/api/v1/clusters'),
      swapped('/api/v1/accounts?force=true'),
      swapped('/prod/api/v1/accounts'),
    ]) {
      const { api } = await platform({}, { fetch: other });
      expect(await failed(api.registerAccount(registration))).toMatchObject({
        code: 'InvalidSignatureException',
      });
    }
  });

  it('for another service is refused', async () => {
    const { server } = await platform();
    const other: typeof fetch = (url, init) => {
      const headers = init?.headers as Record<string, string>;
      const authorization = headers.authorization?.replace('execute-api', 'lambda') ?? '';
      return fetch(url, { ...init, headers: { ...headers, authorization } });
    };
    const { api } = await platform({}, { baseUrl: server.url, fetch: other });
    expect((await failed(api.live())).reason).toBe(
      "Credential should be scoped to correct service: 'execute-api'",
    );
  });

  it('is needed', async () => {
    const { server } = await platform();
    const answer = await fetch(`${server.url}/api/v1/live`);
    expect([answer.status, await answer.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
  });

  it('is not made without credentials', async () => {
    const none = Object.assign(new Error('no credentials'), { name: 'CredentialsProviderError' });
    const { api, server } = await platform({}, { credentials: () => Promise.reject(none) });
    await expect(api.live()).rejects.toBe(none);
    expect(server.requests).toEqual([]);
  });
});

describe('a refusal', () => {
  it('to register says whom to ask', async () => {
    const { api } = await platform({ mayRegister: false });
    const error = await failed(api.registerAccount(registration));
    expect(error).toMatchObject({
      failure: 'denied',
      code: 'AUTH-006',
      message: 'POST /api/v1/accounts was refused: This operation requires a privileged account (AUTH-006)',
    });
    expect(nextStep(error)).toContain('operator');
  });

  it('does not concern a privileged account, which may register others', async () => {
    const operator = { accessKeyId: 'AKIDOPERATOR', secretAccessKey: 'secret' };
    const options = { mayRegister: false, privilegedAccounts: ['111122223333'] };
    const { api } = await platform(options, { credentials: async () => operator, version: 'v0' });
    expect(await api.registerAccount(registration)).toBe('registered');
  });

  it('of an account that is not registered says to do so', async () => {
    const { api } = await platform();
    const error = await failed(api.listClusters());
    expect(error).toMatchObject({ failure: 'denied', code: 'AUTH-004' });
    expect(nextStep(error)).toContain('Register the account');
  });

  it('of a body names its fields', async () => {
    const { api } = await platform({ privilegedAccounts: [accountId] });
    const error = await failed(api.createCluster({ ...cluster, name: 'A', spec: { colour: 'red' } }));
    expect(error).toMatchObject({ failure: 'invalid', status: 422, code: 'CLUSTERS-MGMT-VALIDATION-001' });
    expect(error.offences).toEqual([
      { field: 'colour', reason: 'is not a field of this request' },
      { field: 'name', reason: expect.stringContaining("must be the cluster's name: 3 to 18") },
    ]);
  });

  it('of a long name by v0 is told', async () => {
    const { api } = await platform({ privilegedAccounts: [accountId] }, { version: 'v0' });
    const error = await failed(api.createCluster({ ...cluster, name: 'a'.repeat(19) }));
    expect(error).toMatchObject({ failure: 'invalid', status: 400, code: 'CLUSTERS-MGMT-CREATE-006' });
  });
});

describe('a fault', () => {
  it('such as broken connections passes', async () => {
    const { api, server, pauses } = await platform();
    server.failNext(2, 'close');
    await api.live();
    expect([server.requests.length, pauses]).toEqual([3, [100, 200]]);
  });

  it('such as an API that is gone does not', async () => {
    const { api, server } = await platform();
    await server.close();
    servers = [];
    expect(await failed(api.live())).toMatchObject({ failure: 'unavailable', code: 'ConnectionFailed' });
  });

  it.each(['hang', 'hang-midway'] as const)('such as no end of an answer (%s) passes', async (fault) => {
    const { api, server, pauses } = await platform({}, { timeoutMs: 1_500 });
    server.failNext(1, fault);
    await api.live();
    expect([server.requests.length, pauses]).toEqual([2, [100]]);
  });

  it('such as too many requests passes after the pause asked for', async () => {
    const { api, server, pauses } = await platform();
    const body = { kind: 'Error', code: '429', reason: 'rate limit exceeded' };
    server.failNext(1, { status: 429, headers: { 'retry-after': '3' }, body });
    await api.live();
    expect(pauses).toEqual([3_000]);
  });

  it('such as a web page in its place is told', async () => {
    const { api, server } = await platform();
    server.failNext(1, 'html');
    const error = await failed(api.live());
    expect(error).toMatchObject({ failure: 'invalid-answer', code: 'NotJson', status: 200 });
    expect(error.reason).toContain('text/html, "<!doctype html> <html><title>Welcome</title></html>"');
  });

  it('such as a redirection is told, not followed', async () => {
    const { api, server } = await platform();
    server.failNext(1, { status: 302, headers: { location: `${server.url}/prod/api/v1/live` } });
    expect(await failed(api.live())).toMatchObject({ failure: 'invalid-answer', code: 'Redirected' });
    expect(server.requests.length).toBe(1);
  });

  it('after a registration leaves it made', async () => {
    const { api, server } = await platform();
    server.failNext(1, 'close-after-doing-it');
    expect(await api.registerAccount(registration)).toBe('already registered');
  });

  it.each(apiVersions)('after a cluster was made does not hide it (%s)', async (version) => {
    const { api, server } = await platform({ privilegedAccounts: [accountId] }, { version });
    server.failNext(1, 'close-after-doing-it');
    const made = await api.createCluster(cluster);
    expect([...server.clusters.keys()]).toEqual([made.id]);
  });

  it.each([
    ['v1', 'already exists in this account'],
    ['v0', 'it is not certain'],
  ] as const)(
    'after a cluster was made for somebody else does not pass theirs off as ours (%s)',
    async (version, reason) => {
      const { api, server } = await platform({ privilegedAccounts: [accountId] }, { version });
      await api.createCluster({ ...cluster, vpcId: 'vpc-0b1b2c3d' });
      server.failNext(1, 'close');
      expect(await failed(api.createCluster(cluster))).toMatchObject({
        failure: 'exists',
        reason: expect.stringContaining(reason),
      });
    },
  );

  it.each(apiVersions)('after a cluster was deleted leaves it deleted (%s)', async (version) => {
    const { api, server } = await platform({ privilegedAccounts: [accountId] }, { version });
    const { id } = await api.createCluster(cluster);
    server.failNext(1, 'close-after-doing-it');
    expect(await api.deleteCluster(id)).toBe('deleting');
  });
});
