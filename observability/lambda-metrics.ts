import type { WatchedFunction } from './watched-functions.ts';

/** The namespace of the functions' own metrics: docs/logging.md. */
export const ownNamespace = 'RosaLambdaAccess';

/** Name and value of one dimension after another, as a dashboard lists them. */
export type Dimensions = Record<string, string>;

/**
 * Lambda's metrics of the alias `prod` alone: what is tried on staging, or by number, alarms nobody. The dimension
 * `Resource` is `<function>:<alias>`:
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
export const ofProd = ({ name }: Pick<WatchedFunction, 'name'>): Dimensions => ({
  FunctionName: name,
  Resource: `${name}:prod`,
});

/** Failed calls in a hundred; none where nobody called. */
export const errorRate = (errors: string, invocations: string): string =>
  `IF(${invocations} > 0, 100 * ${errors} / ${invocations}, 0)`;
