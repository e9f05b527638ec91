import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** A count, with what it is told apart by. */
export interface Measured {
  name: string;
  value: number;
  dimensions?: Record<string, string>;
}

/** Publishes a count at once, as a line of its own: names and dimensions differ from one to the next. */
export function measure(metrics: Metrics, { name, value, dimensions = {} }: Measured): void {
  const single = metrics.singleMetric();
  for (const [dimension, text] of Object.entries(dimensions)) single.addDimension(dimension, text);
  single.addMetric(name, MetricUnit.Count, value);
}
