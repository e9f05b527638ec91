import { describe, expect, it } from '@jest/globals';
import { awsAccessDependencies } from '../../../../regional/access/aws/aws-access.ts';
import { type AccessDependencies, customerAccess } from '../../../../regional/access/customer-access.ts';
import { registrationHash } from '../../../../regional/access/discovery/directory-cache.ts';
import {
  accountId,
  arnOf,
  oidcArn,
  registeredAccount,
  requestId,
  requests,
  results,
  roleAccount,
  taggedFunctions,
} from '../../../support/fakes/access.ts';
import { type Answers, type Behaviour, FakeAws, OddAnswer, Refusal } from '../../../support/wire/fake-aws.ts';
import { always, atFirst, hangs, proxyPage, timeout } from '../../../support/wire/faults.ts';

const lambdaAnswer = (body: string, headers: Record<string, string> = {}) =>
  new OddAnswer(200, body, {
    'x-amzn-requestid': requestId,
    'x-amz-executed-version': '7',
    ...headers,
  });

const marshalled = (item: object): Record<string, object> =>
  Object.fromEntries(
    Object.entries(item).map(([key, value]) => [
      key,
      typeof value === 'string'
        ? { S: value }
        : typeof value === 'number'
          ? { N: String(value) }
          : { M: marshalled(value) },
    ]),
  );

/** The regional table and a customer's account, as far as the access layer sees them. */
const healthy = (stored: Record<string, object> = {}): Answers => ({
  'lambda:Invoke': () => {
    throw lambdaAnswer(JSON.stringify(results['oidc-provisioner']));
  },
  'lambda:GetFunctionConfiguration': () => ({ CodeSha256: 'sha of the code' }),
  'lambda:ListFunctions': ({ Marker }) =>
    Marker
      ? { Functions: [{ FunctionArn: arnOf('mine-network-verifier') }] }
      : {
          Functions: ['mine-oidc-provisioner', 'mine-preflight-checker', 'other'].map((name) => ({
            FunctionArn: arnOf(name),
          })),
          NextMarker: 'next',
        },
  'tagging:GetResources': ({ PaginationToken }) => {
    const all = taggedFunctions().map(({ arn, component }) => ({
      ResourceARN: arn,
      Tags: [{ Key: 'rosa:component', Value: component }],
    }));
    const untagged = { ResourceARN: arnOf('once-tagged'), Tags: [] };
    return PaginationToken
      ? { ResourceTagMappingList: all.slice(1), PaginationToken: '' }
      : { ResourceTagMappingList: [untagged, ...all.slice(0, 1)], PaginationToken: 'next' };
  },
  'sts:AssumeRole': () => ({
    Credentials: {
      AccessKeyId: 'a key',
      SecretAccessKey: 'secret',
      SessionToken: 'token',
      Expiration: '2100-01-01T00:00:00Z',
    },
  }),
  'dynamodb:GetItem': () => stored,
  'dynamodb:PutItem': (input) => {
    stored.Item = (input as unknown as { Item: object }).Item;
    return {};
  },
});

function onWire(answers = healthy(), others: Partial<AccessDependencies> = {}) {
  const aws = new FakeAws(answers);
  const place = { table: 'rosa-regional', region: 'us-west-2', partition: 'aws' };
  const slept: number[] = [];
  const sleep = async (ms: number) => void slept.push(ms);
  const access = customerAccess({ ...awsAccessDependencies(place, aws.instrument), sleep, ...others });
  const provide = (account = byLambda(), withinMs = 30_000) =>
    access.invoke(account, 'lambda', 'oidc-provisioner', requests['oidc-provisioner'], { withinMs });
  const actions = () => aws.calls.map(({ action }) => action);
  return { aws, access, provide, slept, actions };
}

const byLambda = () => registeredAccount({ access_mode: 'lambda' });
const unregistered = () => roleAccount({ access_mode: 'lambda', lambda_functions: undefined });

const touching =
  (action: string, behaviour: Behaviour): Behaviour =>
  (exchange) =>
    exchange.call.action === action ? behaviour(exchange) : exchange.answer();

