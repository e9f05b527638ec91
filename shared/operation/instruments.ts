import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import type { MiddlewareObj } from '@middy/core';
import { CallCounter } from '../aws/call-counter.ts';
import type { Instrument } from '../aws/clients.ts';
import type { OperationEnvironment } from '../environment.ts';
import { AuditLogFormatter } from './audit-log-formatter.ts';
import { loggable } from './loggable.ts';
import { loadTracing } from './tracing.ts';

/** The namespace of the metrics that all functions publish: docs/logging.md. */
const metricsNamespace = 'RosaLambdaAccess';

/** What a function is watched by. */
export interface Instruments {
  logger: Logger;
  metrics: Metrics;
  counter: CallCounter;
  /** Has an SDK client counted and traced. */
  instrument: Instrument;
  /** The outermost ones: tracing, logging and metrics surround everything. */
  middlewares: MiddlewareObj[];
}

/** Makes the instruments of a function; called once, on cold start. */
export async function instrumentsOf(name: string, environment: OperationEnvironment): Promise<Instruments> {
  const tracing = await loadTracing(name, environment.ROSA_TRACING);
  const logger = new Logger({
    serviceName: name,
    logFormatter: new AuditLogFormatter(),
    persistentKeys: { rosa_version: environment.ROSA_VERSION },
    jsonReplacerFn: loggable,
  });
  const metrics = new Metrics({ namespace: metricsNamespace, serviceName: name });
  const counter = new CallCounter();
  return {
    logger,
    metrics,
    counter,
    instrument: (client) => counter.instrument(tracing.instrument(client)),
    middlewares: [
      ...tracing.middlewares,
      injectLambdaContext(logger),
      logMetrics(metrics, { captureColdStartMetric: true }),
    ],
  };
}
