import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Answer } from './answer.ts';
import type { ApiDependencies } from './dependencies.ts';
import { answerTo } from './failure.ts';
import { queryOf } from './query.ts';
import { callerOf, pathOf, textOf } from './request.ts';
import { findRoute, type Route } from './router.ts';
import { routes } from './routes.ts';

/** What was said to a request, and what its record tells beside that. */
export interface Responded {
  answer: Answer;
  operationId?: string;
  /** What was thrown, when the work was not done. */
  cause?: unknown;
}

const nobody = { accountId: '', arn: '' };

async function work(
  dependencies: ApiDependencies,
  route: Route,
  parameters: Record<string, string>,
  event: APIGatewayProxyEvent,
): Promise<Answer> {
  const caller = route.isForAnyone ? nobody : callerOf(event);
  if ('status' in caller) return caller;
  const asked = queryOf(event, route.query ?? []);
  if ('status' in asked) return asked;
  return route.answer(dependencies, { caller, parameters, query: asked.query, text: textOf(event) });
}

/** Answers a request as API Gateway passes it on; never rejects. */
export async function respond(
  dependencies: ApiDependencies,
  event: APIGatewayProxyEvent,
  within: <Value>(work: Promise<Value>) => Promise<Value> = (work) => work,
): Promise<Responded> {
  const found = findRoute(routes, event.httpMethod, pathOf(event));
  if ('status' in found) return { answer: found };
  const { route, parameters } = found;
  const { operationId } = route;
  try {
    return { operationId, answer: await within(work(dependencies, route, parameters, event)) };
  } catch (cause) {
    return { operationId, answer: answerTo(cause, event.requestContext.requestId), cause };
  }
}
