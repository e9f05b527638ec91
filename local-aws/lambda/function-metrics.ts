import type { InternalCall } from '../internal-call.ts';
import { embeddedMetrics, type MetricsOfNamespace } from './embedded-metrics.ts';
import type { FunctionVersion } from './function-version.ts';
import type { Outcome } from './outcome.ts';

/** Dimensions by name. */
type Dimensions = Record<string, string>;

/** One invocation that ended, and whose key its metrics are put with: it tells moto the account. */
export type Ended = {
  version: FunctionVersion;
  /** The ARN it was called by. */
  invokedArn: string;
  outcome: Outcome;
  lines: string[];
  accessKeyId: string;
};

/**
 * Under which dimensions Lambda counts an invocation: of the function; of the version or alias that was called, which
 * is the function itself when none was named; and of the version that an alias led to.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
function dimensionsOf({ version, invokedArn }: Pick<Ended, 'version' | 'invokedArn'>): Dimensions[] {
  const [FunctionName = '', qualifier] = invokedArn.split(':').slice(6);
  const ofResource = { FunctionName, Resource: qualifier ? `${FunctionName}:${qualifier}` : FunctionName };
  const isAlias = qualifier !== undefined && qualifier !== version.version;
  return [
    { FunctionName },
    ofResource,
    ...(isAlias ? [{ ...ofResource, ExecutedVersion: version.version }] : []),
  ];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
function lambdaMetrics(ended: Ended): MetricsOfNamespace {
  const { failed, durationMs } = ended.outcome;
  const measured = [
    { MetricName: 'Invocations', Value: 1, Unit: 'Count' },
    { MetricName: 'Errors', Value: failed ? 1 : 0, Unit: 'Count' },
    { MetricName: 'Throttles', Value: 0, Unit: 'Count' },
    { MetricName: 'Duration', Value: durationMs, Unit: 'Milliseconds' },
  ];
  const data = dimensionsOf(ended).flatMap((dimensions) => {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    return measured.map((one) => ({ ...one, Dimensions }));
  });
  return { namespace: 'AWS/Lambda', data };
}

/** Puts Lambda's own metrics into CloudWatch, and those that a function has printed. */
export class FunctionMetrics {
  readonly #call: InternalCall;

  constructor(call: InternalCall) {
    this.#call = call;
  }

  /** Resolves when the metrics can be read. */
  async put(ended: Ended): Promise<void> {
    const all = [lambdaMetrics(ended), ...embeddedMetrics(ended.lines)];
    await Promise.all(all.map((metrics) => this.#send(ended, metrics)));
  }

  async #send({ version, accessKeyId }: Ended, { namespace, data }: MetricsOfNamespace): Promise<void> {
    const status = await this.#call({
      service: 'monitoring',
      target: 'GraniteServiceVersion20100801.PutMetricData',
      region: version.region,
      accessKeyId,
      body: { Namespace: namespace, MetricData: data },
    });
    if (status !== 200)
      console.error(`The metrics in ${namespace} of ${version.name} were refused: ${status}`);
  }
}
