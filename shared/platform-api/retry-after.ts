/** A longer pause than this is not kept: a person waits. */
const longestMs = 60_000;

/**
 * The pause an answer asks for in milliseconds, at most a minute; undefined when it asks for none. The header is a
 * number of seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * @param now our time in milliseconds, used when the answer does not tell the server's
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const asked = headers.get('retry-after')?.trim() ?? '';
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1_000 : Date.parse(asked) - serverTime(headers, now);
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestMs);
}

function serverTime(headers: Headers, now: number): number {
  const told = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(told) ? now : told;
}
