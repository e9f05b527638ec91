/** What one invocation of a function takes; times as the laptop's, which is not Lambda's processor. */
export interface Measurement {
  /** `oidc-provisioner`, `preflight-checker` or `network-verifier`. */
  component: string;
  memoryMb: number;
  /** Start of the environment and run together, in ms, as the REPORT line has them. */
  billedMs: number;
  /** Calls the function made to AWS. */
  awsCalls: number;
  /** What CloudWatch Logs takes in, in bytes. */
  logBytes: number;
  /** Metrics it sends, each combination of name and dimensions by itself, as CloudWatch counts them. */
  metrics: number;
}

/**
 * CloudWatch Logs counts so many bytes for each event beside its text:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
const bytesBesideTheText = 26;

/** A line in the embedded metric format, as far as it names metrics. */
interface MetricLine {
  _aws?: { CloudWatchMetrics: { Metrics: unknown[]; Dimensions: unknown[] }[] };
}

const metricsIn = (line: string): number =>
  ((JSON.parse(line) as MetricLine)._aws?.CloudWatchMetrics ?? []).reduce(
    (sum, { Metrics, Dimensions }) => sum + Metrics.length * Dimensions.length,
    0,
  );

function numberIn(line: string, pattern: RegExp): number {
  const found = pattern.exec(line)?.[1];
  if (!found) throw new Error(`this REPORT line has no ${pattern}: ${line}`);
  return Number(found);
}

/**
 * Reads one invocation's log.
 * @param lines all that was written for it, Lambda's own lines among them
 * @throws Error when there is no REPORT line
 */
export function measurementOf(component: string, lines: string[], awsCalls: number): Measurement {
  const report = lines.find((line) => line.startsWith('REPORT ')) ?? '';
  return {
    component,
    memoryMb: numberIn(report, /Memory Size: (\d+) MB/),
    billedMs: numberIn(report, /Billed Duration: (\d+) ms/),
    awsCalls,
    logBytes: lines.reduce((sum, line) => sum + Buffer.byteLength(line) + bytesBesideTheText, 0),
    metrics: lines.filter((line) => line.startsWith('{')).reduce((sum, line) => sum + metricsIn(line), 0),
  };
}
