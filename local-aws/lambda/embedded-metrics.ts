/** A number for PutMetricData. */
type Datum = {
  MetricName: string;
  Dimensions: { Name: string; Value: string }[];
  Unit: string;
  Value?: number;
  Values?: number[];
};

/** What is put into one namespace. */
export type MetricsOfNamespace = { namespace: string; data: Datum[] };

type Directive = {
  Namespace: string;
  Dimensions: string[][];
  Metrics: { Name: string; Unit?: string }[];
};

type Embedded = { _aws?: { CloudWatchMetrics?: Directive[] }; [field: string]: unknown };

function documentIn(line: string): Embedded {
  if (!line.includes('"_aws"')) return {};
  try {
    return JSON.parse(line) as Embedded;
  } catch {
    return {};
  }
}

function metricsIn(document: Embedded): MetricsOfNamespace[] {
  const directives = document._aws?.CloudWatchMetrics ?? [];
  return directives.map(({ Namespace, Dimensions, Metrics }) => ({
    namespace: Namespace,
    data: Dimensions.flatMap((names) =>
      Metrics.map(({ Name, Unit = 'None' }) => {
        const value = document[Name] as number | number[];
        return {
          MetricName: Name,
          Unit,
          Dimensions: names.map((name) => ({ Name: name, Value: String(document[name]) })),
          ...(Array.isArray(value) ? { Values: value } : { Value: value }),
        };
      }),
    ),
  }));
}

/**
 * The metrics that CloudWatch Logs extracts from lines in the embedded metric format, a group for each namespace:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(lines: string[]): MetricsOfNamespace[] {
  const found = lines.flatMap((line) => metricsIn(documentIn(line)));
  const byNamespace = Map.groupBy(found, ({ namespace }) => namespace);
  return [...byNamespace].map(([namespace, groups]) => ({
    namespace,
    data: groups.flatMap(({ data }) => data),
  }));
}
