/**
 * A record is no longer than this, in bytes. CloudWatch Logs takes 1 MB for an event
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html), until 2025 it was
 * 256 KB, and what is fed from the log may still stop there.
 */
export const largestRecordBytes = 200_000;

type Fields = Record<string, unknown>;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const isFinding = (value: unknown): value is Fields & { status: string } =>
  typeof (value as Fields | null)?.status === 'string';

/** A passed finding's name and resource alone: what it is about is in the catalogue. */
function bare(finding: Fields & { status: string }): Fields {
  if (finding.status !== 'passed') return finding;
  const { message: _, details: __, ...rest } = finding;
  return rest;
}

/** Of the others, why they could not be determined, without what was measured. */
function brief(finding: Fields & { status: string }): Fields {
  const { details, ...rest } = bare(finding);
  const { reason_code, missing_action } = (details ?? {}) as Fields;
  return { ...rest, ...(reason_code !== undefined && { details: { reason_code, missing_action } }) };
}

/** The result with each finding of each of its lists made shorter. */
const shortened = (result: object, shorten: (finding: Fields & { status: string }) => Fields): object =>
  Object.fromEntries(
    Object.entries(result).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((one) => (isFinding(one) ? shorten(one) : one)) : value,
    ]),
  );

/** The result without its lists: `summary` and `checks` of the record still tell what failed. */
const withoutLists = (result: object): object => ({
  ...Object.fromEntries(Object.entries(result).filter(([, value]) => !Array.isArray(value))),
  left_out: 'the findings, which are too many for a record. Run it again to see them',
});

/**
 * A result that fits into a record: shortened where there is the least to lose, and no more than needed.
 * @param spare bytes that the rest of the record takes
 */
export function boundedResult(result: object, spare: number): object {
  const most = largestRecordBytes - spare;
  if (bytesOf(result) <= most) return result;
  const shorter = [shortened(result, bare), shortened(result, brief)];
  return shorter.find((one) => bytesOf(one) <= most) ?? withoutLists(result);
}
