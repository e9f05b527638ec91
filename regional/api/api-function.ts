import middy, { type MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { Instrument } from '../../shared/aws/clients.ts';
import type { OperationEnvironment } from '../../shared/environment.ts';
import { instrumentsOf } from '../../shared/operation/instruments.ts';
import { countCalls, publish } from '../../shared/operation/published-metrics.ts';
import { withinTime } from '../../shared/operation/within-time.ts';
import type { Answer } from './answer.ts';
import type { ApiDependencies } from './dependencies.ts';
import { recordRequest } from './record-request.ts';
import { respond } from './respond.ts';

/** The function behind the API: its name in records, and what its operations need. */
interface Definition {
  name: string;
  environment: OperationEnvironment;
  /** Called once, on cold start. */
  dependencies(instrument: Instrument): ApiDependencies;
}

/** An answer as API Gateway passes it on. What it says holds at this moment. */
const proxied = ({ status, body, headers }: Answer): APIGatewayProxyResult => ({
  statusCode: status,
  headers: {
    ...(body && { 'content-type': 'application/json' }),
    'cache-control': 'no-store',
    ...headers,
  },
  body: body ? JSON.stringify(body) : '',
});

/** Makes the Lambda handler of the API. It answers every request and never fails. */
export async function apiFunction({
  name,
  environment,
  dependencies,
}: Definition): Promise<MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult, Error, Context>> {
  const { logger, metrics, counter, middlewares, instrument } = await instrumentsOf(name, environment);
  const made = dependencies(instrument);

  const work = async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    const begun = performance.now();
    const time = { remainingMs: () => context.getRemainingTimeInMillis() };
    const responded = await respond(made, event, (answering) => withinTime(time, answering));
    recordRequest(logger, event, responded, performance.now() - begun);
    publish(metrics, { requests: 1, ...(responded.answer.status >= 500 && { request_failures: 1 }) });
    return proxied(responded.answer);
  };
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({ timeoutEarlyInMillis: 0 })
    .use([...middlewares, countCalls(metrics, counter)])
    .handler(work);
}
