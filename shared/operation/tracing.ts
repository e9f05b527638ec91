import type { MiddlewareObj } from '@middy/core';
import type { Instrument } from '../aws/clients.ts';

/** How an operation is traced: middlewares for the invocation, and a wrapper for each SDK client. */
export interface Tracing {
  middlewares: MiddlewareObj[];
  instrument: Instrument;
}

const off: Tracing = { middlewares: [], instrument: (client) => client };

/**
 * Loads X-Ray tracing when it is on. The X-Ray SDK is imported only then: evaluating it costs every cold start
 * about a tenth of a second otherwise.
 */
export async function loadTracing(serviceName: string, on: boolean): Promise<Tracing> {
  if (!on) return off;
  const { Tracer } = await import('@aws-lambda-powertools/tracer');
  const { captureLambdaHandler } = await import('@aws-lambda-powertools/tracer/middleware');
  const tracer = new Tracer({ serviceName, enabled: true });
  return {
    // The result is in the audit record; a trace is not the place for it.
    middlewares: [captureLambdaHandler(tracer, { captureResponse: false }) as MiddlewareObj],
    instrument: (client) => tracer.captureAWSv3Client(client),
  };
}