describe('on the wire, an invocation', () => {
  it('goes to the alias in the region of the account, once, and is read', async () => {
    const { aws, provide } = onWire();
    expect(await provide()).toMatchObject({
      outcome: 'answered',
      result: results['oidc-provisioner'],
      trace: { requestId, version: '7', functionArn: oidcArn },
    });
    expect(aws.calls).toMatchObject([
      { action: 'lambda:Invoke', region: 'us-east-1', path: `/2015-03-31/functions/${oidcArn}/invocations` },
    ]);
  });

  const brief = new Refusal('TooManyRequestsException', 429);
  const broken = new Refusal('ServiceException', 500);

  it.each([
    ['is throttled', brief],
    ['finds Lambda broken', broken],
    ['is answered by a proxy', proxyPage()],
    ['gets no answer', timeout()],
    ['loses its connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
  ])('that %s is tried again by the access layer alone, and its tries are counted', async (_, error) => {
    const { aws, provide, slept, actions } = onWire();
    aws.behave(touching('lambda:Invoke', atFirst(error, error)));
    expect(await provide()).toMatchObject({ outcome: 'answered', trace: { attempts: 3 } });
    expect(slept).toEqual([1_000, 2_000]);
    expect(actions()).toEqual(['lambda:Invoke', 'lambda:Invoke', 'lambda:Invoke']);
  });

  it('is tried again after as long as Lambda asks for, and says what limits it', async () => {
    const { aws, provide, slept } = onWire();
    const body = JSON.stringify({
      __type: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      message: 'Rate Exceeded.',
    });
    const headers = { 'x-amzn-errortype': 'TooManyRequestsException', 'retry-after': '3' };
    aws.behave(always(() => new OddAnswer(429, body, headers)));
    expect(await provide()).toMatchObject({
      failure: {
        kind: 'throttled',
        errorType: 'TooManyRequestsException',
        retryAfterSeconds: 3,
        message: expect.stringContaining('reserved concurrency'),
      },
      trace: { attempts: 4 },
    });
    expect(slept).toEqual([3_000, 3_000, 4_000]);
  });

  it.each([
    ['AccessDeniedException', 403, 'denied'],
    ['ResourceNotFoundException', 404, 'not-found'],
    ['KMSAccessDeniedException', 502, 'denied'],
    ['InvalidRuntimeException', 502, 'unreachable'],
  ])('that is refused with %s is not tried again', async (code, status, kind) => {
    const { aws, provide, slept } = onWire();
    aws.behave(
      touching(
        'lambda:Invoke',
        always(() => new Refusal(code, status)),
      ),
    );
    expect(await provide()).toMatchObject({ failure: { kind, mayPass: false }, trace: { attempts: 1 } });
    expect(slept).toEqual([]);
  });

  it('that hangs ends when its time is up', async () => {
    const { aws, provide } = onWire();
    aws.behave(touching('lambda:Invoke', hangs));
    expect(await provide(byLambda(), 50)).toMatchObject({ failure: { kind: 'timed-out', mayPass: true } });
  });

  it.each([
    ['garbage', '}{'],
    ['nothing', ''],
    ['a page of a proxy', '<html><body>Welcome</body></html>'],
    ['6 MB', JSON.stringify({ padding: 'x'.repeat(6_291_000) })],
  ])('that is answered with %s is no result', async (_, body) => {
    const { aws, provide } = onWire();
    aws.behave(
      touching(
        'lambda:Invoke',
        always(() => lambdaAnswer(body)),
      ),
    );
    expect(await provide()).toMatchObject({
      failure: { kind: 'invalid-result', requestId },
      trace: { version: '7' },
    });
  });

  it('that the function fails tells its error', async () => {
    const { aws, provide } = onWire();
    const body = JSON.stringify({ errorType: 'ConflictError', errorMessage: 'the quota is reached' });
    const failed = () => lambdaAnswer(body, { 'x-amz-function-error': 'Unhandled' });
    aws.behave(touching('lambda:Invoke', always(failed)));
    expect(await provide()).toMatchObject({
      failure: { kind: 'function-failed', errorType: 'ConflictError', requestId },
    });
  });
});

describe('on the wire, an account whose functions were not registered', () => {
  it('is entered by its role, searched page by page, and remembered in the table', async () => {
    const { aws, provide, actions } = onWire();
    expect(await provide(unregistered())).toMatchObject({
      outcome: 'answered',
      trace: { functionArn: arnOf('mine-oidc-provisioner:prod'), codeSha256: 'sha of the code' },
    });
    expect(actions()).toEqual([
      'sts:AssumeRole',
      'dynamodb:GetItem',
      'tagging:GetResources',
      'tagging:GetResources',
      'dynamodb:PutItem',
      'lambda:Invoke',
      'lambda:GetFunctionConfiguration',
    ]);
    const [assumed, read] = aws.calls;
    expect(assumed).toMatchObject({
      region: 'us-west-2',
      input: {
        ExternalId: 'rosa-lambda-access:123456789012',
        RoleSessionName: 'rosa-clm-c1',
        DurationSeconds: '3600',
      },
    });
    expect(read?.input).toMatchObject({ TableName: 'rosa-regional' });
    expect(aws.calls.find(({ action }) => action === 'dynamodb:PutItem')?.input).toMatchObject({
      Item: {
        pk: { S: `discovery#${accountId}` },
        expiresAt: { N: expect.stringMatching(/^\d{10}$/) },
        directory: { M: { 'oidc-provisioner': { S: arnOf('mine-oidc-provisioner:prod') } } },
      },
    });
  });

  it('costs two calls when another process has looked it up, and one from then on', async () => {
    const stored: Record<string, object> = {};
    await onWire(healthy(stored)).provide(unregistered());
    const second = onWire(healthy(stored));
    await second.provide(unregistered());
    await second.provide(unregistered());
    expect(second.actions()).toEqual([
      ...['sts:AssumeRole', 'dynamodb:GetItem', 'lambda:Invoke', 'lambda:GetFunctionConfiguration'],
      'lambda:Invoke',
    ]);
  });

  it('does not believe a directory that has expired and is still in the table', async () => {
    const { spec } = unregistered();
    const Item = marshalled({
      directory: { 'oidc-provisioner': arnOf('old:prod') },
      registrationHash: registrationHash(spec.registration),
      expiresAt: Math.floor(Date.now() / 1_000) - 1,
    });
    const { provide } = onWire(healthy({ Item }));
    expect((await provide(unregistered())).trace.functionArn).toBe(arnOf('mine-oidc-provisioner:prod'));
  });

  it('is searched function by function, page by page, where the index of tags is closed', async () => {
    const components: Record<string, string> = Object.fromEntries(
      taggedFunctions().map(({ arn, component }) => [arn, component]),
    );
    const { aws, provide } = onWire();
    aws.behave((exchange) => {
      const { action, path } = exchange.call;
      if (action === 'tagging:GetResources') throw new Refusal('AccessDeniedException', 400);
      if (action !== 'lambda:ListTags') return exchange.answer();
      const component = components[path.slice(path.indexOf('arn:'))];
      return component ? { Tags: { 'rosa:component': component } } : { Tags: { colour: 'green' } };
    });
    expect((await provide(unregistered())).trace.functionArn).toBe(arnOf('mine-oidc-provisioner:prod'));
    expect(aws.calls.filter(({ action }) => action === 'lambda:ListTags')).toHaveLength(4);
  });

  it.each(['dynamodb:GetItem', 'dynamodb:PutItem'])('is worked in although %s fails', async (action) => {
    const { aws, provide } = onWire();
    aws.behave(
      touching(
        action,
        always(() => new Refusal('InternalServerError', 500)),
      ),
    );
    expect(await provide(unregistered())).toMatchObject({ outcome: 'answered' });
  });

  it('does not let the platform in with another external id', async () => {
    const { aws, provide } = onWire();
    aws.behave(
      touching('sts:AssumeRole', ({ call, answer }) => {
        if (call.input.ExternalId === 'of somebody else') return answer();
        throw new Refusal('AccessDenied', 403);
      }),
    );
    expect(await provide(unregistered())).toMatchObject({
      failure: { kind: 'denied', errorType: 'AccessDenied', message: expect.stringContaining('external id') },
    });
  });
});

describe('on the wire, an operation that nobody waits for', () => {
  it('is queued by Lambda, and its id is the request id', async () => {
    const { aws, access } = onWire();
    aws.behave(
      touching(
        'lambda:Invoke',
        always(() => new OddAnswer(202, '', { 'x-amzn-requestid': requestId })),
      ),
    );
    const account = roleAccount({ access_mode: 'lambda' });
    const request = requests['oidc-provisioner'];
    expect(await access.start(account, 'oidc-provisioner', request, { withinMs: 30_000 })).toMatchObject({
      outcome: 'started',
      started: { requestId, functionArn: oidcArn },
    });
  });
});
