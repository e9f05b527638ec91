import middy, { type MiddyfiedHandler } from '@middy/core';
import type { Context, DynamoDBStreamEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { OperationEnvironment } from '../environment.ts';
import { type Instruments, instrumentsOf } from '../operation/instruments.ts';
import { countCalls, countFailures } from '../operation/published-metrics.ts';
import { type DistributorDependencies, distributeChanges, passOnTimers, sweep } from './distribute.ts';
import type { DriverDependencies } from './driver.ts';
import { loggedReports } from './logged-reports.ts';
import type { Reporter } from './reporter.ts';
import { workOff } from './worker.ts';

/** A function of the driver: its name in records and metrics, and what its work needs. */
interface Definition<Dependencies> {
  name: string;
  environment: OperationEnvironment;
  /** Makes what the work needs; called once, on cold start. */
  dependencies(instruments: Instruments): Dependencies;
}

type Work<Dependencies, Event, Result> = (
  dependencies: Dependencies & { reporter: Reporter },
  event: Event,
  context: Context,
) => Promise<Result>;

/** Lambda's handler of some work, with the instruments that all functions have. */
async function handlerOf<Dependencies, Event, Result>(
  { name, environment, dependencies }: Definition<Dependencies>,
  work: Work<Dependencies, Event, Result>,
): Promise<MiddyfiedHandler<Event, Result, Error, Context>> {
  const instruments = await instrumentsOf(name, environment);
  const { logger, metrics, counter, middlewares } = instruments;
  const made = { ...dependencies(instruments), reporter: loggedReports(logger, metrics) };
  return middy<Event, Result>({ timeoutEarlyInMillis: 0 })
    .use([...middlewares, countFailures(metrics), countCalls(metrics, counter)])
    .handler((event: Event, context: Context) => work(made, event, context));
}

/** Lambda's handler of the worker: reconciles what the FIFO queue delivers. */
export const worker = (
  definition: Definition<Omit<DriverDependencies, 'reporter'>>,
): Promise<MiddyfiedHandler<SQSEvent, SQSBatchResponse, Error, Context>> =>
  handlerOf(definition, (dependencies, event: SQSEvent, context) =>
    workOff(
      dependencies,
      { remainingMs: () => context.getRemainingTimeInMillis(), now: () => new Date() },
      event,
    ),
  );

/** What the distributor is invoked with: the table's stream, timers, or a schedule's event without records. */
type DistributorEvent = DynamoDBStreamEvent | SQSEvent | { Records?: undefined };

const isOf = <Event extends DistributorEvent>(event: DistributorEvent, source: string): event is Event =>
  event.Records?.[0]?.eventSource === source;

/** @throws when something may not have reached the queue or an observer: the event comes again */
async function distribute(dependencies: DistributorDependencies, event: DistributorEvent): Promise<void> {
  if (isOf<DynamoDBStreamEvent>(event, 'aws:dynamodb')) await distributeChanges(dependencies, event);
  else if (isOf<SQSEvent>(event, 'aws:sqs')) await passOnTimers(dependencies, event);
  else await sweep(dependencies);
}

/** Lambda's handler of the distributor: brings what has changed, is due or may be forgotten to the work queue. */
export const distributor = (
  definition: Definition<Omit<DistributorDependencies, 'reporter'>>,
): Promise<MiddyfiedHandler<DistributorEvent, void, Error, Context>> => handlerOf(definition, distribute);
