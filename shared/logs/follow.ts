import type { InvocationLogs } from './invocation-logs.ts';
import type { InvocationRecord } from './invocation-record.ts';
import { type RecordsRequest, readRecords } from './read-records.ts';

/** What following needs of the world. */
export interface FollowDependencies {
  invocationLogs: InvocationLogs;
  /** Resolves after a time, or at once when the signal is given. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Often enough to feel live, far below what CloudWatch Logs allows an account in a second. */
const pollMs = 2_000;

/** Events of another execution environment may become visible after younger ones; what is read twice is shown once. */
const overlapMs = 30_000;

/**
 * Gives each record as it appears, those since the time of the request first, until the signal is given.
 * @throws AwsCallError
 */
export async function* follow(
  { invocationLogs, sleep }: FollowDependencies,
  request: RecordsRequest,
  signal: AbortSignal,
): AsyncGenerator<InvocationRecord, void> {
  const shown = new Shown();
  let since = request.since;
  while (!signal.aborted) {
    const { records } = await readRecords(invocationLogs, { ...request, since, failed: false });
    const fresh = records.filter((record) => shown.isNew(record));
    yield* fresh.filter(({ failed }) => failed || !request.failed);
    const newest = Date.parse(records.at(-1)?.time ?? since.toISOString());
    since = new Date(Math.max(request.since.getTime(), newest - overlapMs));
    await sleep(pollMs, signal);
  }
}

/** Remembers what was given already: each event once, and what Lambda says of an invocation only if that is all. */
class Shown {
  readonly #events = new Set<string>();
  readonly #invocations = new Set<string>();

  isNew({ eventId, requestId, record }: InvocationRecord): boolean {
    const isNew = !this.#events.has(eventId) && (record !== undefined || !this.#invocations.has(requestId));
    this.#events.add(eventId);
    this.#invocations.add(requestId);
    return isNew;
  }
}
