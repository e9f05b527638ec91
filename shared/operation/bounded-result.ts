/**
 * A record is no longer than this, in bytes. CloudWatch Logs takes 1 MB for an event
 * (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html); until 2025 it was
 * 256 KB, and what is fed from the log may still stop there.
 */
export const largestRecordBytes = 240_000;

/** What a message is cut to when there is no other way: its beginning says what is the matter. */
const shortMessage = 100;

type Finding = Record<string, unknown> & { status: string };

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const isFinding = (value: unknown): value is Finding => typeof (value as Finding | null)?.status === 'string';

const isPassed = ({ status }: Finding): boolean => status === 'passed';

/** A passed finding's name and resource alone: what it is about is in the catalogue. */
function bare(finding: Finding): Finding {
  const { message: _, details: __, ...rest } = finding;
  return isPassed(finding) ? rest : finding;
}

/** A finding with the reason why it could not be determined, without what was measured. */
function brief({ details, ...rest }: Finding): Finding {
  const { reason_code, missing_action } = (details ?? {}) as Record<string, unknown>;
  return { ...rest, ...(reason_code !== undefined && { details: { reason_code, missing_action } }) };
}

const cut = ({ message, ...rest }: Finding): Finding => ({
  ...rest,
  message: String(message).slice(0, shortMessage),
});

/** Ways to shorten a list of findings, from the one that loses least; the last loses no failure and no warning. */
const ways: ((findings: Finding[]) => Finding[])[] = [
  (findings) => findings.map(bare),
  (findings) => findings.filter((finding) => !isPassed(finding)),
  (findings) => findings.filter((finding) => !isPassed(finding)).map(brief),
  (findings) => findings.filter((finding) => !isPassed(finding)).map((finding) => cut(brief(finding))),
];

/** The result with another list in place of each list of findings. */
const withFindings = (result: object, change: (findings: Finding[]) => unknown): object =>
  Object.fromEntries(
    Object.entries(result).map(([name, value]) => [
      name,
      Array.isArray(value) && value.every(isFinding) ? change(value) : value,
    ]),
  );

/**
 * A result that fits into a record: shortened where there is the least to lose, and no more than needed.
 * @param spare bytes that the rest of the record takes
 */
export function boundedResult(result: object, spare: number): object {
  const fits = (one: object): boolean => bytesOf(one) <= largestRecordBytes - spare;
  if (fits(result)) return result;
  for (const way of ways) {
    const shorter = withFindings(result, way);
    if (fits(shorter)) return shorter;
  }
  // More than any request can lead to today; `summary` and `checks` of the record still tell what failed.
  return { left_out: 'the result, which is too long for a record' };
}
