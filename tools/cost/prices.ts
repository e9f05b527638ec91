/**
 * List prices of us-east-1 in US dollars without free tiers, as noted on the day below. The pages they are from:
 * docs/cost.md names them, and they are the authority.
 */
export const prices = {
  noted: '2026-11-22',
  /** For each request: https://aws.amazon.com/lambda/pricing/ */
  lambdaRequest: 0.2 / 1_000_000,
  /** For each GB-second on arm64; x86_64 is a quarter more. */
  lambdaGbSecond: 0.000_013_333_4,
  /** For each GB taken in: https://aws.amazon.com/cloudwatch/pricing/ */
  logIngestionGb: 0.5,
  /** For each GB kept for a month. AWS counts it compressed, which is left out here. */
  logStorageGbMonth: 0.03,
  /** For each metric that is sent in every hour of a month; one that is sent in fewer costs its share. */
  customMetricMonth: 0.3,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  /** https://aws.amazon.com/kms/pricing/ */
  kmsKeyMonth: 1,
  /** For each GB: https://aws.amazon.com/firehose/pricing/ */
  firehoseGb: 0.029,
  /** For each object: https://aws.amazon.com/s3/pricing/ */
  s3Put: 0.005 / 1000,
  s3GbMonth: 0.023,
  /** For each trace: https://aws.amazon.com/xray/pricing/ */
  trace: 5 / 1_000_000,
  /** For each interface endpoint and zone: https://aws.amazon.com/privatelink/pricing/ */
  endpointHour: 0.01,
} as const;

/** Hours of a month, as AWS's own calculator has it. */
export const hoursOfMonth = 730;
