import type { Measurement } from './measurement.ts';
import { hoursOfMonth, prices } from './prices.ts';

/** How much one customer's account is used in a month. */
export interface Usage {
  clusters: number;
  /** Invocations for each cluster, by function. */
  perCluster: Record<string, number>;
  /** Months that logs are kept. */
  logMonths: number;
}

/** What is added to the laptop's durations to be on the safe side. */
export interface Allowance {
  /** Seconds for each call to AWS, as if calls were made one after the other. */
  secondsPerCall: number;
  /** Memory at which Lambda gives a whole processor, which the laptop has always; undefined to leave it out. */
  memoryOfProcessorMb?: number;
}

/** US dollars for a month, by what they are for. */
export interface MonthlyCost {
  requests: number;
  duration: number;
  logIngestion: number;
  logStorage: number;
  customMetrics: number;
}

/** Lambda counts memory in GB of 1024 MB; of data a GB is taken as 10⁹ bytes, which is the dearer reading. */
const gbOfMemory = (mb: number): number => mb / 1024;
const bytesOfGb = 1_000_000_000;

/** What an invocation is billed, in seconds. */
export function billedSeconds(
  { billedMs, memoryMb, awsCalls }: Measurement,
  { secondsPerCall, memoryOfProcessorMb = memoryMb }: Allowance,
): number {
  return (billedMs / 1000) * (memoryOfProcessorMb / memoryMb) + awsCalls * secondsPerCall;
}

/** A sum over all invocations of a month. */
export function monthly(
  measurements: readonly Measurement[],
  { clusters, perCluster }: Usage,
  of: (measurement: Measurement) => number,
): number {
  return measurements.reduce((sum, one) => sum + clusters * (perCluster[one.component] ?? 0) * of(one), 0);
}

/** What the functions cost in a month at list prices; every invocation is a cold start, in an hour of its own. */
export function monthlyCost(
  measurements: readonly Measurement[],
  usage: Usage,
  allowance: Allowance,
): MonthlyCost {
  const sum = (of: (measurement: Measurement) => number) => monthly(measurements, usage, of);
  const logGb = sum(({ logBytes }) => logBytes) / bytesOfGb;
  const gbSeconds = sum((one) => gbOfMemory(one.memoryMb) * billedSeconds(one, allowance));
  return {
    requests: sum(() => 1) * prices.lambdaRequest,
    duration: gbSeconds * prices.lambdaGbSecond,
    logIngestion: logGb * prices.logIngestionGb,
    logStorage: logGb * usage.logMonths * prices.logStorageGbMonth,
    customMetrics: (sum(({ metrics }) => metrics) / hoursOfMonth) * prices.customMetricMonth,
  };
}

/** Firehose rounds each record up to 5 KB: https://aws.amazon.com/firehose/pricing/ */
const firehoseRecord = 5 * 1024;

/**
 * What archiving costs in a month: an object for each invocation, a year of them in S3, none in Glacier yet, and
 * each record of Firehose half empty.
 */
export function archiveCost(measurements: readonly Measurement[], usage: Usage): number {
  const sum = (of: (measurement: Measurement) => number) => monthly(measurements, usage, of);
  const records = sum(({ logBytes }) => 2 * Math.ceil(logBytes / firehoseRecord));
  const keptGb = (12 * sum(({ logBytes }) => logBytes)) / bytesOfGb;
  return (
    ((records * firehoseRecord) / bytesOfGb) * prices.firehoseGb +
    sum(() => 1) * prices.s3Put +
    keptGb * prices.s3GbMonth
  );
}
