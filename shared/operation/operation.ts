import middy, { type MiddlewareObj } from '@middy/core';
import validator from '@middy/validator';
import type { Context } from 'aws-lambda';
import type { Validator } from '../../schemas/validator.ts';
import type { Instrument } from '../aws/clients.ts';
import type { OperationEnvironment } from '../environment.ts';
import { instrumentsOf } from './instruments.ts';
import { checksOf, type Invocation, invocationOf } from './invocation.ts';
import { nameErrors } from './name-errors.ts';
import { countCalls, countFailures, publish, publishChecks } from './published-metrics.ts';
import { markAccepted, recordOperation } from './record-operation.ts';
import { refuseOversized } from './refuse-oversized.ts';
import { withinTime } from './within-time.ts';

/** A request as every operation takes it. */
interface OperationRequest {
  dry_run?: boolean;
  /** Logged, so that the record is found again. */
  cluster_id?: string;
  correlation_id?: string;
}

/** One operation: what it takes and gives, what it needs, and the work. */
export interface Operation<Req extends OperationRequest, Res extends object, Deps> {
  /** Its name in log records and metrics, such as `oidc-provisioner`. */
  name: string;
  environment: OperationEnvironment;
  request: Validator<Req>;
  result: Validator<Res>;
  /** Makes what the work needs; called once, on cold start. */
  dependencies(instrument: Instrument): Deps;
  run(dependencies: Deps & { invocation: Invocation }, request: Req): Promise<Res>;
  /** Counts to publish as metrics; not called for a dry run, which is counted as such only. */
  measure(result: Res): Record<string, number>;
  /** What of a result is logged; all of it, unless said. */
  logged?(result: Res): object;
}

/**
 * Makes the Lambda handler of an operation. The order of the middlewares is the same for all: the outermost
 * sees the invocation first and its outcome last.
 * - tracing, logging and metrics surround everything, so that a refused request is seen too;
 * - the audit record is written after errors have got their names;
 * - a request is measured, then validated, and only then may be logged.
 */
export async function operation<Req extends OperationRequest, Res extends object, Deps>(
  definition: Operation<Req, Res, Deps>,
): Promise<middy.MiddyfiedHandler<Req, Res, Error, Context>> {
  const { name, environment, logged = (result) => result } = definition;
  const { logger, metrics, counter, instrument, middlewares } = await instrumentsOf(name, environment);
  const dependencies = definition.dependencies(instrument);

  const work = async (request: Req, context: Context): Promise<Res> => {
    const invocation = invocationOf(context);
    const result = await withinTime(invocation, definition.run({ ...dependencies, invocation }, request));
    publish(metrics, request.dry_run ? { dry_runs: 1 } : definition.measure(result));
    if (!request.dry_run) publishChecks(metrics, checksOf(context));
    return { ...result, rosa_version: environment.ROSA_VERSION };
  };

  const stack: MiddlewareObj[] = [
    ...middlewares,
    countFailures(metrics),
    countCalls(metrics, counter),
    recordOperation(logger, { name, logged: (result) => logged(result as Res) }),
    nameErrors(),
    refuseOversized(definition.request),
    validateMessages(definition.request, definition.result),
    markAccepted(),
  ];
  // Lambda ends an invocation itself and checks stop before that; middy's own early time-out would hide both.
  return middy<Req, Res>({ timeoutEarlyInMillis: 0 }).use(stack).handler(work);
}

/** Its types ask for an Ajv instance, its documentation and code for a compiled validator, which ours are. */
const validateMessages = (request: Validator<unknown>, result: Validator<unknown>): MiddlewareObj => {
  const options: unknown = { eventSchema: request, responseSchema: result };
  return validator(options as Parameters<typeof validator>[0]) as MiddlewareObj;
};
