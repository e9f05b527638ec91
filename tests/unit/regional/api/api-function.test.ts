import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { apiFunction } from '../../../../regional/api/api-function.ts';
import type { ApiDependencies } from '../../../../regional/api/dependencies.ts';
import { captureOutput } from '../../../support/captured-output.ts';
import { awsError } from '../../../support/fakes/aws-errors.ts';
import { MemoryStore } from '../../../support/fakes/memory-store.ts';
import {
  apiEvent,
  clusterRequest,
  customer,
  FakeApi,
  registrationOf,
} from '../../../support/fakes/platform-api-function.ts';
import { lambdaContext } from '../../../support/lambda-context.ts';

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

const functionWith = (overrides: Partial<ApiDependencies> = {}) =>
  apiFunction({
    name: 'platform-api',
    environment: { ROSA_VERSION: '1.2.3', ROSA_TRACING: false },
    dependencies: () => new FakeApi(overrides).dependencies,
  });

const records = () => output.records().filter(({ message }) => String(message).startsWith('request '));

describe('the function of the Platform API', () => {
  it('answers as API Gateway wants it', async () => {
    const handler = await functionWith();
    const answer = await handler(
      apiEvent({ method: 'POST', path: '/accounts', body: registrationOf() }),
      lambdaContext(),
    );
    expect(answer).toMatchObject({
      statusCode: 201,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
    expect(JSON.parse(answer.body)).toMatchObject(registrationOf());
    const gone = apiEvent({ method: 'DELETE', path: `/accounts/${customer}` });
    expect(await handler(gone, lambdaContext())).toMatchObject({ statusCode: 204, body: '' });
  });

  it('writes one record of each request: who asked for what, and what was said', async () => {
    const handler = await functionWith();
    const body = clusterRequest({ client_token: 'no-business-of-the-log' });
    await handler(apiEvent({ method: 'POST', path: '/clusters', body }), lambdaContext());
    expect(records()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'request answered',
        operation: 'createCluster',
        status: 403,
        code: 'AUTH-004',
        method: 'POST',
        path: '/api/v1/clusters',
        account_id: customer,
        caller_arn: `arn:aws:sts::${customer}:assumed-role/Admin/test`,
        api_request_id: 'c0ffee00-0000-4000-8000-000000000000',
        duration: expect.any(Number),
      }),
    ]);
    expect(output.text()).not.toContain('no-business-of-the-log');
  });

  it('logs why it could not serve, and tells the caller nothing of it', async () => {
    const beforeCall = () => {
      throw awsError('dynamodb:Query', 'AccessDeniedException');
    };
    const handler = await functionWith({ store: new MemoryStore({ beforeCall }) });
    const answer = await handler(apiEvent({ path: '/clusters' }), lambdaContext());
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('dynamodb');
    expect(records()).toMatchObject([
      {
        level: 'ERROR',
        message: 'request not served',
        errors: [{ name: 'AwsCallError', message: expect.stringContaining('dynamodb:Query') }, {}],
      },
    ]);
    expect(output.records()).toContainEqual(expect.objectContaining({ request_failures: 1 }));
  });

  it('answers before Lambda ends it when the table does not', async () => {
    const beforeCall = () => new Promise<void>(() => {});
    const handler = await functionWith({ store: new MemoryStore({ beforeCall }) });
    const nearlyOver = lambdaContext({ getRemainingTimeInMillis: () => 1_050 });
    const answer = await handler(apiEvent({ path: '/clusters' }), nearlyOver);
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  });
});
