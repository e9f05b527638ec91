import { createHash, randomBytes } from 'node:crypto';
import type { Caller } from '../callers.ts';
import { type ApiRequest, queryOf, readable } from './request.ts';
import type { RestApi, Route } from './rest-api.ts';

/** A request that was let in, and where it leads. */
export type Admitted = {
  request: ApiRequest;
  requestId: string;
  api: RestApi;
  stage: string;
  /** Below the stage. */
  path: string;
  route: Route;
  /** Absent where a method needs no signature. */
  signedBy?: { caller: Caller; accessKeyId: string };
  now: Date;
};

type Values = Record<string, string[]>;

/** What the gateway uses up, or sets itself, of a request's headers. */
const OWN_HEADERS = new Set(['authorization', 'connection', 'host', 'keep-alive', 'transfer-encoding']);

const domainOf = ({ id, region }: RestApi) => `${id}.execute-api.${region}.amazonaws.com`;

/** The headers as they were sent, and those that API Gateway adds. */
function headersOf({ request: { rawHeaders, sourceIp }, api }: Admitted): Values {
  const sent: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2)
    sent.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  const added: [string, string][] = [
    ['Host', domainOf(api)],
    [
      'X-Amzn-Trace-Id',
      `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
    ],
    ['X-Forwarded-For', sourceIp],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
  const replaced = new Set([...OWN_HEADERS, ...added.map(([name]) => name.toLowerCase())]);
  const kept = sent.filter(([name]) => !replaced.has(name.toLowerCase()));
  const byName = Map.groupBy([...kept, ...added], ([name]) => name);
  return Object.fromEntries([...byName].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]));
}

const orNull = <Value extends object>(values: Value) => (Object.keys(values).length > 0 ? values : null);

/** Of several values the last, as `headers` and `queryStringParameters` have it. */
const last = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));

/** `09/Apr/2026:12:34:56 +0000` */
function commonLogTime(date: Date): string {
  const [, day, month, year, time] = date.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** Who called: from the verified signature alone, whatever the request's headers say. */
function identityOf({ request: { headers, sourceIp }, signedBy }: Admitted) {
  const { caller, accessKeyId = null } = signedBy ?? {};
  return {
    cognitoIdentityPoolId: null,
    accountId: caller?.accountId ?? null,
    cognitoIdentityId: null,
    caller: caller?.principalId ?? null,
    sourceIp,
    principalOrgId: null,
    accessKey: accessKeyId,
    cognitoAuthenticationType: null,
    cognitoAuthenticationProvider: null,
    userArn: caller?.arn ?? null,
    userAgent: headers['user-agent'] ?? null,
    user: caller?.principalId ?? null,
  };
}

function contextOf(admitted: Admitted) {
  const { api, stage, path, route, request, requestId, now } = admitted;
  return {
    resourceId: route.resource.id,
    resourcePath: route.resource.path,
    httpMethod: request.method,
    extendedRequestId: createHash('sha256').update(requestId).digest('base64url').slice(0, 16),
    requestTime: commonLogTime(now),
    path: `/${stage}${path}`,
    accountId: api.accountId,
    protocol: 'HTTP/1.1',
    stage,
    domainPrefix: api.id,
    requestTimeEpoch: now.getTime(),
    requestId,
    identity: identityOf(admitted),
    domainName: domainOf(api),
    deploymentId: api.stages[stage]?.deploymentId,
    apiId: api.id,
  };
}

/**
 * The event of a Lambda proxy integration, format 1.0. Bodies are text: binary media types are not looked at.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function proxyEvent(admitted: Admitted) {
  const { request, path, route, api, stage } = admitted;
  const headers = headersOf(admitted);
  const query = queryOf(request, readable);
  return {
    resource: route.resource.path,
    path,
    httpMethod: request.method,
    headers: last(headers),
    multiValueHeaders: headers,
    queryStringParameters: orNull(last(query)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: route.parameters,
    stageVariables: orNull(api.stages[stage]?.variables ?? {}),
    requestContext: contextOf(admitted),
    body: request.body.length > 0 ? request.body.toString('utf8') : null,
    isBase64Encoded: false,
  };
}
