import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { tenths } from '../../shared/operation/tenths.ts';
import { AwsError, type AwsResponse } from '../aws-errors.ts';
import type { CallLog } from '../call-log.ts';
import type { Caller, Callers } from '../callers.ts';
import { type FaultBook, suffer } from '../fault-book.ts';
import type { Enforcer } from '../iam/enforce.ts';
import { parseArn } from '../lambda/function-address.ts';
import { type RunDependencies, runFunction } from '../lambda/run-function.ts';
import { NotInMoto } from '../moto.ts';
import { authorizeCall } from './authorization.ts';
import { GatewayRefusal, refusals } from './gateway-answers.ts';
import { proxyAnswer } from './proxy-answer.ts';
import { type Admitted, proxyEvent } from './proxy-event.ts';
import { type ApiRequest, pathOf } from './request.ts';
import { findApi, findRoute, type RestApi } from './rest-api.ts';
import { type SigningKey, verifySignature } from './signature.ts';

/** Below it deployed REST APIs answer: `/_aws/execute-api/<api id>/<stage>/<path>`. */
export const EXECUTE_API_PATH = '/_aws/execute-api/';

/** What serving REST APIs needs of the rest of the laptop AWS. */
export type ExecuteApiDependencies = RunDependencies & {
  enforcer: Enforcer;
  callers: Callers;
  faults: FaultBook;
  calls: CallLog;
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const INTEGRATION_TIMEOUT_MS = 29_000;
/** What Lambda takes, and so the gateway through it: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

/** The function's ARN in an integration's: `arn:…:lambda:path/2015-03-31/functions/<ARN>/invocations`. */
const functionIn = (uri: string | null) => /\/functions\/(.+)\/invocations$/.exec(uri ?? '')?.[1];

async function identify(request: ApiRequest, api: RestApi, { moto, callers }: ExecuteApiDependencies) {
  const findKey = async (accessKeyId: string) => {
    try {
      return await moto.ask<SigningKey>('signing-key', { accessKeyId });
    } catch (error) {
      if (error instanceof NotInMoto) return undefined;
      throw error;
    }
  };
  const rules = { region: api.region, now: new Date(), findKey };
  const accessKeyId = await verifySignature(request, rules);
  const caller = await callers.find(accessKeyId);
  if (!caller) throw refusals.unknownToken();
  return { caller, accessKeyId };
}

/** Finds the method a request is for and makes sure that its caller may call it. */
async function admit(request: ApiRequest, requestId: string, dependencies: ExecuteApiDependencies) {
  if (request.body.length > MAX_BODY_BYTES) throw refusals.tooLarge();
  const [apiId = '', stage = '', ...rest] = pathOf(request).slice(EXECUTE_API_PATH.length).split('/');
  const api = await findApi(dependencies.moto, apiId);
  if (!api || !Object.hasOwn(api.stages, stage)) throw refusals.forbidden();
  const path = `/${rest.join('/')}`;
  const route = findRoute(api, request.method, path);
  if (!route) throw refusals.missingToken();
  const needsSignature = route.method.authorizationType === 'AWS_IAM';
  const signedBy = needsSignature ? await identify(request, api, dependencies) : undefined;
  const wanted = { api, stage, verb: request.method, path };
  authorizeCall(wanted, signedBy?.caller, dependencies.enforcer.enforced);
  return { request, requestId, api, stage, path, route, signedBy, now: new Date() } satisfies Admitted;
}

/** Runs the method's function; it goes on when the gateway waits no longer. */
async function integrate(admitted: Admitted, dependencies: ExecuteApiDependencies): Promise<AwsResponse> {
  const { api, stage, route } = admitted;
  const arn = functionIn(route.method.uri);
  if (!arn || route.method.integrationType !== 'AWS_PROXY') throw refusals.failed();
  const event = proxyEvent(admitted);
  if (Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) throw refusals.tooLarge();
  const { partition } = parseArn(arn);
  const source = `arn:${partition}:execute-api:${api.region}:${api.accountId}:${api.id}`;
  const sourceArn = `${source}/${stage}/${route.methodName}${route.resource.path}`;
  const service = { name: 'apigateway.amazonaws.com', sourceArn };
  const running = runFunction(arn, event, dependencies, service);
  const cancel = new AbortController();
  const timeoutMs = Number(route.method.timeoutMs ?? INTEGRATION_TIMEOUT_MS);
  const late = wait(timeoutMs, undefined, { signal: cancel.signal }).catch(() => undefined);
  running.catch(() => undefined);
  const outcome = await Promise.race([running, late]);
  cancel.abort();
  if (!outcome) throw refusals.timedOut();
  return proxyAnswer(outcome);
}

function refusalOf(error: unknown): AwsResponse {
  if (error instanceof GatewayRefusal) return error.answer;
  // A fault that was asked for, or a function that cannot be run.
  if (error instanceof AwsError && error.status >= 500)
    return new GatewayRefusal(error.status, error.code, error.message).answer;
  if (!(error instanceof AwsError)) console.error(error);
  return refusals.failed().answer;
}

/**
 * Answers a call of a deployed REST API as API Gateway does. Such calls are in the list of calls as `execute-api`
 * and `Invoke`, and can meet faults.
 */
export async function executeApi(
  request: ApiRequest,
  dependencies: ExecuteApiDependencies,
): Promise<AwsResponse> {
  const cameAt = performance.now();
  const requestId = randomUUID();
  const call = { service: 'execute-api', action: 'Invoke' };
  let caller: Caller | undefined;
  let region = '';
  let answer: AwsResponse;
  try {
    await suffer(dependencies.faults.take(call));
    const admitted = await admit(request, requestId, dependencies);
    caller = admitted.signedBy?.caller;
    region = admitted.api.region;
    answer = await integrate(admitted, dependencies);
  } catch (error) {
    answer = refusalOf(error);
  }
  const { accountId: account = '', arn: principalArn = 'anonymous' } = caller ?? {};
  const ms = tenths(performance.now() - cameAt);
  dependencies.calls.add({
    ...call,
    region,
    account,
    principalArn,
    status: answer.status,
    ms,
    changes: true,
  });
  const ids = { 'x-amzn-requestid': requestId, 'x-amz-apigw-id': randomBytes(11).toString('base64url') };
  return { ...answer, headers: { ...answer.headers, ...ids } };
}
